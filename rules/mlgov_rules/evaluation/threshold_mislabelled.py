"""A document must state a number for the decision threshold at which it was measured.

## Why
Precision and recall belong to a threshold. A card that shows the numbers of the optimal threshold under the heading of the
standard one promises them to everybody who serves at the standard.

Reported only where the results name thresholds, none of them is the document's, and two metrics or more agree, to three
decimals, with those of one other threshold.

## Fails
~~~markdown MODEL_CARD.md
Model card
==========

Performance at standard threshold (0.5)
---------------------------------------

| Metric | Value |
|---|---|
| precision | 0.225 |
| recall | 0.420 |
~~~
~~~json evaluation_results.json
{"threshold_metrics": {
  "0.3": {"precision": 0.1136, "recall": 0.8786},
  "0.63": {"precision": 0.2246, "recall": 0.4203}}}
~~~

## Passes
~~~markdown MODEL_CARD.md
Model card
==========

Performance at optimal threshold (0.63)
---------------------------------------

| Metric | Value |
|---|---|
| precision | 0.225 |
| recall | 0.420 |
~~~
~~~json evaluation_results.json
{"threshold_metrics": {
  "0.3": {"precision": 0.1136, "recall": 0.8786},
  "0.63": {"precision": 0.2246, "recall": 0.4203}}}
~~~

### no number of the results
~~~markdown MODEL_CARD.md
Model card
==========

Performance at standard threshold (0.5)
---------------------------------------

| Metric | Value |
|---|---|
| precision | 0.180 |
| recall | 0.610 |
~~~
~~~json evaluation_results.json
{"threshold_metrics": {"0.63": {"precision": 0.2246, "recall": 0.4203}}}
~~~

## Abstains
~~~markdown MODEL_CARD.md
Model card
==========

Performance at standard threshold (0.5)
---------------------------------------

| Metric | Value |
|---|---|
| precision | 0.225 |
| recall | 0.420 |
~~~
~~~json evaluation_results.json
{"precision": 0.2246, "recall": 0.4203}
~~~

## Remedy
name the threshold of the numbers, or state the numbers of the threshold

## References
S0-58, S0-49; Mitchell et al. 2019, metrics
"""

from mlgov.rulekit import Findings, MetricResult, Project, abstain, agree, decimals, rule
from mlgov_rules.evaluation._documents import by_file, label

Shown = list[tuple[MetricResult, MetricResult]]


@rule("EVA217", severity="WEE", sources=["S0-58", "S0-49"])
def threshold_mislabelled(project: Project) -> Findings:
    told = [r for r in project.results if r.threshold is not None and not r.slice]
    measured = [r for r in told if r.is_observed]
    said = [r for r in told if not r.is_observed]
    if said and not measured:
        yield abstain("no measured result names its threshold")
    levels = {round(float(r.threshold), 9) for r in measured if r.threshold is not None}
    for document in by_file(said).values():
        others = [r for r in document if r.threshold is not None and round(float(r.threshold), 9) not in levels]
        shown = _shown(others, measured, project)
        if len({project.comparer.key(one).metric for one, _ in shown}) > 1:
            yield from _finding(shown)


def _shown(document: list[MetricResult], measured: list[MetricResult], project: Project) -> Shown:
    """The statements with the results of the one other threshold that they repeat."""
    found: dict[float, Shown] = {}
    alike = project.comparer.named_alike
    for one in (r for r in document if (decimals(r.literal("value")) or 0) >= 3):
        for other in measured:
            if other.threshold is not None and alike(one.metric, other.metric) and _repeats(one, other):
                found.setdefault(float(other.threshold), []).append((one, other))
    return max(found.values(), key=len, default=[])


def _repeats(one: MetricResult, other: MetricResult) -> bool:
    same_average = one.average is None or other.average is None or one.average == other.average
    return same_average and agree(one.literal("value"), other.literal("value"))


def _finding(shown: Shown) -> Findings:
    one, other = shown[0]
    numbers = dict.fromkeys(f"{label(r)} = {r.literal('value')}" for r, _ in shown)
    words = f"{', '.join(numbers)}: stated for threshold {one.literal('threshold')}, measured at {other.literal('threshold')}"
    yield one.at("threshold"), words, [one.at("value"), other.at("value")]
