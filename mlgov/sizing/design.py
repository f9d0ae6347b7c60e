"""The experiment that the calculator is asked about: its numbers, and what no plan can have."""

from typing import NamedTuple

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import amount, named, number, per_day, plain, rate, whole

GROUP_SEQUENTIAL = ("pocock", "obrien_fleming")


class Design(NamedTuple):
    """An experiment as it is asked about. sd: None for rates. ratio: treatment over control. rho: of CUPED."""

    baseline: float
    mde: float
    relative: bool = False
    sd: float | None = None
    alpha: float = 0.05
    power: float = 0.8
    one_sided: bool = False
    lower_is_better: bool = False
    ratio: float = 1.0
    looks: int = 1
    method: str = "none"
    guardrails: int = 0
    daily_units: float | None = None
    exposure: float = 1.0
    rho: float = 0.0
    metric: str = "conversion"

    @property
    def effect(self) -> float:
        """The smallest effect, absolute."""
        return self.mde * abs(self.baseline) if self.relative else self.mde


def refuse(d: Design) -> None:
    """`UsageError` for numbers that no plan can have."""
    named(d.metric)
    number("--baseline", d.baseline, "it is the level without the change")
    alpha, power = rate("--alpha", d.alpha), rate("--power", d.power)
    if power <= alpha:
        raise UsageError(
            f"--power {plain(power)} must exceed --alpha {plain(alpha)}: a test has that power without any data"
        )
    amount("--mde", d.mde, "write the size of the effect, whatever its direction")
    amount("--ratio", d.ratio, "it is units of treatment over units of control")
    looks = whole("--looks", d.looks, 1, "results are looked at once at least")
    whole("--guardrails", d.guardrails, 0, "it is the number of guardrail metrics")
    if looks > 1 and d.method == "none":
        real = statistics.naive_type1(min(looks, 100), alpha)
        words = f"--looks {looks} at a fixed alpha of {plain(alpha)} errs in {real:.1%} of all cases"
        raise UsageError(f"{words}; add --method pocock, obrien_fleming or always_valid")
    if d.method in GROUP_SEQUENTIAL and (d.one_sided or looks > 100):
        what = "--one-sided" if d.one_sided else f"--looks {looks}"
        raise UsageError(f"--method {d.method} is computed two-sided and for at most 100 looks, not with {what}")
    if d.daily_units is not None:
        per_day(d.daily_units)
    if not 0 < d.exposure <= 1:
        raise UsageError(
            f"--exposure must be above 0 and at most 1, not {plain(d.exposure)}: it is a share of the units"
        )
    if not abs(d.rho) < 1:
        raise UsageError(f"--rho must lie strictly between -1 and 1, not {plain(d.rho)}: it is a correlation")
    _refuse_levels(d)


def _refuse_levels(d: Design) -> None:
    if d.sd is not None:
        spread = amount("--sd", d.sd, "a mean without spread needs no experiment")
        if d.relative and not d.baseline:
            raise UsageError("--relative needs a --baseline other than 0: a share of nothing is nothing")
        if not 1e-6 < d.effect / spread < 1e6:
            raise UsageError(f"--mde {plain(d.mde)} is no effect that can be planned for beside --sd {plain(spread)}")
        return
    base = rate("--baseline", d.baseline, "it is a rate; for a mean give its spread with --sd")
    after = base + (-1 if d.lower_is_better else 1) * d.effect
    if not 0 < after < 1:
        raise UsageError(f"--mde {plain(d.mde)} leads from {plain(base)} to {plain(after)}, which is no rate")
    if d.effect < 1e-6:
        raise UsageError(f"--mde {plain(d.mde)} is too small: such an effect needs more units than there are people")
