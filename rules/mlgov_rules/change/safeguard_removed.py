"""A guardrail, alert, monitor, rollout stage, gate or slice must not go away unnoticed.

## Why
What is no longer watched cannot fail. A safeguard is removed in one line, and nothing else in the tree misses it.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout: {stages: [{id: shadow, kind: shadow, duration: 7d}, {id: full, kind: full}]}
monitoring: {alerts: [{name: Slow, op: gt, threshold: 200ms}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout: {stages: [{id: full, kind: full}]}
~~~

### a stage that is shorter, a guardrail that is none any more
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, role: guardrail, definition: complaints per call}]
rollout: {stages: [{id: shadow, kind: shadow, duration: 7d}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, role: diagnostic, definition: complaints per call}]
rollout: {stages: [{id: shadow, kind: shadow, duration: 1d}]}
~~~

## Passes
### renamed, reordered, split into files, in other units
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, role: guardrail, unit: ms, acceptable: {max: 0.2s}}]
rollout: {stages: [{id: shadow, kind: shadow, duration: 7d, gates: [{metric: latency_p95, max: 200ms}]}]}
monitoring:
  signals: [{id: drift, kind: data_drift, method: psi}]
  alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 200ms}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{unit: ms, id: p95_latency, role: guardrail, acceptable: {max: 200ms}}]
rollout: {stages: [{id: dark, kind: shadow, duration: 168h, gates: [{metric: p95_latency, max: 0.2s}]}]}
~~~
~~~yaml after/governance/monitoring.yaml
apiVersion: mlgov/v1
monitoring:
  alerts: [{threshold: 0.2s, name: TooSlow, metric: p95_latency, op: gt}]
  signals: [{method: psi, id: input_drift, kind: data_drift}]
~~~

### another alert watches the same metric at least as closely
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 200ms}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
monitoring: {alerts: [{name: TooSlow, metric: latency_p95, op: gt, threshold: 150ms, for: 5m}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: Slow, op: gt, threshold: 200ms}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: retired}
~~~

## Remedy
put the safeguard back; or say in process.changes why it is not needed any more, and who approved that

## References
S2-31, S4-49; NIST AI RMF MANAGE 2.4
"""

from collections.abc import Iterator

from mlgov.rulekit import (
    Alert,
    Change,
    Findings,
    Gate,
    Metric,
    Origin,
    QualityGate,
    Record,
    ServingGuardrail,
    Signal,
    Slice,
    Stage,
    abstain,
    fires_outside,
    rule,
    same_definition,
)

from ._words import approval

KINDS: dict[type[Record], str] = {
    ServingGuardrail: "guardrail",
    Signal: "monitor",
    Alert: "alert",
    Stage: "rollout stage",
    Slice: "slice",
    Gate: "gate",
    QualityGate: "quality gate",
}


@rule("CHG503", severity="WEE", sources=["S2-31", "S4-49"])
def safeguard_removed(change: Change) -> Findings:
    gone = [] if change.removed else [*_removed(change), *_demoted(change), *_shortened(change)]
    if gone and change.head.stage == "retired":
        yield abstain("the project is retired, so nothing has to guard it")
        return
    for subject, message, at, was in gone:
        if not approval(change, subject):
            yield at, message, [was]


Gone = Iterator[tuple[str, str, Origin, Origin]]


def _removed(change: Change) -> Gone:
    stages = {s.path for s in change.gone(Stage)}
    for kind, name in KINDS.items():
        for record in change.gone(kind):
            if record.path[:3] in stages and kind is Gate or _lives_on(change, record):
                continue
            yield record.subject, f"{name} {record.subject} is removed", change.head.at(), record.at()
    for metric in change.gone(Metric):
        if metric.role == "guardrail":
            yield metric.subject, f"guardrail {metric.subject} is removed", change.head.at(), metric.at()


def _lives_on(change: Change, record: Record) -> bool:
    """True if the head says the same elsewhere, or something new does its work at least as well."""
    kind = type(record)
    if any(same_definition(record, other) for other in change.head.records(kind)):
        return True
    return any(_replaces(change, new, record) for new in change.new(kind))


def _replaces(change: Change, new: Record, old: Record) -> bool:
    if isinstance(new, Stage) and isinstance(old, Stage):
        return new.kind is not None and new.kind == old.kind and (new.duration or 0) >= (old.duration or 0)
    if isinstance(new, Signal) and isinstance(old, Signal):
        same = [getattr(new, f) == getattr(old, f) for f in ("kind", "metric", "series", "event", "features")]
        return all(same)
    if isinstance(new, Alert) and isinstance(old, Alert):
        return _watches_alike(change, new, old)
    return False


def _watches_alike(change: Change, new: Alert, old: Alert) -> bool:
    watched = [(a.metric, a.signal, tuple(a.series), a.percentile) for a in (new, old)]
    if watched[0] != watched[1] or not any(watched[0]):
        return False
    mine = fires_outside(new, change.head.unit(new.metric))
    theirs = fires_outside(old, change.base.unit(old.metric))
    return mine is not None and theirs is not None and mine.laxer_than(theirs) is False


def _demoted(change: Change) -> Gone:
    for old, new in change.kept(Metric):
        if old.role == "guardrail" != new.role:
            message = f"{new.subject} is no guardrail any more (role {new.role or 'not stated'})"
            yield new.subject, message, new.at("role"), old.at("role")


def _shortened(change: Change) -> Gone:
    for old, new in change.kept(Stage):
        if old.duration is not None and (new.duration is None or new.duration < old.duration):
            said = new.literal("duration") or "no duration"
            message = f"rollout stage {new.subject} is shortened from {old.literal('duration')} to {said}"
            yield f"{new.subject}.duration", message, new.at("duration"), old.at("duration")
