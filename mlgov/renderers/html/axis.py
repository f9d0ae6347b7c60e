"""Numbers on a line: from values to pixels, with round numbers for the ticks."""

import math
from collections.abc import Iterable
from typing import NamedTuple


class Axis(NamedTuple):
    """A line from `start` to `end` in pixels that shows values from `low` to `high`; is_log: in equal ratios."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """The pixel of a value, held inside of the line."""
        share = (self._scaled(value) - self._scaled(self.low)) / (self._scaled(self.high) - self._scaled(self.low))
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 2)

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self.is_log else value

    def ticks(self, most: int = 6) -> list[float]:
        """Round values along the line."""
        if self.is_log:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            return [10.0**power for power in range(first, last + 1)]
        step = _step((self.high - self.low) / most)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def around(values: Iterable[float], start: float, end: float) -> Axis:
    """An axis that shows all values with some room; from 0 where 0 is not far."""
    known = list(values)
    low, high = min(known), max(known)
    if 0 < low < 0.4 * high:
        low = 0.0
    room = (high - low or abs(high) or 1.0) * 0.08
    return Axis(low if low == 0 else low - room, high + room, start, end)


def _step(rough: float) -> float:
    """The round number next above: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= rough * (1 - 1e-9))


def told(value: float) -> str:
    """A number as people read it: 12,000; 0.0431."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
