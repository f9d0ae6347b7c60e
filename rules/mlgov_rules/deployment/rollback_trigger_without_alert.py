"""A rollback trigger must have an alert that fires at its level or earlier.

## Why
Nobody rolls back at 2 % errors if the first alert comes at 5 %. Alerts and triggers are compared in base units, by
direction and by percentile; an alert whose metric is not known may be the one, so the rule then abstains.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: error_rate, unit: fraction}]
rollout: {rollback: {triggers: [{metric: error_rate, max: 2%}]}}
monitoring: {alerts: [{name: ErrorsHigh, metric: error_rate, op: gt, threshold: 0.05}]}
~~~

### the units differ, the level is too late
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: latency_p95, unit: ms}]
rollout: {rollback: {triggers: [{metric: latency_p95, max: 200}]}}
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gte, threshold: 0.5, unit: s}]}
~~~

### a lower bound, and no alert on the metric at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: precision, unit: fraction}, {id: error_rate, unit: fraction}]
rollout: {rollback: {triggers: [{metric: precision, min: 0.5}]}}
monitoring: {alerts: [{name: ErrorsHigh, metric: error_rate, op: gt, threshold: 0.05}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: latency_p95, unit: ms}]
rollout: {rollback: {triggers: [{metric: latency_p95, max: 0.2s}]}}
monitoring:
  signals: [{id: latency, kind: latency, metric: latency_p95}]
  alerts: [{name: Slow, signal: latency, op: gt, threshold: 200ms}, {name: VerySlow, signal: latency, op: gt, threshold: 1s}]
~~~

### a person decides
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: complaints}, {id: error_rate}]
rollout: {rollback: {triggers: [{metric: complaints, max: 10, manual: true}]}}
monitoring: {alerts: [{name: ErrorsHigh, metric: error_rate, op: gt, threshold: 0.05}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: error_rate, unit: fraction}]
rollout: {rollback: {triggers: [{metric: error_rate, max: 2%}]}}
~~~

### another percentile is another metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: latency_p95, unit: s}]
rollout: {rollback: {triggers: [{metric: latency_p95, max: 0.2}]}}
monitoring: {alerts: [{name: Slow, metric: latency_p95, percentile: p99, op: gt, threshold: 0.5}]}
~~~

## Remedy
add an alert on the metric at the trigger's level or stricter, or mark the trigger `manual: true`

## References
S0-54, S4-57; ML Test Score Infra 7
"""

from mlgov.rulekit import Alert, Findings, Limit, Project, Trigger, abstain, fires_outside, limit_of, rule
from mlgov_rules.deployment._watched import is_other_environment, may_watch, metric_id, percentile_of, watched


@rule("DEP203", severity="WEE", stage="pre_launch", sources=["S0-54", "S4-57"], implies=["MON202"])
def rollback_trigger_without_alert(trigger: Trigger, project: Project) -> Findings:
    if trigger.manual or not trigger.metric or trigger.min is None and trigger.max is None:
        return
    wanted = metric_id(trigger.metric, project)
    alerts = [a for a in project.monitoring.alerts if not is_other_environment(a, trigger)]
    alike = [a for a in alerts if wanted in watched(a, project)]
    if not alerts:
        yield abstain("no alert is declared")
    elif not any(_is_early(a, trigger, project) for a in alike):
        doubtful = [a for a in alike if _is_unclear(a, wanted, trigger, project)]
        doubtful += [a for a in alerts if may_watch(a, wanted, project)]
        if doubtful:
            yield abstain(
                f"alert {doubtful[0].name} may watch {trigger.metric}: its metric, level or percentile is unknown"
            )
        else:
            yield trigger.at(), _words(trigger, alike), [a.at("threshold") for a in alike]


def _is_early(alert: Alert, trigger: Trigger, project: Project) -> bool:
    """True if every value that breaks the trigger has crossed the alert."""
    silent, limit = _limits(alert, trigger, project)
    other = percentile_of(alert, metric_id(trigger.metric, project)) == "different"
    return not other and silent is not None and silent.laxer_than(limit) is False


def _limits(alert: Alert, trigger: Trigger, project: Project) -> tuple[Limit | None, Limit]:
    unit = project.unit(trigger.metric)
    return fires_outside(alert, unit), limit_of(trigger, unit)


def _is_unclear(alert: Alert, wanted: str, trigger: Trigger, project: Project) -> bool:
    """True if the alert is on the metric, and what it says cannot be compared."""
    return _limits(alert, trigger, project)[0] is None or percentile_of(alert, wanted) != "same"


def _words(trigger: Trigger, alike: list[Alert]) -> str:
    side = "min" if trigger.max is None else "max"
    bound = f"rollback trigger {trigger.metric} {side} {trigger.literal(side)}"
    if not alike:
        return f"{bound}: no alert watches {trigger.metric}"
    levels = ", ".join(f"{a.name} at {a.literal('threshold')}{_unit(a)}" for a in alike)
    return f"{bound}: no alert fires at that level or earlier ({levels})"


def _unit(alert: Alert) -> str:
    return f" {alert.unit}" if alert.unit and not getattr(alert.threshold, "unit", "") else ""
