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

from mlgov.rulekit import Alert, Findings, Project, Trigger, abstain, rule, trigger_answers, trigger_side
from mlgov_rules.deployment._ramps import is_other_environment


@rule("DEP203", severity="WEE", stage="pre_launch", sources=["S0-54", "S4-57"], implies=["MON202"])
def rollback_trigger_without_alert(trigger: Trigger, project: Project) -> Findings:
    if trigger.manual or not trigger.metric or trigger.min is None and trigger.max is None:
        return
    alerts = [a for a in project.monitoring.alerts if not is_other_environment(a, trigger)]
    answers = list(trigger_answers(trigger, alerts, project))
    unclear = [alert for alert, answer in answers if answer == "unclear"]
    if not alerts:
        yield abstain("no alert is declared")
    elif unclear and not any(answer == "early" for _, answer in answers):
        yield abstain(f"alert {unclear[0].name} may watch {trigger.metric}: its metric, level or percentile is unknown")
    elif not any(answer == "early" for _, answer in answers):
        late = [alert for alert, answer in answers if answer == "late"]
        yield trigger.at(), _words(trigger, late), [alert.at("threshold") for alert in late]


def _words(trigger: Trigger, late: list[Alert]) -> str:
    bound = f"rollback trigger {trigger.metric} {trigger_side(trigger)} {trigger.literal(trigger_side(trigger))}"
    if not late:
        return f"{bound}: no alert watches {trigger.metric}"
    levels = ", ".join(f"{a.name} at {a.literal('threshold')}{_unit(a)}" for a in late)
    return f"{bound}: no alert fires at that level or earlier ({levels})"


def _unit(alert: Alert) -> str:
    return f" {alert.unit}" if alert.unit and not getattr(alert.threshold, "unit", "") else ""
