"""SARIF 2.1.0 as GitHub code scanning takes it: one run, every result at a line, the other ends as related locations.

GitHub knows no accepted findings: it opens what `suppressions` names as an alert like any other. So they are left out
unless somebody asks for them.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mlgov import __version__
from mlgov.finding import Finding, Place, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others, span
from mlgov.renderers.escaping import capped, json_text, terminal, uri
from mlgov.renderers.json import capped_data
from mlgov.renderers.line_hash import line_hashes
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import BEFORE, allowed, gaps, many, told, worst
from mlgov.report import Law, Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/mlgov/mlgov"
# what GitHub takes: results of a run, bytes when compressed, locations of a result, characters of a description
RESULTS, BYTES, LOCATIONS, DESCRIPTION = 25_000, 10_000_000, 100, 1024
NAMED = 10  # other ends that a message links to
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
Suppressed = tuple[Finding, str]


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """One run; where GitHub would refuse it for its size, the worst findings stay and a notification says so."""
    lines, kept = Lines(source), RESULTS
    while True:
        text = _written(_log(report, lines, view, kept))
        if not kept or len(text) <= BYTES or (size := len(gzip.compress(text.encode(), 1))) <= BYTES:
            return text
        kept = min(kept, len(report.findings)) * BYTES * 9 // (size * 10)


def _written(log: dict[str, Any]) -> str:
    """JSON with one result a line: a tenth of the lines of indented JSON, and as good to compare."""
    run = log["runs"][0]
    results = ",\n".join(json.dumps(result) for result in run["results"])
    shell = json.dumps(log | {"runs": [run | {"results": "@"}]}, indent=1)
    head, _, tail = shell.rpartition('"@"')
    return json_text(f"{head}[{results}]{tail}\n")


def _log(report: Report, lines: Lines, view: View, most: int) -> dict[str, Any]:
    shown = worst(report.findings, most)
    accepted = list(_accepted(report))[: most - len(shown)] if view.suppressed else []
    codes = sorted({f.code for f in (*shown, *(f for f, _ in accepted))})
    results = _Results(codes, lines)
    run = {
        "tool": {"driver": _driver(report, codes)},
        "automationDetails": {"id": f"mlgov/{view.category}/" if view.category else "mlgov/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(report, len(shown))],
        "properties": capped_data({"completeness": report.completeness._asdict(), "policy": report.policy}),
        "results": [*map(results.of, shown), *(results.of(f) | _suppression(why) for f, why in accepted)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _accepted(report: Report) -> Iterator[Suppressed]:
    """Findings that somebody accepted, with the reason."""
    yield from ((w.finding, allowed(w.waiver)) for w in report.waived)
    yield from ((f, "known to the ratchet") for f in report.ratcheted)


def _suppression(why: str) -> dict[str, Any]:
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": terminal(why)}]}


def _invocation(report: Report, shown: int) -> dict[str, Any]:
    said = [("note", terminal(note)) for note in report.completeness.notes]
    if missing := gaps(report.completeness):
        said.append(("error", f"incomplete: {missing}; this run decides nothing"))
    if left := len(report.findings) - shown:
        said.append(("warning", f"{many(left, 'finding')} left out, the least severe: GitHub would refuse the report"))
    notifications = [{"level": level, "message": {"text": text}} for level, text in said]
    return {
        "executionSuccessful": report.completeness.completed,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _driver(report: Report, codes: Sequence[str]) -> dict[str, Any]:
    laws = {law.code: law for law in report.laws}
    levels: dict[str, Severity] = {}
    for finding in (*report.findings, *(f for f, _ in _accepted(report))):
        levels[finding.code] = max(levels.get(finding.code, Severity.INFO), finding.severity)
        laws.setdefault(finding.code, Law(finding.code, finding.name, "", finding.name, "", finding.remedy, "", ""))
    return {
        "name": "mlgov",
        "organization": "mlgov",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [_rule(laws[code], levels[code]) for code in codes],
    }


def _rule(law: Law, severity: Severity) -> dict[str, Any]:
    parts = [(heading, text) for heading, text in (("Why", law.why), ("Remedy", law.remedy)) if text]
    title = terminal(law.title)
    plain = "\n\n".join((title, *(f"{heading}: {_flat(text)}" for heading, text in parts)))
    marked = "\n\n".join((f"**{title}**", *(f"## {heading}\n\n{_clean(text)}" for heading, text in parts)))
    return {
        "id": law.code,
        "name": terminal(law.name)[:255],
        "shortDescription": {"text": capped(title, DESCRIPTION)},
        "fullDescription": {"text": capped(title if not law.why else f"{title} {_flat(law.why)}", DESCRIPTION)},
        "help": {"text": plain, "markdown": marked},
        **({"helpUri": law.page} if law.page else {}),
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": [tag for tag in ("ml-governance", law.family) if tag],
            "precision": "high",
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _flat(text: str) -> str:
    return terminal(" ".join(text.split()))


def _clean(text: str) -> str:
    """Markdown line by line, with nothing hidden in it."""
    return "\n".join(map(terminal, text.split("\n")))


class _Results:
    """Makes results of findings; the hashes of a file are computed once."""

    def __init__(self, codes: Iterable[str], lines: Lines) -> None:
        self._numbers = {code: number for number, code in enumerate(codes)}
        self._lines = lines
        self._hashes: dict[str, list[str]] = {}

    def of(self, finding: Finding) -> dict[str, Any]:
        pinned = anchor(finding, self._lines)
        ends = others(finding, pinned)[: LOCATIONS - 1]
        result = {
            "ruleId": finding.code,
            "ruleIndex": self._numbers[finding.code],
            "level": _LEVELS[finding.severity],
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
        return result | ({"relatedLocations": related} if related else {})

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
