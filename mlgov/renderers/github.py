"""Annotations of GitHub Actions: one workflow command per finding, errors first, and a word where some are left out.

GitHub shows ten annotations of each level per step and drops the others in silence; so the cut is made here, in sight,
and what is said about the run as a whole comes first and counts as well.
"""

from collections.abc import Iterator

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others
from mlgov.renderers.escaping import annotation, annotation_file, annotation_property
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import SHOWN, allowed, counts, gaps, many, scope, told
from mlgov.report import Report

MOST = 10  # of each level
MOST_ENDS = 9
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """The commands about the run, then one for each finding that is shown."""
    spoken = _about(report)
    room = {s: MOST - sum(line.startswith(f"::{_COMMANDS[s]} ") for line in spoken) for s in SHOWN}
    if any(report.count(s) > room[s] for s in SHOWN):
        room[Severity.INFO] -= 1  # for saying so
    shown = [f for s in SHOWN for f in [f for f in report.findings if f.severity == s][: room[s]]]
    if len(shown) < len(report.findings):
        spoken.append(_cut(report, len(shown)))
    lines = Lines(source)
    return "".join(line + "\n" for line in [*spoken, *(_command(f, lines) for f in shown)])


def _about(report: Report) -> list[str]:
    """What is missing from the run, what was accepted, and that nothing was found."""
    told = []
    if missing := gaps(report.completeness):
        told.append(f"::error title=mlgov::incomplete: {annotation(missing)}; this run decides nothing (exit code 2)")
    if report.waived:
        accepted = "; ".join(f"{w.finding.code} {w.finding.places[0]} {allowed(w.waiver)}" for w in report.waived)
        told.append(f"::notice title=mlgov::{many(len(report.waived), 'finding')} waived: {annotation(accepted)}")
    if report.ratcheted:
        told.append(f"::notice title=mlgov::{many(len(report.ratcheted), 'finding')} known to the ratchet")
    if not report.findings:
        told.append(f"::notice title=mlgov::found nothing: {annotation(scope(report))}")
    return told


def _cut(report: Report, shown: int) -> str:
    left = len(report.findings) - shown
    whole = f"{counts(report)} in all; the text output shows the other {left}"
    return f"::notice title=mlgov::showing {shown} of {len(report.findings)} findings: {annotation(whole)}"


def _command(finding: Finding, lines: Lines) -> str:
    pinned = anchor(finding, lines)
    properties = ",".join(_properties(finding, pinned))
    rest = [f"also here: {told(p)}" for p in others(finding, pinned)[:MOST_ENDS]]
    text = "%0A".join(annotation(part) for part in (finding.message, *rest, f"help: {finding.remedy}"))
    return f"::{_COMMANDS[finding.severity]} {properties}::{text}"


def _properties(finding: Finding, pinned: Place) -> Iterator[str]:
    yield f"file={annotation_file(pinned.file)}"
    yield from _lines(pinned)
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
