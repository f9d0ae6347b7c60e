"""What a page shows of each finding, and by what it can be found again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from mlgov.background import STAGES, stage_of
from mlgov.finding import Finding, Severity
from mlgov.renderers.html.figures import drawn
from mlgov.renderers.html.frames import Frames
from mlgov.report import Report

NOBODY = "nobody"


class Item(NamedTuple):
    """A finding on the page. id: unique on it; owners: as CODEOWNERS says of the first place."""

    id: str
    finding: Finding
    stage: str
    owners: tuple[str, ...]
    frames: Markup
    figures: tuple[Markup, ...]

    @property
    def level(self) -> str:
        """`error`, `warning` or `info`."""
        return self.finding.severity.word


class Choice(NamedTuple):
    """One thing to filter by. number: of the findings that it leaves."""

    value: str
    label: str
    number: int


def items_of(report: Report, frames: Frames) -> list[Item]:
    """The findings in the order of the report."""
    stages = {law.code: stage_of(law.family) for law in report.laws}
    owners = dict(report.background.owners) if report.background else {}
    seen: Counter[str] = Counter()
    found = []
    for finding in report.findings:
        figures = tuple(filter(None, map(drawn, finding.figures)))
        owned = owners.get(finding.places[0].file, ())
        stage = stages.get(finding.code, "other")
        found.append(Item(_id(finding, seen), finding, stage, owned, frames.of(finding.places), figures))
    return found


def _id(finding: Finding, seen: "Counter[str]") -> str:
    name = "f-" + re.sub(r"[^0-9A-Za-z]", "", f"{finding.code}-{finding.fingerprint}"[:64])
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def choices(items: Sequence[Item], report: Report) -> dict[str, list[Choice]]:
    """By what the findings can be filtered; of no use, and left out, where all are alike."""
    found = {
        "stage": [Choice(s, s, n) for s, n in _in_order(Counter(i.stage for i in items))],
        "rule": [Choice(c, f"{c} {n}", k) for (c, n), k in sorted(Counter(_law(i) for i in items).items())],
        "owner": _owners(items),
        "project": [
            Choice(p, p or "no project", n) for p, n in sorted(Counter(i.finding.project for i in items).items())
        ],
    }
    return {name: some for name, some in found.items() if len(some) > 1}


def _law(item: Item) -> tuple[str, str]:
    return item.finding.code, item.finding.name


def _in_order(counts: "Counter[str]") -> Iterator[tuple[str, int]]:
    """Stages in the order of the lifecycle, then all others."""
    order = {stage: number for number, stage in enumerate(STAGES)}
    yield from sorted(counts.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))


def _owners(items: Sequence[Item]) -> list[Choice]:
    counts = Counter(owner for i in items for owner in i.owners or (NOBODY,))
    return [Choice(owner, owner, n) for owner, n in sorted(counts.items())] if any(i.owners for i in items) else []


def by_stage(items: Sequence[Item]) -> "Counter[tuple[str, str, Severity]]":
    """How many findings of each severity each stage of each project has."""
    return Counter((i.finding.project, i.stage, i.finding.severity) for i in items)
