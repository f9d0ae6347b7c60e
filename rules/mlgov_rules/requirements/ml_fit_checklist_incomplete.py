"""Five questions must be answered before machine learning is chosen.

## Why
Is there a pattern, an objective function, enough complexity, data, and a task that repeats? One honest "no" saves a year.

`unknown` is an answer here. How many characters of reason an answer needs is an option; 20 is advised where the risk is high.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  ml_fit: {pattern: yes, objective_function: {answer: yes, reason: log loss}, repetition: yes}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  ml_fit: {pattern: yes, objective_function: yes, complexity: high, data_exists: unknown, repetition: yes}
~~~

## Options
least_reason: characters of reason that each answer needs; 0

## Remedy
answer `problem.ml_fit.pattern`, `objective_function`, `complexity`, `data_exists` and `repetition` with one line each

## References
S2-01, S2-10, S3-16, S3-17, S3-18, S3-19, S3-20
"""

from mlgov.rulekit import Findings, Project, presence
from mlgov_rules.requirements._answers import Gap, gaps, spoken

_QUESTIONS = ("pattern", "objective_function", "complexity", "data_exists", "repetition")


@presence(
    "REQ004",
    "problem",
    severity="IWE",
    stage="ideation",
    sources=["S2-01", "S2-10", "S3-16", "S3-17", "S3-18", "S3-19", "S3-20"],
    stricter={"least_reason": "higher"},
)
def ml_fit_checklist_incomplete(project: Project, *, least_reason: int = 0) -> Findings:
    found = gaps(project, "problem.ml_fit", *_QUESTIONS) + _unreasoned(project, least_reason)
    if found:
        words, place, others = spoken(found)
        yield place, f"the checklist whether machine learning fits lacks answers for {words}", others


def _unreasoned(project: Project, least: int) -> list[Gap]:
    fit = project.problem.ml_fit
    answers = [(field, getattr(fit, field)) for field in _QUESTIONS if fit and least]
    short = [(field, a) for field, a in answers if a and a.answer and len((a.reason or "").strip()) < least]
    return [Gap(f"the reason of {field.replace('_', ' ')}", answer.at()) for field, answer in short]
