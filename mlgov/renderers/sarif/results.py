"""Findings as results of SARIF: place, links to the other ends, identity and repair."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from mlgov.finding import Finding, Place, TextEdit
from mlgov.renderers.anchor import anchor, others, span
from mlgov.renderers.escaping import terminal, uri
from mlgov.renderers.line_hash import line_hashes
from mlgov.renderers.lines import Lines
from mlgov.renderers.sarif.driver import LEVELS
from mlgov.renderers.wording import BEFORE, told

LOCATIONS = 100  # of one result that GitHub keeps
NAMED = 10  # other ends that a message links to


class Results:
    """Makes results of findings; the hashes of a file are computed once."""

    def __init__(self, codes: Iterable[str], lines: Lines) -> None:
        self._numbers = {code: number for number, code in enumerate(codes)}
        self._lines = lines
        self._hashes: dict[str, list[str]] = {}

    def of(self, finding: Finding) -> dict[str, Any]:
        """The result of one finding."""
        pinned = anchor(finding, self._lines)
        ends = others(finding, pinned)[: LOCATIONS - 1]
        result = {
            "ruleId": finding.code,
            "ruleIndex": self._numbers[finding.code],
            "level": LEVELS[finding.severity],
            "message": {"text": _message(finding, ends)},
            "locations": [{"physicalLocation": self._location(pinned)}],
            "partialFingerprints": self._fingerprints(finding, pinned),
            "properties": {
                "subject": terminal(finding.subject),
                "project": terminal(finding.project),
                "remedy": terminal(finding.remedy),
            },
        }
        related = [self._related(number, place) for number, place in enumerate(ends, 1)]
        return result | ({"relatedLocations": related} if related else {}) | _fixes(finding)

    def _related(self, number: int, place: Place) -> dict[str, Any]:
        text = "before the change" if place.role == BEFORE else "also here"
        return {"id": number, "message": {"text": text}, "physicalLocation": self._location(place)}

    def _location(self, place: Place) -> dict[str, Any]:
        where = span(place, self._lines)
        region = {"startLine": where.line, "startColumn": where.column, "endLine": where.line, "endColumn": where.end}
        return {"artifactLocation": {"uri": uri(place.file), "uriBaseId": "%SRCROOT%"}, "region": region}

    def _fingerprints(self, finding: Finding, pinned: Place) -> dict[str, str]:
        hashes = self._hashes.get(pinned.file)
        if hashes is None:
            hashes = self._hashes[pinned.file] = line_hashes(self._lines.text(pinned.file))
        line = max(pinned.line, 1)
        own = {"primaryLocationLineHash": hashes[line - 1]} if line <= len(hashes) else {}
        return {"mlgov/v1": finding.fingerprint, **own}


def _fixes(finding: Finding) -> dict[str, Any]:
    """How a program may repair it; GitHub does not look at it, editors do."""
    if not finding.fix or not finding.fix.edits:
        return {}
    files = dict.fromkeys(edit.file for edit in finding.fix.edits)
    changes = [_change(file, [edit for edit in finding.fix.edits if edit.file == file]) for file in files]
    return {"fixes": [{"description": {"text": terminal(finding.fix.message)}, "artifactChanges": changes}]}


def _change(file: str, edits: Iterable[TextEdit]) -> dict[str, Any]:
    def replaced(e: TextEdit) -> dict[str, Any]:
        region = {"startLine": e.line, "startColumn": e.column, "endLine": e.end_line, "endColumn": e.end_column}
        return {"deletedRegion": region, "insertedContent": {"text": e.text}}

    where = {"uri": uri(file), "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": where, "replacements": [replaced(edit) for edit in edits]}


def _message(finding: Finding, ends: Sequence[Place]) -> str:
    """What is wrong, with links to the other ends: GitHub shows none that the message does not name."""
    text = _unlinked(finding.message)
    links = [f"[{_linked(told(place))}]({number})" for number, place in enumerate(ends[:NAMED], 1)]
    rest = f" and {len(ends) - NAMED} more places" if len(ends) > NAMED else ""
    return f"{text}\nAlso here: {', '.join(links)}{rest}" if links else text


def _unlinked(text: str) -> str:
    """Text of strangers in which no link can stand: `[text](target)` needs the two brackets side by side."""
    return re.sub(r"\](?=\()", "] ", terminal(text))


def _linked(text: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", terminal(text))
