"""A metric must mean the same thing wherever it stands.

## Why
Macro F1 in the specification and micro F1 in the card are two metrics under one name; a bound on the one says nothing about
the other.

A document that states the defined average, rank or threshold as well as others (a classification report) agrees with the
definition. What a native file does not state is unknown, not different; a result in mlgov's own format that says nothing
else is measured as defined. Wordings of `definition` are not compared.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
framing: {output: {type: multiclass}}
metrics: [{id: f1, average: macro, acceptable: {min: 0.7}}]
evaluation: {results: [{metric: f1, average: micro, value: 0.81, split: test}]}
~~~

### the name of the result says at which rank it is cut
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: films}
metrics: [{id: ndcg, k: 5}]
evaluation: {results: [{metric: ndcg@10, value: 0.41, split: test}]}
~~~

### an alert counts what the metric divides
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: percent, acceptable: {max: 1}}]
monitoring: {alerts: [{name: Errors, metric: error_rate, op: gt, threshold: 5, unit: per_second}]}
~~~

### the other class counts as positive
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary, classes: [stayed, churned], positive_class: churned}}
metrics: [{id: recall}]
evaluation: {predictions: {file: predictions.csv, target: y, prediction: p, positive_class: stayed}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
framing: {output: {type: multiclass}}
metrics: [{id: f1, average: macro}, {id: latency_p95, unit: s}]
evaluation:
  results:
  - {metric: f1, average: macro, value: 0.74, split: test}
  - {metric: f1, average: weighted, value: 0.81, split: test}
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 200, unit: ms}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
framing: {output: {type: multiclass}}
metrics: [{id: f1, average: macro}]
~~~
~~~markdown MODEL_CARD.md
# Model card
# Evaluation results
| Metric | Test |
|---|---|
| F1 | 0.81 |
~~~

## Remedy
state the metric as it is defined, or define the other one as a metric of its own

## References
S3-40, S1-35
"""

from collections.abc import Iterator
from typing import Any

from mlgov.rulekit import Alert, Findings, Metric, MetricResult, Project, abstain, base_of, metric_name, plain, rule

_COUNTED = {
    "per_second": "per second",
    "rps": "per second",
    "qps": "per second",
    "1/s": "per second",
    "/s": "per second",
}
_KNOWN_UNITS = frozenset({"fraction", "s", "bytes", "count", "per second"})


@rule("FRM202", severity="WEE", sources=["S3-40", "S1-35"])
def metric_definition_drift(metric: Metric, project: Project) -> Findings:
    for part in ("average", "k", "threshold"):
        yield from _measured_otherwise(metric, part, project)
    for twin in project.metrics:
        if twin is not metric and twin.id == metric.id and metric.path < twin.path:
            yield from _defined_otherwise(metric, twin)
    for alert in project.monitoring.alerts:
        if alert.unit and metric.unit and project.metric(alert.metric) is metric:
            yield from _counted_otherwise(metric, alert)
    yield from _other_class(metric, project)


def _measured_otherwise(metric: Metric, part: str, project: Project) -> Findings:
    """Documents whose results of the metric all state another value than its definition."""
    defined = getattr(metric, part)
    if defined is None:
        return
    documents: dict[str, list[MetricResult]] = {}
    for result in project.results:
        if project.metric(result.metric) is metric:
            documents.setdefault(result.at("value").file, []).append(result)
    for results in documents.values():
        stated = {_stated(result, part, defined) for result in results}
        if None in stated:
            if part == "average" and metric.known and metric.known.averaged:
                yield abstain(f"unknown average of {results[0].metric}")
        elif not any(_is_equal(defined, value) for value in stated):
            first = results[0]
            here, there = metric.at(part), first.at(part if getattr(first, part) is not None else "metric")
            words = _words(part, defined), _words(part, _stated(first, part, defined))
            yield there, f"{metric.id} means {words[0]} in {here.file} and {words[1]} in {there.file}", [here]


def _stated(result: MetricResult, part: str, defined: Any) -> Any:
    """What a result says by itself or by its name; a result of the manifest that says nothing means the definition."""
    own = getattr(result, part)
    found = own if own is not None else getattr(metric_name(result.metric or ""), part)
    return defined if found is None and result.is_own else found


def _is_equal(a: Any, b: Any) -> bool:
    return bool(a == b) if isinstance(a, str) else abs(float(a) - float(b)) <= 1e-9


def _words(part: str, value: Any) -> str:
    return (
        f"{value} average"
        if part == "average"
        else f"{part} = {value if isinstance(value, str) else plain(float(value))}"
    )


def _defined_otherwise(metric: Metric, twin: Metric) -> Findings:
    for part in ("average", "k", "threshold", "direction"):
        a, b = getattr(metric, part), getattr(twin, part)
        if a is not None and b is not None and not _is_equal(a, b):
            here, there = metric.at(part), twin.at(part)
            message = f"{metric.id} means {_words(part, a)} in {here.file} and {_words(part, b)} in {there.file}"
            yield there, message, [here]


def _counted_otherwise(metric: Metric, alert: Alert) -> Findings:
    units = [_COUNTED.get(u or "", base_of(u)) for u in (metric.unit, alert.unit)]
    if units[0] != units[1] and set(units) <= _KNOWN_UNITS:
        message = f"{metric.id} is told in {metric.unit} in its definition and in {alert.unit} in alert {alert.name}"
        yield alert.at("unit"), message, [metric.at("unit")]


def _other_class(metric: Metric, project: Project) -> Iterator[Any]:
    """The positive class of the predictions is another one than that of the framing; told once, at the first metric."""
    output, predictions = project.framing.output, project.evaluation.predictions
    if not output or not predictions or not output.positive_class or not predictions.positive_class:
        return
    defined, used = output.positive_class, predictions.positive_class
    affected = [m for m in project.metrics if m.known and m.known.averaged]
    if defined != used and {defined, used} <= set(output.classes) and affected[:1] == [metric]:
        message = f"{metric.id} counts {defined} as positive in the framing and {used} in the predictions"
        yield predictions.at("positive_class"), message, [output.at("positive_class")]
