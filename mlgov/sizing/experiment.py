"""How many units an A/B test needs to see its effect, for rates and for means."""

import math

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer, Figure, plain
from mlgov.sizing.design import GROUP_SEQUENTIAL, Design, refuse
from mlgov.sizing.experiment_plan import assumptions, hints, plan_of

_PROPORTIONS = (
    "n1 = [z_a √(p̄q̄(1+1/r)) + z_b √(p1q1 + p2q2/r)]² / (p1-p2)² (pooled), "
    "(z_a+z_b)² (p1q1 + p2q2/r) / (p1-p2)² (unpooled); the larger"
)
_MEANS = "n1 = (z_a+z_b)² (sd² + sd²/r) / mde²"


def ab(design: Design) -> Answer:
    """Units per arm, in all, and days; `UsageError` where a number makes no plan."""
    refuse(design)
    each = statistics.guardrail_power(design.power, design.guardrails)
    control, treatment = _allocation(design.ratio)
    factor, paid = _factor(design)
    first = _units(design, each, treatment / control) * factor
    n1, n2 = math.ceil(first), math.ceil(first * treatment / control)
    figures = [
        Figure("sample_size_per_arm", min(n1, n2), "units in the smaller arm" if n1 != n2 else "units per arm"),
        Figure("total", n1 + n2, "units in both arms"),
        Figure("effect", design.effect, "smallest effect that is seen, absolute"),
    ]
    if design.guardrails:
        figures.append(Figure("power_each", each, f"power of each test, for {plain(design.power)} together"))
    if design.method in GROUP_SEQUENTIAL:
        bound = statistics.group_sequential(design.looks, design.alpha, design.power, design.method).critical_z
        figures.append(Figure("critical_z", bound, _Z[design.method]))
    days = statistics.ab_duration_days(n1 + n2, design.daily_units, design.exposure) if design.daily_units else None
    if days:
        figures += [
            Figure("days", days.days_raw, "days until the units are there"),
            Figure("days_full_weeks", days.days_full_weeks, "days in whole weeks"),
        ]
    plan = plan_of(design, min(n1, n2), control, treatment, days.days_full_weeks if days else None)
    question = f"units to see {design.metric} {plain(design.baseline)} change by {plain(design.effect)}"
    formula, source = (
        (_PROPORTIONS, "Fleiss, Levin, Paik 2003, ch. 4")
        if design.sd is None
        else (_MEANS, "Kohavi, Tang, Xu 2020, ch. 17")
    )
    return Answer(question, tuple(figures), formula + paid, source, assumptions(design), plan, hints(design))


_Z = {"pocock": "bound of |z| at every look", "obrien_fleming": "bound of |z| at the final look, earlier c √(K/k)"}


def _units(d: Design, power: float, ratio: float) -> float:
    """Units of the control arm."""
    sides = 1 if d.one_sided else 2
    if d.sd is not None:
        return statistics.n_two_means(d.effect, d.sd, d.sd, d.alpha, power, sides, ratio).n1
    after = d.baseline + (-d.effect if d.lower_is_better else d.effect)
    kinds = ("pooled", "unpooled")
    return max(statistics.n_two_proportions(d.baseline, after, d.alpha, power, sides, ratio, k).n1 for k in kinds)


def _allocation(ratio: float) -> tuple[float, float]:
    """Shares of control and treatment as they are written down; the sizes follow what is written."""
    treatment = round(ratio / (1 + ratio), 4)
    if not 0.01 <= treatment <= 0.99:
        raise UsageError(f"--ratio {plain(ratio)} leaves an arm with less than 1 % of the units")
    return round(1 - treatment, 4), treatment


def _factor(d: Design) -> tuple[float, str]:
    """What variance reduction saves and looks cost, with the words of the formula."""
    factor, words = 1.0, ""
    if d.rho:
        factor, words = 1 - d.rho**2, " × (1-ρ²)"
    if d.method in GROUP_SEQUENTIAL:
        inflation = statistics.group_sequential(d.looks, d.alpha, d.power, d.method).inflation
        factor, words = factor * inflation, f"{words} × {inflation:.5f} ({d.looks} looks, {d.method})"
    return factor, words
