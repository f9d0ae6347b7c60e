"""What is shown at a position: the rules behind its findings, and every other place of the claim that stands there."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from mlgov.finding import Finding, Place
from mlgov.server.diagnostics import range_of
from mlgov.server.markup import Markup
from mlgov.server.root import Root
from mlgov.server.view import View


def hover(view: View, root: Root, path: str, position: types.Position, markup: Markup) -> types.Hover | None:
    """The text for a position, or None."""
    text = view.text(path)
    at = text.at(position)
    found = list(findings_at(view, path, at, at))
    parts = [_finding(finding, view, root, markup) for finding in found]
    if not parts:
        return None
    kind = types.MarkupKind.Markdown if markup.rich else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, markup.blocks(*parts)))


def findings_at(view: View, path: str, start: int, end: int) -> Iterator[Finding]:
    """The findings with a place in a stretch of the shown text, given by offsets."""
    text = view.text(path)
    for finding in view.findings:
        for place in finding.places:
            if place.file == path and place.role != "before":
                span = range_of(place, view)
                if text.at(span.start) <= end and start <= text.at(span.end):
                    yield finding
                    break


def _finding(finding: Finding, view: View, root: Root, markup: Markup) -> str:
    """A finding, the law behind it, why it is one, and what to do."""
    law = view.laws.get(finding.code)
    name = f"{finding.code} {finding.name}"
    return markup.blocks(
        f"{markup.bold(name)} ({finding.severity.word})",
        markup.plain(finding.message),
        f"{markup.bold('Law:')} {markup.prose(law.title)}" if law else "",
        f"{markup.bold('Why:')} {markup.prose(law.why)}" if law and law.why else "",
        f"{markup.bold('Remedy:')} {markup.plain(finding.remedy)}" if finding.remedy else "",
        _ends(finding.places, view, root, markup),
        markup.link(f"mlgov explain {finding.code}", law.page) if law and law.page else "",
    )


def _ends(places: Iterable[Place], view: View, root: Root, markup: Markup) -> str:
    """All places of a finding, where there are several."""
    every = [place for place in places if place.file]
    if len(every) < 2:
        return ""
    return "\n".join(f"- {place_link(place, view, root, markup)}" for place in every)


def place_link(place: Place, view: View, root: Root, markup: Markup) -> str:
    """A place as people read it, leading there."""
    here = view.shown(place)
    words = f"{here.file}:{here.line}:{here.column}" if here.line else here.file
    address = root.uri_of(place.file) + (f"#L{here.line},{here.column}" if here.line else "")
    return markup.link(words, address)
