"""The report of an experiment must say what its numbers say, and must not stop where the plan did not allow it.

## Why
A p value that does not follow from the counts, an effect outside its own interval, a "significant" whose interval holds
0, or a stop at half the planned sample: each of them makes a wish look like a finding.

A p value agrees if any of the usual two-proportion tests gives it (pooled, unpooled, corrected; one-sided where the plan
does not say two-sided). Where variance reduction, clusters, a correction or a sequential design enter, only the interval
and the words are compared. Early stops for harm, or without success, are no fault.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- id: ranking
  alpha: 0.05
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 0.5}]
  results: {counts: {control: 10000, treatment: 10000}, successes: {control: 1000, treatment: 1050}, p_value: 0.02}
~~~

### a significant result whose interval holds 0
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments: [{id: ranking, alpha: 0.05, results: {effect: 0.4, ci: {low: -0.2, high: 1.1}, decision: significant uplift}}]
~~~

### an effect outside its interval
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments: [{id: ranking, results: {effect: 2.0%, ci: {low: 0.03, high: 0.05}}}]
~~~

### an effect that the counts do not show
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- id: ranking
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 0.5}]
  results: {counts: {control: 10000, treatment: 10000}, successes: {control: 1000, treatment: 1050}, effect: 1.2%}
~~~

### stopped at half of the plan
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- {id: ranking, status: stopped, sample_size_per_arm: 8400, results: {counts: {control: 4020, treatment: 3980}, decision: ship}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- id: ranking
  status: analysed
  alpha: 0.05
  sample_size_per_arm: 10000
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 0.5}]
  results: {counts: {control: 10000, treatment: 10000}, successes: {control: 1000, treatment: 1100}, effect: 10%, ci: {low: 0.0015, high: 0.185}, p_value: 0.021, decision: significant and shipped}
~~~

### stopped early because it did harm, and stopped early by a rule
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- {id: harmful, status: stopped, sample_size_per_arm: 8400, results: {counts: {control: 4020, treatment: 3980}, decision: not shipped}}
- {id: allowed, status: stopped, sample_size_per_arm: 8400, sequential: {method: always_valid}, results: {counts: {control: 4020, treatment: 3980}, decision: ship}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments: [{id: ranking, results: {p_value: 0.02}}]
~~~

## Remedy
report what the counts give, or explain the method that gives something else; run to the planned size, or plan a stop rule

## References
S3-38, S3-39; Kohavi, Tang, Xu 2020, ch. 3 (Twyman's law)
"""

from mlgov.rulekit import Experiment, ExperimentResults, Findings, abstain, rule
from mlgov_rules.experiment._outcome import claims, effects, holds_zero, is_plain, level_matches, outcome_of, p_values
from mlgov_rules.experiment._report import is_stopped_early, scales, significance
from mlgov_rules.experiment._size import sides_of


@rule("EXP305", severity="WEE", sources=["S3-38", "S3-39"])
def result_misreported(experiment: Experiment) -> Findings:
    results = experiment.results
    if results is None:
        return
    yield from _recomputed(experiment, results)
    yield from _own_interval(experiment, results)
    if is_stopped_early(experiment, results):
        least = min(results.counts.values())
        message = (
            f"experiment {experiment.id} stopped with {least} units in the smallest arm; "
            f"{experiment.literal('sample_size_per_arm')} were planned, and no stop rule allows it"
        )
        yield results.at("counts"), message, [experiment.at("sample_size_per_arm")]


def _recomputed(experiment: Experiment, results: ExperimentResults) -> Findings:
    found = outcome_of(experiment)
    if found is None or not is_plain(experiment):
        if results.p_value is not None:
            yield abstain("no counts and successes of two arms from which p would follow")
        return
    ranges = p_values(found, experiment.alternative)
    if results.p_value is not None and ranges and not any(claims(results.p_value, *span) for span in ranges):
        low, high = ranges[0]
        said = f"{low:.2g}" if high < low * 1.1 else f"{low:.2g} to {high:.2g}"
        message = f"declared p = {results.literal('p_value')}, the counts give p = {said}"
        yield results.at("p_value"), message, [results.at("successes"), results.at("counts")]
    if results.effect is not None and not any(claims(results.effect, e, e) for e in effects(found)):
        message = f"declared effect {results.literal('effect')}, the counts give a difference of {found.difference:.4g}"
        yield results.at("effect"), message, [results.at("successes"), results.at("counts")]


def _own_interval(experiment: Experiment, results: ExperimentResults) -> Findings:
    ci = results.ci
    if ci is None or ci.low is None or ci.high is None:
        return
    said = f"[{ci.literal('low')}, {ci.literal('high')}]"
    if results.effect is not None and not any(claims(results.effect, ci.low * s, ci.high * s) for s in scales(results)):
        yield (
            results.at("effect"),
            f"the effect {results.literal('effect')} lies outside its interval {said}",
            [ci.at()],
        )
    alpha = float(experiment.alpha or 0.05)
    if (
        sides_of(experiment) == 2
        and level_matches(ci, alpha)
        and holds_zero(ci)
        and (why := significance(results, alpha))
    ):
        yield (
            results.at("decision" if results.decision else "p_value"),
            f"{why}, but the interval {said} holds 0",
            [ci.at()],
        )
