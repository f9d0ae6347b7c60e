"""Leadership must be told the business impact and the risk, not only model metrics.

## Why
An F1 of 0.2 more says nothing to those who decide about money and dates; they need what it brings, what is uncertain
about it, and who answers for the timeline.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: f1, kind: model_quality, scope: offline}]
plan: {leadership_brief: {metrics: [f1], impact: better calls, caveats: labels are late, timeline_owner: ada}}
~~~

### no word about impact and risk
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan: {leadership_brief: {document: "https://wiki.example.org/brief"}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: f1, kind: model_quality, scope: offline}, {id: retention, kind: business, scope: online}]
plan: {leadership_brief: {metrics: [f1, retention], impact: 0.02 more retention, caveats: shown in May, timeline_owner: ada}}
~~~

## Remedy
state `impact`, `caveats` and `timeline_owner` of the brief, and name a business metric

## References
S0-04, S0-42, S0-43, S0-44, S0-45; Rules of ML #39
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("ORG010", "plan", severity="-IW", stage="development", sources=["S0-04", "S0-42", "S0-43", "S0-44", "S0-45"])
def leadership_report_jargon(project: Project) -> Findings:
    fields = ["impact", "timeline_owner"]
    if not any(r.impact and r.owner for r in project.risks):
        fields.insert(1, "caveats")
    yield from missing_at(project, "plan.leadership_brief", "the brief for leadership lacks {}", *fields)
    brief = project.plan.leadership_brief
    metrics = [project.metric(name) for name in brief.metrics] if brief else []
    if (
        brief
        and metrics
        and all(m and (m.kind == "model_quality" or not m.kind and m.scope == "offline") for m in metrics)
    ):
        yield (
            brief.at("metrics"),
            f"the brief for leadership names only metrics of the model: {', '.join(brief.metrics)}",
        )
