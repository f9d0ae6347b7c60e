"""What the process documents list must be what the configuration holds.

## Why
A process document is read when something is wrong; metrics, alerts and stages that no longer exist then cost the time
that is missing. Only lists (`items`) are compared, and decisions that name a candidate; no prose is interpreted.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: f1, role: primary}]
process:
  questions: {quality_metrics: {items: [ROC-AUC, F1 score]}}
~~~

### an alert that is gone
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: ChurnLatencyHigh}]}
process:
  questions: {detect_problem: {items: [ChurnErrorRateHigh]}}
~~~

### another model was decided on
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {candidates: [{id: gbm}, {id: logreg}], selection: {selected: gbm}}
process:
  decisions: [{file: docs/adr/4.md, status: accepted, decision: logreg}]
~~~

~~~markdown docs/adr/4.md
# Logistic regression
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary}]
data: {sources: [{id: billing, system: billing warehouse}]}
rollout: {stages: [{id: canary_eu, kind: canary}]}
process:
  questions:
    quality_metrics: {items: [ROC AUC]}
    upstream: {items: [Billing Warehouse]}
    launch: {items: [canary]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process:
  questions: {detect_problem: {items: [ChurnErrorRateHigh]}}
~~~

## Remedy
correct the document, or bring back what it lists

## References
S1-14, S1-16, S1-21, S1-22, S1-23, S1-24, S1-25, S0-03
"""

import re
from collections.abc import Callable

from mlgov.rulekit import Findings, Origin, Process, Project, abstain, rule

Names = Callable[[Project], list[str | None]]


@rule(
    "ORG204",
    severity="-WE",
    sources=["S1-14", "S1-16", "S1-21", "S1-22", "S1-23", "S1-24", "S1-25", "S0-03"],
)
def process_doc_contradicts_config(process: Process, project: Project) -> Findings:
    for question, (what, names) in _QUESTIONS.items():
        stated = process.questions.get(question)
        if stated is None or not stated.items_:
            continue
        held = [name for name in names(project) if name]
        if not held:
            yield abstain(f"no {what} is configured")
            continue
        for i, item in enumerate(stated.items_):
            known = project.metric(item) is not None if question == "quality_metrics" else _is_named(item, held)
            if not known:
                shown = ", ".join(held[:5]) + (", ..." if len(held) > 5 else "")
                words = f"the process names {item} under {question}; the configured {what}s are: {shown}"
                yield stated.at("items", i), words, _places(question, project)
    yield from _decision(process, project)


def _is_named(item: str, held: list[str]) -> bool:
    """Equal, or one is a longer form of the other: `billing` and `billing warehouse`."""
    plain = _plain(item)
    return any(plain in _plain(name) or _plain(name) in plain for name in held)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _places(question: str, project: Project) -> list[Origin]:
    section = {"quality_metrics": "metrics", "detect_problem": "monitoring", "launch": "rollout"}.get(question, "data")
    return [project.at(section)]


def _decision(process: Process, project: Project) -> Findings:
    """The last accepted decision that is the name of a candidate."""
    selection = project.training.selection
    candidates = {_plain(c.id): c.id for c in project.training.candidates if c.id}
    named = [d for d in process.decisions if d.decision and _plain(d.decision) in candidates and _is_accepted(d.status)]
    if not named or selection is None or not selection.selected:
        return
    last = max(named, key=lambda d: d.date or "")
    if _plain(str(last.decision)) != _plain(selection.selected):
        words = f"the decision record names {last.decision}, selected is {selection.selected}"
        yield last.at("decision"), words, [selection.at("selected")]


def _is_accepted(status: str | None) -> bool:
    return status is None or status.strip().lower() in ("accepted", "approved", "done", "implemented")


def _sources(project: Project) -> list[str | None]:
    return [name for s in project.data.sources for name in (s.id, s.system)]


def _datasets(project: Project) -> list[str | None]:
    return [name for d in project.data.datasets for name in (d.id, *d.aliases)]


def _stages(project: Project) -> list[str | None]:
    return [name for s in project.rollout.stages for name in (s.id, s.kind)]


def _alerts(project: Project) -> list[str | None]:
    return [*(a.name for a in project.monitoring.alerts), *(s.id for s in project.monitoring.signals)]


def _metrics(project: Project) -> list[str | None]:
    return [m.id for m in project.metrics]


_QUESTIONS: dict[str, tuple[str, Names]] = {
    "quality_metrics": ("metric", _metrics),
    "data_generation": ("data source", _sources),
    "upstream": ("data source", _sources),
    "test_examples": ("data set", _datasets),
    "launch": ("rollout stage", _stages),
    "detect_problem": ("alert", _alerts),
}
