"""The threshold of a gate must count in the unit of its query.

## Why
`result < 500` means half a second to whoever wrote it, and eight minutes on a series in seconds: the gate never closes.
The rule needs a unit on both sides: of the threshold by the gate, its name or its metric, of the query by the suffix of
its series. A query that multiplies or divides by a number converts units, so the rule abstains there.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
rollout:
  stages:
  - id: canary
    kind: canary
    gates: [{metric: latency_p95, max: 500, query: "histogram_quantile(0.95, sum by (le) (rate(churn_request_duration_seconds_bucket[5m])))"}]
~~~

### an analysis template that says ms in its name
~~~yaml k8s/template.yaml
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: churn-latency}
spec:
  metrics:
  - name: p95-latency-ms
    successCondition: result[0] < 500
    provider: {prometheus: {query: "histogram_quantile(0.95, sum by (le) (rate(churn_request_duration_seconds_bucket[5m])))"}}
~~~

### per cent of a ratio
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: errors}]
rollout: {templates: [{name: errors, gates: [{metric: errors, max: 5, unit: percent, query: "max(churn_error_ratio)"}]}]}
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
rollout:
  stages:
  - id: canary
    kind: canary
    gates: [{metric: latency_p95, max: 500ms, query: "histogram_quantile(0.95, sum by (le) (rate(churn_request_duration_seconds_bucket[5m])))"}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s}, {id: errors, unit: fraction}]
rollout:
  templates:
  - name: all
    gates:
    - {metric: latency_p95, max: 0.5, query: "histogram_quantile(0.95, sum by (le) (rate(churn_request_duration_seconds_bucket[5m])))"}
    - {metric: latency_p95, max: 500ms, query: "sum(rate(churn_latency_seconds_sum[5m])) / sum(rate(churn_latency_seconds_count[5m]))"}
    - {metric: errors, max: 0.01, query: "sum(rate(churn_latency_seconds_count{code=~'5..'}[5m])) / sum(rate(churn_latency_seconds_count[5m]))"}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
rollout: {templates: [{name: all, gates: [{metric: latency_p95, max: 500, query: "1000 * max(churn_latency_seconds)"}]}]}
~~~

## Remedy
write the threshold in the unit of the series (0.5 for 500 ms), or convert in the query

## References
S4-49, S4-57
"""

from mlgov.rulekit import Findings, Fix, Gate, Project, Quantity, abstain, base_of, in_base, repair, rule
from mlgov_rules.deployment._queries import unit_of_name, unit_of_query
from mlgov_rules.deployment._ramps import owner_of

# units that a number may be written with
_MARKS = {"ms": "ms", "milliseconds": "ms", "s": "s", "seconds": "s", "min": "m", "minutes": "m", "percent": "%",
          "%": "%", "MB": "MB", "GB": "GB", "MiB": "MiB", "GiB": "GiB"}  # fmt: skip


@rule("DEP215", severity="WEE", sources=["S4-49", "S4-57"])
def gate_unit_mismatch(gate: Gate, project: Project) -> Findings:
    bare = [side for side in ("min", "max") if (n := getattr(gate, side)) is not None and not n.unit]
    if not gate.query or not bare:
        return
    stated, queried = _stated(gate, project), unit_of_query(gate.query)
    if not stated or not queried:
        yield abstain("unknown unit of the threshold" if queried else "unknown unit of the query")
    elif _size(stated) != _size(queried):
        message = (
            f"{owner_of(gate, project)}: the threshold {gate.literal(bare[0])} ({stated}) is compared with a query "
            f"in {queried}: {' '.join(gate.query.split())[:100]}"
        )
        yield gate.at(bare[0]), message, [gate.at("query")], _with_unit(gate, bare, stated)


def _with_unit(gate: Gate, sides: list[str], unit: str) -> Fix | None:
    """The thresholds with their unit behind them, which only mlgov's own format takes."""
    mark = _MARKS.get(unit)
    if not gate.is_own or gate.unit or mark is None:
        return None
    steps = [repair.replace(gate.at(side), gate.literal(side) + mark) for side in sides]
    return repair.fix(f"write {gate.literal(sides[0])}{mark}", *steps)


def _stated(gate: Gate, project: Project) -> str:
    """The unit of the threshold: of the gate, of its name, or of the metric that a manifest's gate names."""
    own = project.unit(gate.metric) if gate.is_own else None
    unit = gate.unit or unit_of_name(gate.metric or "") or own or ""
    return unit if base_of(unit) in ("s", "bytes", "fraction") else ""


def _size(unit: str) -> tuple[str, float]:
    return base_of(unit), in_base(Quantity(1.0), unit)
