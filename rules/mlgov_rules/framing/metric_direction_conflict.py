"""A known metric must be improved in its own direction.

## Why
A direction turned round turns every later comparison round: the worst model wins the selection, and the guardrail fires
when things improve. Metrics that nobody but the project knows go by what it declares.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics:
- {id: rmse, role: primary, direction: maximize, target: {max: 4000}}
~~~

### the type tells what the id does not
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: ranking_quality, type: roc_auc, direction: minimize}
~~~

### a name with its split and percentile
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: latency_p95, direction: maximize, definition: 95th percentile of request time}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: roc_auc, direction: maximize}
- {id: val_log_loss, direction: minimize}
- {id: recall}
~~~

### an own definition makes an abbreviation another metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: training_plan}
metrics:
- {id: hr, direction: minimize, definition: heart rate at rest}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: handling_time, direction: minimize, definition: median time until the call}
~~~

## Remedy
turn `direction` round; or, if another metric is meant, give it a name or a `type` of its own

## References
S3-25
"""

from mlgov.rulekit import Findings, Metric, abstain, rule

_WORDS = {"maximize": "a score: higher is better", "minimize": "a loss: lower is better"}


@rule("FRM101", severity="EEE", sources=["S3-25"])
def metric_direction_conflict(metric: Metric) -> Findings:
    if not metric.direction:
        return
    if metric.known is None:
        yield abstain(f"{metric.id} is no metric of common knowledge")
    elif metric.direction != metric.known.direction:
        message = f"metric {metric.id} is declared {metric.direction}, but {metric.known.name} is {_WORDS[metric.known.direction]}"
        yield metric.at("direction"), message, [metric.at("type" if metric.type else "id")]
