"""The waiver of a finding, written by the same code as `mlgov waive`; what only a person can say is left open.

A waiver needs a reason. The entry says `...` in its place, with which it does not hold, and the finding stays until somebody
writes why it is acceptable.
"""

import os
from datetime import date, timedelta
from typing import NamedTuple

from mlgov.errors import EditError, SettingsError
from mlgov.finding import Finding
from mlgov.policy.owners import owners_of
from mlgov.policy.proposal import proposed
from mlgov.policy.waivers import FILE, Stated
from mlgov.policy.waiving import waived
from mlgov.server.view import View

OPEN = "..."  # stands where a person has to write
DAYS = 30


class Entry(NamedTuple):
    """A waivers file with one more entry. until: its last day; covers: how many findings it will accept."""

    text: str
    is_new: bool
    until: str
    covers: int


def entry(view: View, finding: Finding) -> Entry | None:
    """The file of waivers with an entry for a finding; None where no waiver could hold."""
    if view.analysis is None or not finding.places[0].file:
        return None
    raw = view.content(FILE) if FILE in view.snapshot.files() else None
    if raw is None and os.path.lexists(os.path.join(view.snapshot.root, *FILE.split("/"))):
        return None  # ignored, or a link
    days = min(DAYS, int(view.settings["waivers"]["max_days"]))
    until = (date.fromisoformat(view.request.today) + timedelta(days=days)).isoformat()
    owners = owners_of(view.snapshot.files(), view.snapshot.read)
    for subject in _subjects(finding):
        stated = Stated(finding.code, subject, "to be written", "", until)
        stated, waiver, _ = proposed(stated, view.analysis.report, view.settings, owners, view.request.still)
        if waiver.problem.startswith("lacks owner"):
            asked = stated._replace(owner="@somebody")
            _, waiver, _ = proposed(asked, view.analysis.report, view.settings, owners, view.request.still)
        if not waiver.problem:
            return _written(stated._replace(reason=OPEN, owner=stated.owner or OPEN), raw, waiver.covers)
    return None


def _subjects(finding: Finding) -> list[str]:
    """What a waiver may call the subject of a finding, the narrowest first."""
    record = [finding.subject, f"{finding.project}:{finding.subject}"] if finding.subject else []
    return [*record, finding.places[0].file]


def _written(stated: Stated, raw: bytes | None, covers: int) -> Entry | None:
    try:
        text = waived(raw, stated).decode().removeprefix("\ufeff")
    except (EditError, SettingsError, UnicodeDecodeError):
        return None
    return Entry(text, raw is None, stated.expires, covers)
