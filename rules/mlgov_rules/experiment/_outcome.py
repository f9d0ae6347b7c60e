"""What the counts of an experiment say, and what its report claims: p values, effects and intervals as printed."""

import math
from typing import NamedTuple

from mlgov.rulekit import Experiment, Interval, Quantity, interval, statistics
from mlgov_rules.experiment._plan import control_of


class Outcome(NamedTuple):
    """Successes of the control and of the only treatment."""

    k1: int
    n1: int
    k2: int
    n2: int

    @property
    def difference(self) -> float:
        """Rate of the treatment minus rate of the control."""
        return self.k2 / self.n2 - self.k1 / self.n1


def outcome_of(experiment: Experiment) -> Outcome | None:
    """The counts of two arms; None where there are others, or not all of them are whole numbers."""
    control, results = control_of(experiment), experiment.results
    if control is None or results is None or len(experiment.arms) != 2:
        return None
    treatment = next(arm for arm in experiment.arms if arm is not control)
    names = [control.id or "", treatment.id or ""]
    numbers = [field.get(name) for name in names for field in (results.successes, results.counts)]
    if any(n is None or n < 0 or n.approximate or not float(n).is_integer() for n in numbers):
        return None
    k1, n1, k2, n2 = (int(n) for n in numbers if n is not None)
    return Outcome(k1, n1, k2, n2) if k1 <= n1 and k2 <= n2 and n1 and n2 else None


def is_plain(experiment: Experiment) -> bool:
    """True if nothing but the two rates enters the test: one metric, one look, no covariates, no clusters."""
    reduction, design = experiment.variance_reduction, experiment.sequential
    return (
        len(experiment.primary_metrics) <= 1
        and (reduction is None or reduction.method in (None, "none"))
        and (design is None or design.method in (None, "none"))
        and experiment.variance in (None, "independent")
        and experiment.correction in (None, "none")
        and experiment.analysis_unit in (None, experiment.randomization_unit)
        and experiment.bayesian is None
    )


def p_values(found: Outcome, alternative: str | None) -> list[tuple[float, float]]:
    """Ranges in which the usual tests lie: two-sided, and one-sided where the plan does not exclude it."""
    if not 0 < found.k1 + found.k2 < found.n1 + found.n2:
        return []
    pooled = statistics.two_proportion_ztest(found.k1, found.n1, found.k2, found.n2)
    two_sided = [pooled.pvalue, _corrected(found, pooled.z), _unpooled(found)]
    low, high = min(two_sided), max(two_sided)
    ranges = [(low, high)] if alternative in (None, "two_sided") else []
    if alternative != "two_sided":
        ranges += [(low / 2, high / 2), (1 - high / 2, 1 - low / 2)]
    return ranges


def _corrected(found: Outcome, z: float) -> float:
    """With the correction for continuity, which stays close to the exact test."""
    step = (1 / found.n1 + 1 / found.n2) / 2
    size = abs(found.difference)
    return _two_sided(abs(z) * max(0.0, size - step) / size) if size else 1.0


def _unpooled(found: Outcome) -> float:
    p1, p2 = found.k1 / found.n1, found.k2 / found.n2
    spread = math.sqrt(p1 * (1 - p1) / found.n1 + p2 * (1 - p2) / found.n2)
    return _two_sided(abs(p2 - p1) / spread) if spread else 1.0


def _two_sided(z: float) -> float:
    return math.erfc(z / math.sqrt(2))


def effects(found: Outcome) -> list[float]:
    """What an effect may be called: difference, lift, ratio, odds ratio, in per cent or not, in either direction."""
    base, odds = found.k1 / found.n1, found.k1 * (found.n2 - found.k2)
    sizes = [found.difference, *([found.difference / base, found.k2 / found.n2 / base] if base else [])]
    sizes += [found.k2 * (found.n1 - found.k1) / odds] if odds else []
    return [sign * size * scale for size in sizes for scale in (1, 100) for sign in (1, -1)]


def claims(printed: Quantity, low: float, high: float) -> bool:
    """True if a printed number may stand for something between two bounds, with one unit of the last digit to spare."""
    claimed = interval(printed) or (float(printed), float(printed))
    unit = (claimed[1] - claimed[0]) / 2
    return claimed[0] - unit <= high and low <= claimed[1] + unit


def holds_zero(ci: Interval) -> bool:
    """True if the interval clearly contains 0: more than rounding, and another method, would explain."""
    if ci.low is None or ci.high is None or not ci.low < 0 < ci.high:
        return False
    return min(-ci.low, ci.high) > 0.02 * (ci.high - ci.low)


def level_matches(ci: Interval, alpha: float) -> bool:
    """True if a two-sided test at `alpha` and this interval answer the same question."""
    return abs(1 - float(0.95 if ci.level is None else ci.level) - alpha) < 1e-9
