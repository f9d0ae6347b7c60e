"""The arms of an experiment must have received the share of units that they were promised.

## Why
A split that is off by more than chance means that units were lost or assigned wrongly, and then any difference between
the arms may come from that. Such a result must not be read. A share that is printed as 0.33 is tested as a third, too.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 50%}]
  results: {counts: {control: 50912, treatment: 49088}}
~~~

### the alpha of the plan
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  srm_check: {alpha: 0.01}
  arms: [{id: control, control: true, allocation: 0.9}, {id: treatment, allocation: 0.1}]
  results: {counts: {control: 90_270, treatment: 9730}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 0.5}]
  results: {counts: {control: 50120, treatment: 49880}}
- id: thirds
  arms: [{id: control, control: true, allocation: 0.34}, {id: short, allocation: 0.33}, {id: long, allocation: 0.33}]
  results: {counts: {control: 333400, short: 333300, long: 333300}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, results: {counts: {control: 50912, treatment: 49088}}}
~~~

## Options
* `alpha` (0.001): the significance level, where the plan has no `srm_check`

## Remedy
find out where the units went (assignment, redirects, bots, logging) before reading the result; test the phases of a ramp
one by one

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 21; Fabijan et al. 2019
"""

from collections.abc import Mapping
from fractions import Fraction

from mlgov.rulekit import (
    Experiment,
    Findings,
    Intervals,
    Line,
    Quantity,
    Row,
    abstain,
    interval,
    literal,
    rule,
    statistics,
)


@rule("EXP303", severity="WEE", sources=["S3-39"], implies=["EXP305"], stricter={"alpha": "higher"})
def sample_ratio_mismatch(experiment: Experiment, *, alpha: float = 0.001) -> Findings:
    counts = experiment.results.counts if experiment.results else {}
    if not counts or not experiment.results:
        return
    shares = {arm.id: arm.allocation for arm in experiment.arms if arm.id and arm.allocation}
    if set(shares) != set(counts) or len(counts) < 2 or not all(_is_count(n) for n in counts.values()):
        yield abstain("unknown allocation or count of an arm")
        return
    level = float(experiment.srm_check.alpha or alpha) if experiment.srm_check else alpha
    observed = [int(counts[arm]) for arm in shares]
    tests = [statistics.srm_test(observed, ratio) for ratio in _ratios(list(shares.values()))] if any(observed) else []
    if tests and all(test.pvalue < level for test in tests):
        mild = max(tests, key=lambda test: test.pvalue)
        seen, wanted = "/".join(literal(counts[a]) for a in shares), "/".join(literal(s) for s in shares.values())
        stated = "declared" if experiment.srm_check and experiment.srm_check.alpha else "default"
        message = (
            f"sample ratio mismatch: {seen} units for {wanted}, chi2 = {mild.chi2:.1f}, "
            f"p = {mild.pvalue:.1g} < {level:g} ({stated})"
        )
        places = [arm.at("allocation") for arm in experiment.arms]
        yield experiment.results.at("counts"), message, places, _figure(list(shares), observed, shares, level)


def _figure(arms: list[str], observed: list[int], shares: Mapping[str, Quantity], level: float) -> Intervals:
    """How far each arm lies from its share, in points of the whole."""
    total, wanted, rows = sum(observed), sum(shares.values()), []
    for arm, count in zip(arms, observed, strict=True):
        low, high = statistics.wilson_ci(count, total, 1 - level)
        share = shares[arm] / wanted
        rows.append(Row(arm, count / total - share, low - share, high - share))
    return Intervals("observed minus planned share", tuple(rows), (Line("as planned", 0.0),))


def _is_count(number: Quantity) -> bool:
    return number >= 0 and float(number).is_integer() and not number.approximate


def _ratios(shares: list[Quantity]) -> list[list[float]]:
    """The shares as printed, and the simple fractions (thirds, sevenths) that may have been rounded to them."""
    simple = [Fraction(float(share)).limit_denominator(12) for share in shares]
    printed = [interval(share) or (float(share), float(share)) for share in shares]
    near = all(
        abs(float(f) - s) <= min(0.01, high - low) for f, s, (low, high) in zip(simple, shares, printed, strict=True)
    )
    every = [[float(share) for share in shares]]
    return [*every, [float(f) for f in simple]] if near and sum(simple) == 1 else every
