"""Each data pipeline must be validated, be checked for freshness, alert somebody and have an owner.

## Why
Most failures of models in production are failures of their data. A pipeline that stops silently feeds yesterday to a model
that was promised today.

Asked from the time before launch on, of pipelines in mlgov's own format; the steps of a training pipeline are no refresh.
Checks that are bound to a data set validate too, and a signal of kind freshness watches freshness.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {pipelines: [{id: features, cadence: 1d, checks: [schema]}]}
~~~

### no pipeline at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {datasets: [{id: train_2026}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {pipelines: [{id: features, cadence: 1d, checks: [schema, freshness], alerts: [Stale], owner: di@example.org}]}
monitoring: {alerts: [{name: Stale}]}
~~~

### data that nothing refreshes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: study, stage: pre_launch}
data: {pipelines: {not_applicable: {reason: one fixed survey of 2024}}}
~~~

## Remedy
add `checks` with freshness and schema, `alerts`, `cadence` and `owner` to the pipeline

## References
S1-08, S1-17; ML Test Score D1, Mon 1, Mon 2
"""

from collections.abc import Iterator

from mlgov.rulekit import Data, DataPipeline, Findings, Project, presence
from mlgov_rules.monitoring._kinds import is_offline


@presence("MON007", "data", severity="-WE", stage="pre_launch", sources=["S1-08", "S1-17"])
def pipeline_monitoring_missing(data: Data, project: Project) -> Findings:
    if not project.reached("pre_launch") or is_offline(project):
        return
    if data.lacks("pipelines"):
        yield data.at(), "no pipeline says how the data are refreshed and watched"
    for pipeline in data.pipelines:
        if pipeline.is_own and (lacking := list(_lacking(pipeline, project))):
            yield pipeline.at(), f"data pipeline {pipeline.id or ''} lacks {', '.join(lacking)}".replace("  ", " ")


def _lacking(pipeline: DataPipeline, project: Project) -> Iterator[str]:
    yield from pipeline.lacks("cadence")
    validated = pipeline.has("checks") or any(d.checks for d in project.data.datasets)
    fresh = "freshness" in pipeline.checks or any(s.kind == "freshness" for s in project.monitoring.signals)
    if not validated:
        yield "checks"
    if not fresh and (pipeline.checks or not pipeline.has("checks")):
        yield "a freshness check"
    yield from pipeline.lacks("alerts", "owner")
