"""Reports must be about the run and the model that the project names.

Older reports may stay: it is enough that one report of a kind is about the current run or version. Both sides must carry
an id. The current run is that of the lineage, or else the one that all results name.

## Why
A report without drift, made for the model before, says nothing about the model in use.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {lineage: {run_id: 3a38c14533754670ab257ac1ca7393e5}}
monitoring:
  reports: [{file: mlgov.yaml, kind: drift, run_id: 0258d4b3c1a94d6fb6a6b1a3f2b0c9de}]
~~~

### by the run of the results
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  reports: [{file: mlgov.yaml, kind: drift, run_id: r7}]
~~~
~~~json metrics.json
{"run_id": "r9", "accuracy": 0.84}
~~~

### by version
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4"}
monitoring:
  reports: [{file: mlgov.yaml, kind: quality, model_version: "1.3"}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4"}
training: {lineage: {run_id: r9}}
monitoring:
  reports:
  - {file: mlgov.yaml, kind: drift, run_id: r7, model_version: "1.3"}
  - {file: mlgov.yaml, kind: drift, run_id: r9, model_version: v1.4}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  reports: [{file: mlgov.yaml, kind: drift, run_id: r7}]
~~~

## Remedy
make the report again for the current model, or name the model that the documents are about

## References
S1-38, S4-58
"""

from mlgov.rulekit import Findings, MonitoringReport, Project, abstain, rule, same_version
from mlgov_rules.evaluation._lineage import Named, documents, named
from mlgov_rules.evaluation._versions import contradict


@rule("EVA215", severity="IWE", sources=["S1-38", "S4-58"])
def report_of_another_run(project: Project) -> Findings:
    runs, versions = _runs(project), documents(project)
    kinds: dict[str | None, list[MonitoringReport]] = {}
    for report in project.monitoring.reports:
        kinds.setdefault(report.kind, []).append(report)
    for kind, reports in kinds.items():
        yield from _about(kind, "run_id", [r for r in reports if r.run_id], runs)
        if not any(r.run_id for r in reports) or not runs:
            yield from _about(kind, "model_version", [r for r in reports if r.model_version], versions)


def _runs(project: Project) -> list[Named]:
    """The current run: of the lineage, else the only one that results name."""
    stated = named(project, "training.lineage.run_id")
    measured = [Named(r.literal("run_id"), r.at("run_id")) for r in project.results if r.run_id]
    return stated or (measured[:1] if len({m.text for m in measured}) == 1 else [])


def _about(kind: str | None, field: str, reports: list[MonitoringReport], current: list[Named]) -> Findings:
    what = field.replace("_", " ").replace("model ", "")
    if reports and not current:
        yield abstain(f"unknown current {what}")
    for there in current[:1] if reports else ():
        if all(_differ(getattr(r, field), c.text, field) for r in reports for c in current):
            report = reports[-1]
            words = f"the {kind or 'monitoring'} report is about {what} {report.literal(field)}, the project is at {there.text}"
            yield report.at(field), words, [there.origin]


def _differ(said: str, current: str, field: str) -> bool:
    if field == "run_id":
        return not same_version(said, current) and said != current
    return contradict(said, current)
