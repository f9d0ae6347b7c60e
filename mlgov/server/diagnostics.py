"""Findings as an editor shows them: a range, a code that leads to the rule's page, and links to the other ends."""

from collections.abc import Iterable
from typing import Any, Final

from lsprotocol import types

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers.escaping import capped
from mlgov.renderers.escaping import shown as visible
from mlgov.server.root import Root
from mlgov.server.view import View

SOURCE: Final = "mlgov"
_LEVELS: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_LINE = 80  # characters of the line that stands at another end


def diagnostics(view: View, root: Root) -> dict[str, list[types.Diagnostic]]:
    """The findings of a view, by the path of the file in which to act."""
    unused = (
        {(w.place.file, w.place.line) for w in view.analysis.report.waivers if w.state == "unused"}
        if view.analysis
        else set()
    )
    found: dict[str, list[types.Diagnostic]] = {}
    for finding in view.findings:
        place = finding.places[0] if finding.places[0].file else Place(_anchor(view))
        tags = [types.DiagnosticTag.Unnecessary] if (place.file, place.line) in unused else None
        found.setdefault(place.file, []).append(_diagnostic(finding, place, view, root, tags))
    return {file: some for file, some in found.items() if file}


def _diagnostic(
    finding: Finding, place: Place, view: View, root: Root, tags: list[types.DiagnosticTag] | None
) -> types.Diagnostic:
    law = view.laws.get(finding.code)
    return types.Diagnostic(
        range=range_of(place, view),
        message=visible(capped(finding.message)),
        severity=_LEVELS[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(law.page) if law and law.page else None,
        source=SOURCE,
        tags=tags,
        related_information=list(_others(finding.places[1:], view, root)) or None,
        data=data_of(finding),
    )


def data_of(finding: Finding) -> dict[str, Any]:
    """What tells one finding from the others of a view, for actions that are asked for later."""
    words = {"fingerprint": finding.fingerprint, "subject": finding.subject, "project": finding.project}
    return {key: visible(capped(word)) for key, word in words.items()}


def range_of(place: Place, view: View) -> types.Range:
    """The range of a place in the text that is shown."""
    return view.text(place.file).range_of(view.shown(place))


def location_of(place: Place, view: View, root: Root) -> types.Location:
    """The address and range of a place."""
    return types.Location(root.uri_of(place.file), range_of(place, view))


def _others(places: Iterable[Place], view: View, root: Root) -> Iterable[types.DiagnosticRelatedInformation]:
    for place in places:
        if place.file:
            line = line_of(place, view)
            words = f"also here: {visible(line)}" if line else "also here"
            yield types.DiagnosticRelatedInformation(location_of(place, view, root), words)


def line_of(place: Place, view: View) -> str:
    """What stands on the line of a place, cut around it."""
    if not place.line:
        return ""
    text, here = view.text(place.file), view.shown(place)
    start, end = text.offset(here.line, 1), text.offset(here.line, len(text.text) + 1)
    if end - start <= _LINE:
        return text.text[start:end].strip()
    middle = text.offset(here.line, here.column)
    begin = max(start, min(middle - _LINE // 4, end - _LINE))
    cut = text.text[begin : begin + _LINE].strip()
    return ("…" if begin > start else "") + cut + ("…" if begin + _LINE < end else "")


def _anchor(view: View) -> str:
    """Where to show what has no place of its own: the first artifact."""
    entries = view.analysis.head.inventory.entries if view.analysis else ()
    return next((e.path for e in entries if e.state == "claimed"), "")
