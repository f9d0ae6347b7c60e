"""Waivers as a page shows them: what ends first comes first, with the days that are left."""

from datetime import date
from typing import NamedTuple

from mlgov.finding import Finding
from mlgov.renderers.wording import many
from mlgov.report import Report, Waiver

SOON = 30  # days


class Term(NamedTuple):
    """A waiver, how long it still holds, and the findings that it accepts. state: that of the waiver, or `ending`."""

    waiver: Waiver
    left: str
    state: str
    covers: tuple[Finding, ...]


def terms(report: Report) -> list[Term]:
    """All waivers, those first that end first."""
    today = report.background.today if report.background else ""
    stated = dict.fromkeys([*report.waivers, *(w.waiver for w in report.waived)])
    found = [_term(waiver, report, today) for waiver in stated]
    return sorted(found, key=lambda term: (term.waiver.expires, term.waiver.rule))


def _term(waiver: Waiver, report: Report, today: str) -> Term:
    covers = tuple(w.finding for w in report.waived if w.waiver == waiver)
    days = _days(today, waiver.expires)
    if days is None:
        return Term(waiver, "", waiver.state, covers)
    left = "today" if days == 0 else f"in {many(days, 'day')}" if days > 0 else f"{many(-days, 'day')} ago"
    ending = waiver.state == "active" and days <= SOON
    return Term(waiver, left, "ending" if ending else waiver.state, covers)


def _days(today: str, expires: str) -> int | None:
    try:
        return (date.fromisoformat(expires) - date.fromisoformat(today)).days
    except ValueError:
        return None
