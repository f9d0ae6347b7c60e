"""The comparison that a plan describes, in numbers: what the control does, the effect, the arms, the units needed."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Experiment, Metric, Project, base_of, in_base, statistics
from mlgov_rules.experiment._plan import control_of, deciding_metric, direction

# more looks are continuous monitoring, and the design of so many looks takes seconds to compute
MOST_LOOKS = 100


class Trial(NamedTuple):
    """One planned comparison in base units.

    base: rate or mean of the control. effects: what the text of `mde` may mean, with its sign. sd: for means.
    control, treatment: sizes of the two arms in units of the smallest arm.
    credit: what variance reduction saves and interim looks cost, as a factor on the sample.
    """

    base: float
    effects: tuple[float, ...]
    sd: float | None
    alpha: float
    power: float
    sides: int
    control: float
    treatment: float
    credit: float


class Powered(NamedTuple):
    """A function of statistics with its arguments beside the sizes of the arms, and the power that it gives."""

    function: str
    given: dict[str, float | str]
    power: float


def trial_of(experiment: Experiment, project: Project) -> Trial | str:
    """The comparison of a plan, or the reason why it is not known."""
    metric = deciding_metric(experiment, project)
    base = control_level(experiment, metric)
    alpha, power = float(experiment.alpha or 0), float(experiment.power or 0)
    if not 0 < alpha < power < 1:
        return "unknown alpha" if not 0 < alpha < 1 else "unknown power"
    if base is None:
        return "unknown baseline_rate or baseline_mean"
    if experiment.baseline_rate is None and not (experiment.standard_deviation or 0) > 0:
        return "unknown standard_deviation"
    if experiment.baseline_rate is None and len(_dimensions(experiment, metric)) > 1:
        return "unknown unit of a number of the plan"
    sd = None if experiment.baseline_rate is not None else in_base(experiment.standard_deviation or 0, _unit(metric))
    effects = [e for e in signed(effects_of(experiment, metric), metric) if _is_possible(base, e, sd)]
    credit = _credit(experiment, alpha, power)
    if not effects or credit is None:
        return "unknown rho of the variance reduction" if credit is None else "unknown mde"
    return Trial(base, tuple(effects), sd, alpha, power, sides_of(experiment), *arm_sizes(experiment), credit)


def _is_possible(base: float, effect: float, sd: float | None) -> bool:
    """True if a rate stays between 0 and 1, and the effect is of a size that a formula can take."""
    if sd is None:
        return 0 < base < 1 and 0 < base + effect < 1 and abs(effect) > 1e-9
    return sd > 0 and 1e-9 < abs(effect) / sd < 1e9


def _dimensions(experiment: Experiment, metric: Metric | None) -> set[str]:
    """The base units of the numbers of a plan for means; more than one where a bare number stands beside `20ms`."""
    amount = experiment.mde.value if experiment.mde and experiment.mde.type == "absolute" else None
    stated = [n for n in (experiment.baseline_mean, experiment.standard_deviation, amount) if n is not None]
    return {number.unit or base_of(_unit(metric)) for number in stated}


def _unit(metric: Metric | None) -> str | None:
    return metric.unit if metric else None


def sides_of(experiment: Experiment) -> int:
    """Two, unless the plan says otherwise."""
    return 1 if experiment.alternative in ("greater", "less") else 2


def control_level(experiment: Experiment, metric: Metric | None) -> float | None:
    """The rate or mean without the change, in base units."""
    if experiment.baseline_rate is not None:
        return float(experiment.baseline_rate)
    return None if experiment.baseline_mean is None else in_base(experiment.baseline_mean, _unit(metric))


def effects_of(experiment: Experiment, metric: Metric | None) -> list[float]:
    """The absolute amounts that `mde` may mean; two where it does not say whether it counts in per cent."""
    mde = experiment.mde
    if not mde or mde.value is None or not mde.value > 0 or not mde.type:
        return []
    if mde.type == "relative":
        base = control_level(experiment, metric)
        return [] if not base else [abs(float(mde.value) * base)]
    amounts = {in_base(mde.value, _unit(metric))}
    if experiment.baseline_rate is not None:
        amounts.add(float(mde.value))  # a bare 0.02 beside a rate, where the metric itself counts in per cent
    return sorted(amounts)


def signed(amounts: list[float], metric: Metric | None) -> list[float]:
    """Improvements upwards, downwards, or both where the direction is not known."""
    way = direction(metric)
    up = amounts if way != "minimize" else []
    return up + ([-a for a in amounts] if way != "maximize" else [])


def arm_sizes(experiment: Experiment) -> tuple[float, float]:
    """Control and smallest treatment in units of the smallest arm; equal where the plan does not say."""
    control = control_of(experiment)
    shares = [arm.allocation for arm in experiment.arms if arm.allocation and arm.allocation > 1e-6]
    others = [arm.allocation for arm in experiment.arms if arm is not control and arm.allocation]
    if control is None or not control.allocation or not others or len(shares) != len(experiment.arms):
        return 1.0, 1.0
    return control.allocation / min(shares), min(others) / min(shares)


def _credit(experiment: Experiment, alpha: float, power: float) -> float | None:
    """The factor on the sample; None where variance is reduced by an amount that is not said."""
    reduction, design = experiment.variance_reduction, experiment.sequential
    factor = 1.0
    if reduction and reduction.method == "cuped":
        if reduction.rho is None or not abs(reduction.rho) < 1:
            return None
        factor = 1.0 - float(reduction.rho) ** 2
    if design and design.method in ("pocock", "obrien_fleming") and sides_of(experiment) == 2:
        looks = int(design.looks or 1)
        if 1 < looks <= MOST_LOOKS:
            factor *= statistics.group_sequential(looks, alpha, power, design.method).inflation
    return factor


def units_needed(trial: Trial, power: float | None = None) -> float:
    """Units that the smallest arm needs under the kindest reading of the plan; `power` replaces the planned one."""
    wanted = power or trial.power
    ratio = trial.treatment / trial.control
    sizes = []
    for effect in trial.effects:
        if trial.sd is not None:
            sizes.append(statistics.n_two_means(effect, trial.sd, trial.sd, trial.alpha, wanted, trial.sides, ratio).n1)
            continue
        for variance in ("unpooled", "pooled"):
            p1, p2 = trial.base, trial.base + effect
            sizes.append(statistics.n_two_proportions(p1, p2, trial.alpha, wanted, trial.sides, ratio, variance).n1)
    return min(sizes) / trial.control * trial.credit


def power_at(trial: Trial, units: float) -> float | None:
    """The power that `units` of the smallest arm give, under the kindest reading; None for means."""
    return power_of(trial, units).power if trial.sd is None else None


def power_of(trial: Trial, units: float) -> Powered:
    """The kindest reading of a plan: the function of statistics, its arguments beside the sizes, and the power."""
    n1, n2 = (max(1, round(units * size / trial.credit)) for size in (trial.control, trial.treatment))
    found = (
        Powered(name, given, getattr(statistics, name)(**given, n1=n1, n2=n2).power) for name, given in _read(trial)
    )
    return max(found, key=lambda reading: reading.power)


def _read(trial: Trial) -> Iterator[tuple[str, dict[str, float | str]]]:
    """What the text of a plan may mean."""
    test: dict[str, float | str] = {"alpha": trial.alpha, "sides": trial.sides}
    for effect in trial.effects:
        if trial.sd is not None:
            yield "power_two_means", {"delta": effect, "sd1": trial.sd, "sd2": trial.sd, **test}
            continue
        for variance in ("unpooled", "pooled"):
            rates = {"p1": trial.base, "p2": trial.base + effect}
            yield "power_two_proportions", {**rates, **test, "variance": variance}


def is_peeking(experiment: Experiment) -> bool:
    """True if several looks decide, and no method allows them; guardrails may be watched."""
    design = experiment.sequential
    if experiment.bayesian or experiment.substitute or design is None or design.looks is None:
        return False
    return design.looks > 1 and design.method in (None, "none") and design.scope != "guardrail"
