"""The eleven core questions about the process must be answered in writing.

## Why
Whoever joins the team, or is called at night, needs to know how data are made, how a model is launched, and how one
sees that something is wrong. A link is an answer.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
process:
  questions: {launch: {reference: docs/launch.md}, upstream: {answer: TODO}}
~~~

### no section at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
process:
  questions:
    data_generation: {reference: "https://wiki.example.org/features"}
    data_validation: {reference: "https://wiki.example.org/features"}
    modify_feature: {answer: change features.sql and run the backfill}
    customize_pipeline: {reference: "https://wiki.example.org/howto"}
    change_architecture: {reference: "https://wiki.example.org/howto"}
    test_examples: {items: [test_2026]}
    quality_metrics: {items: [roc_auc]}
    launch: {reference: "https://wiki.example.org/launch"}
    detect_problem: {reference: docs/runbook.md}
    upstream: {answer: billing warehouse}
    sql_location: {answer: sql/features}
~~~

## Remedy
give each question an answer or a link under `process.questions`

## References
S1-11, S1-14 to S1-29, S1-33, S1-34, S1-42, S1-43; Google, process documents of ML projects
"""

from mlgov.rulekit import Findings, Project, Question, presence

CORE = (
    "data_generation", "data_validation", "modify_feature", "customize_pipeline", "change_architecture",
    "test_examples", "quality_metrics", "launch", "detect_problem", "upstream", "sql_location",
)  # fmt: skip


@presence(
    "ORG003",
    "process",
    severity="-WE",
    stage="validation",
    lead=True,
    sources=["S1-11", "S1-14", "S1-15", *(f"S1-{n}" for n in (*range(16, 30), 33, 34, 42, 43))],
)
def process_questions_unanswered(project: Project) -> Findings:
    questions = project.process.questions
    open_ = [q for q in CORE if not _is_answered(project, q)]
    if open_ and not project.is_excused("process.questions"):
        stated = [questions[q].at() for q in open_ if q in questions]
        words = f"{len(open_)} of {len(CORE)} core questions are unanswered: {', '.join(open_)}"
        yield project.at("process", "questions"), words, stated


def _is_answered(project: Project, name: str) -> bool:
    question: Question | None = project.process.questions.get(name)
    if question is None:
        return project.is_excused(f"process.questions.{name}")
    return question.has("answer") or question.has("reference") or question.has("items_")
