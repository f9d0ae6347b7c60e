"""Limits in base units, and when one is laxer than another: alerts, gates, triggers, SLOs and bounds in one shape.

Lifecycle model, section 3: an alert, gate or trigger is laxer than a bound if some value breaks the bound without
crossing it.
"""

from typing import TYPE_CHECKING, NamedTuple

from mlgov.units import in_base

if TYPE_CHECKING:
    from mlgov.lifecycle.monitoring import Alert
    from mlgov.lifecycle.record import Bound

_SLACK = 1e-9


class Limit(NamedTuple):
    """The values that are still allowed, in base units; None = open on that side."""

    low: float | None = None
    high: float | None = None

    def allows(self, value: float) -> bool:
        """True if `value` lies inside, but for rounding of floats; NaN never does."""
        slack = _SLACK * max(1.0, abs(value))
        low, high = self.low, self.high
        return (low is None or value >= low - slack) and (high is None or value <= high + slack) and value == value

    def laxer_than(self, other: "Limit") -> bool | None:
        """True if some value breaks `other` and not this one; None where the two bound different sides."""
        answers = [
            _above(mine, theirs)
            for mine, theirs in ((self.high, other.high), (_negated(self.low), _negated(other.low)))
        ]
        known = [a for a in answers if a is not None]
        return any(known) if known else None


def _negated(value: float | None) -> float | None:
    return None if value is None else -value


def _above(mine: float | None, theirs: float | None) -> bool | None:
    if mine is None or theirs is None:
        return None
    return mine > theirs + _SLACK * max(1.0, abs(theirs))


def limit_of(bound: "Bound", unit: str | None = None) -> Limit:
    """A bound in base units; `unit` is that of its metric, for bare numbers."""
    low = None if bound.min is None else in_base(bound.min, unit)
    high = None if bound.max is None else in_base(bound.max, unit)
    return Limit(low, high)


def fires_outside(alert: "Alert", unit: str | None = None) -> Limit | None:
    """The values at which an alert stays silent; None where operator or threshold are not stated.

    unit: of its metric; the alert's own unit wins.
    """
    if alert.threshold is None or alert.op is None:
        return None
    at = in_base(alert.threshold, alert.unit or unit)
    return Limit(high=at) if alert.op in ("gt", "gte") else Limit(low=at)
