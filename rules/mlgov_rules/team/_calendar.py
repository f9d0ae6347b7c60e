"""Days of plans."""

from datetime import date, timedelta

DAY = 86400.0


def day(text: str) -> date:
    """The day of a date or timestamp."""
    return date.fromisoformat(text[:10])


def days_between(first: str, last: str) -> int:
    """From one day to another; negative where the second lies before the first."""
    return (day(last) - day(first)).days


def later(text: str, seconds: float) -> str:
    """The day that lies this much after another, as a date."""
    return (day(text) + timedelta(seconds=seconds)).isoformat()
