"""Annotations of GitHub Actions: one workflow command per finding, errors first, and a word where some are left out.

GitHub shows ten annotations of each level per step and drops the others in silence; so the cut is made here, in sight.
"""

from collections.abc import Iterator

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import annotation, annotation_file, annotation_property
from mlgov.renderers.wording import SHOWN, allowed, counts, gaps, many, scope, told
from mlgov.report import Report

MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """The commands, then one notice about the run as a whole."""
    by_severity = [[f for f in report.findings if f.severity == s] for s in SHOWN]
    lines = [_command(f) for some in by_severity for f in some[:MOST]]
    return "".join(line + "\n" for line in [*lines, *_notices(report, len(lines))])


def _command(finding: Finding) -> str:
    properties = ",".join(_properties(finding))
    rest = [f"also here: {told(p)}" for p in finding.places[1:MOST]]
    text = "%0A".join(annotation(part) for part in (finding.message, *rest, f"help: {finding.remedy}"))
    return f"::{_COMMANDS[finding.severity]} {properties}::{text}"


def _properties(finding: Finding) -> Iterator[str]:
    place = finding.places[0]
    if place.file:
        yield f"file={annotation_file(place.file)}"
    yield from _lines(place)
    yield f"title={annotation_property(f'{finding.code} {finding.name}')}"


def _lines(place: Place) -> Iterator[str]:
    """Columns only within one line: GitHub ignores them otherwise."""
    if place.line:
        yield f"line={place.line}"
        if place.end_line in (0, place.line) and place.column:
            yield f"col={place.column}"
            yield f"endLine={place.line}"
            yield f"endColumn={max(place.end_column, place.column)}"
        elif place.end_line > place.line:
            yield f"endLine={place.end_line}"


def _notices(report: Report, shown: int) -> Iterator[str]:
    if missing := gaps(report.completeness):
        yield f"::error title=mlgov::incomplete: {annotation(missing)}; this run decides nothing (exit code 2)"
    if report.waived:
        accepted = "; ".join(f"{w.finding.code} {w.finding.places[0]} {allowed(w.waiver)}" for w in report.waived)
        yield f"::notice title=mlgov::{many(len(report.waived), 'finding')} waived: {annotation(accepted)}"
    if report.ratcheted:
        yield f"::notice title=mlgov::{many(len(report.ratcheted), 'finding')} known to the ratchet"
    if left := len(report.findings) - shown:
        whole = f"{counts(report)} in all; the text output shows the other {left}"
        yield f"::notice title=mlgov::showing {shown} of {len(report.findings)} findings: {annotation(whole)}"
    elif not report.findings:
        yield f"::notice title=mlgov::found nothing: {annotation(scope(report))}"
