"""How long a canary must run to see what its rollback trigger is for, and what a given time shows."""

import math
from typing import Any, NamedTuple

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer, Figure, amount, named, per_day, plain, rate

_FORMULA = "n = [z_a √(p0q0) + z_b √(p1q1)]² / (p1-p0)² requests; hours = n / (traffic × daily requests / 24)"


class Canary(NamedTuple):
    """A canary as it is asked about. before: the rate now; trigger: the rate that must be seen; hours: as planned."""

    traffic: float
    daily_units: float
    before: float
    trigger: float
    hours: float | None = None
    alpha: float = 0.05
    power: float = 0.8
    metric: str = "error_rate"


def canary(asked: Canary) -> Answer:
    """Requests and hours that are needed; with `hours`, also what so many requests show."""
    _refuse(asked)
    first, second = _mirrored(asked)
    needed = statistics.n_one_proportion(first, second, asked.alpha, asked.power, 1).total
    hours = _hours(asked, needed)
    figures = [
        Figure("requests_needed", needed, "requests of the canary"),
        Figure("hours_needed", hours, "hours at that traffic"),
    ]
    if asked.hours is not None:
        figures += _planned(asked, first, second)
    question = (
        f"requests to see {asked.metric} go from {plain(asked.before)} to {plain(asked.trigger)}, "
        f"{plain(asked.traffic)} of {plain(asked.daily_units)} requests a day"
    )
    assumptions = (
        "requests are independent, and the rate before is known exactly",
        f"one-sided test at alpha {plain(asked.alpha)}, power {plain(asked.power)}",
        "traffic is even over the day; a canary at night sees less",
    )
    return Answer(question, tuple(figures), _FORMULA, "Kohavi, Tang, Xu 2020, ch. 15", assumptions, _plan(asked, hours))


def _refuse(asked: Canary) -> None:
    rate("--traffic", asked.traffic, "it is the canary's share of the requests")
    rate("--rate", asked.before, "a rate of nothing, or of everything, has no noise to compare with")
    rate("--trigger", asked.trigger, "it is the rate at which you roll back")
    rate("--alpha", asked.alpha)
    named(asked.metric)
    per_day(asked.daily_units)
    if rate("--power", asked.power) <= asked.alpha:
        raise UsageError(f"--power {plain(asked.power)} must exceed --alpha {plain(asked.alpha)}")
    if abs(asked.before - asked.trigger) < 1e-9:
        raise UsageError(f"--trigger equals --rate ({plain(asked.before)}): no sample shows a difference of nothing")
    if asked.hours is not None:
        amount("--hours", asked.hours, "it is how long the canary runs")


def _mirrored(asked: Canary) -> tuple[float, float]:
    """Both rates as if lower were better."""
    rising = asked.trigger > asked.before
    return (asked.before, asked.trigger) if rising else (1 - asked.before, 1 - asked.trigger)


def _hours(asked: Canary, needed: int) -> int:
    hours = max(1, math.ceil(needed / (asked.traffic * asked.daily_units / 24)))
    return hours if _requests(asked, hours) >= needed else hours + 1


def _requests(asked: Canary, hours: float) -> int:
    return int(asked.traffic * (hours / 24) * asked.daily_units)


def _planned(asked: Canary, first: float, second: float) -> list[Figure]:
    """What the planned hours show."""
    hours = asked.hours or 0.0
    seen = _requests(asked, hours)
    found = [Figure("requests_planned", seen, f"requests in {plain(hours)} hours")]
    if seen:
        chance = statistics.power_one_proportion(first, second, seen, asked.alpha, 1).power
        found.append(Figure("power_planned", chance, "power of these hours for the trigger"))
    try:
        least = statistics.mde_one_proportion(first, max(1, seen), asked.alpha, asked.power, 1).mde_abs
    except ValueError:  # so few that nothing at all is shown
        return found
    return [*found, Figure("detectable_effect", least, "smallest change that these hours show")]


def _plan(asked: Canary, hours: int) -> dict[str, Any]:
    side = "max" if asked.trigger > asked.before else "min"
    direction = "minimize" if side == "max" else "maximize"
    before = {"metric": asked.metric, "value": asked.before, "split": "online"}
    gate = {"metric": asked.metric, side: asked.trigger}
    stages = [
        {"id": "canary", "kind": "canary", "traffic": asked.traffic, "duration": f"{hours}h", "gates": [gate]},
        {"id": "full", "kind": "full", "traffic": 1},
    ]
    return {
        "problem": {"scale": {"daily_units": asked.daily_units}},
        "metrics": [{"id": asked.metric, "scope": "online", "direction": direction, "unit": "fraction"}],
        "baselines": [{"id": "present", "kind": "current_system", "results": [before]}],
        "rollout": {"stages": stages, "rollback": {"triggers": [gate]}},
    }
