"""The plan of an experiment must not change after its start.

A longer duration or a larger sample is the business of EXP103, which asks for a stopping rule.

## Why
Whoever changes hypothesis, primary metric or margin while the numbers come in chooses among results, not among plans.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention, definition: still active}, {id: calls, definition: calls per day}]
experiments: [{id: ab, status: running, start: 2026-11-14, primary_metrics: [retention], alpha: 0.05}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention, definition: still active}, {id: calls, definition: calls per day}]
experiments: [{id: ab, status: running, start: 2026-11-14, primary_metrics: [calls], alpha: 0.05}]
~~~

### the margin of a guardrail
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaints, definition: complaints per call, unit: fraction}]
experiments: [{id: ab, start: 2026-11-14, guardrails: [{metric: complaints, margin: 0.5%}]}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaints, definition: complaints per call, unit: fraction}]
experiments: [{id: ab, start: 2026-11-14, guardrails: [{metric: complaints, margin: 0.01}]}]
~~~

## Passes
### before the start
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: ab, status: planned, start: 2026-12-01, alpha: 0.05}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: ab, status: planned, start: 2026-12-08, alpha: 0.01}]
~~~

### other words, an extension, and the result
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: ab, status: running, start: 2026-11-01, alpha: 0.05, duration: 14d, hypothesis: calls help}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{status: stopped, id: ab, hypothesis: "calls  help", start: 2026-11-01, alpha: 5%, duration: 3w, results: {effect: 0.02}}]
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: ab, alpha: 0.05}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: ab, alpha: 0.1}]
~~~

## Remedy
restore the plan and finish the experiment as planned; or stop it, and plan a new one under a new id

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 3 (pre-registration)
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from mlgov.rulekit import Change, Experiment, Findings, abstain, rule

FIELDS = ("start", "hypothesis", "primary_metrics", "alpha", "power", "mde", "sample_size_per_arm", "duration")
EXTENDABLE = ("sample_size_per_arm", "duration")


@rule("CHG509", severity="WEE", sources=["S3-39"])
def experiment_edited_after_start(change: Change) -> Findings:
    for old, new in change.kept(Experiment):
        edited = [*_edited(change, old, new)]
        if not edited or old.status == "planned":
            continue
        if not old.start or not change.head.today:
            yield abstain(f"unknown start of experiment {old.id}")
        elif (days := (_day(change.head.today) - _day(old.start)).days) >= 0:
            for name, before, after in edited:
                words = f"{new.subject}.{name} changed from {before} to {after}, {days} days after the start"
                yield new.at(name.partition("[")[0]), words, [old.at(name.partition("[")[0])]


def _edited(change: Change, old: Experiment, new: Experiment) -> Iterator[tuple[str, str, str]]:
    """Field, old and new value, of what both sides state."""
    for field in FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before and after and _plain(before) != _plain(after) and not (field in EXTENDABLE and after > before):
            yield field, _shown(before), _shown(after)
    margins = {change.head.metric_id(g.metric): g for g in new.guardrails}
    for guardrail in old.guardrails:
        now = margins.get(change.head.metric_id(guardrail.metric))
        if now and guardrail.margin is not None and now.margin is not None and now.margin != guardrail.margin:
            yield f"guardrails[{now.metric}].margin", guardrail.literal("margin"), now.literal("margin")


def _plain(value: Any) -> Any:
    """A value without its spelling: texts with single blanks, records as data."""
    if isinstance(value, str):
        return " ".join(value.split())
    return value.model_dump(exclude_none=True) if hasattr(value, "model_dump") else value


def _shown(value: Any) -> str:
    if hasattr(value, "literal"):
        return " ".join(filter(None, (value.literal("value"), value.type)))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
