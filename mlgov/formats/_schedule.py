"""How often a cron schedule fires, where the time between two runs is always the same."""

import re
from typing import Any

_WORDS = {"@hourly": "1h", "@daily": "1d", "@midnight": "1d", "@weekly": "7d"}
_NUMBER = re.compile(r"\d{1,2}").fullmatch
_STEP = re.compile(r"(?:\*|0(?:-\d{1,2})?)/(\d{1,2})").fullmatch


def interval_of(schedule: Any) -> str | None:
    """`1d` for `0 3 * * *`, `15m` for `*/15 * * * *`; None for schedules with gaps, and for monthly ones."""
    if not isinstance(schedule, str) or len(schedule) > 100:
        return None
    fields = schedule.split()
    if len(fields) == 1:
        return _WORDS.get(fields[0])
    if len(fields) != 5 or fields[2] != "*" or fields[3] != "*":
        return None
    minute, hour, _, _, day = fields
    if day not in ("*", "?"):
        return "7d" if _NUMBER(minute) and _NUMBER(hour) and re.fullmatch(r"[0-7]|[A-Za-z]{3}", day) else None
    if _NUMBER(minute):
        return "1d" if _NUMBER(hour) else "1h" if hour == "*" else _every(hour, 24, "h")
    return _every(minute, 60, "m") if hour == "*" else None


def _every(field: str, cycle: int, unit: str) -> str | None:
    """`*/6` of 24 hours; a step that does not divide the cycle is not regular."""
    if field == "*":
        return f"1{unit}"
    step = _STEP(field)
    number = int(step[1]) if step else 0
    return f"{number}{unit}" if number and cycle % number == 0 else None
