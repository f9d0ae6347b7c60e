"""What is shown at a position: the rules behind its findings, and every other place of the claim that stands there."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from mlgov.documents.yaml_cursor import here
from mlgov.finding import Finding, Place
from mlgov.lifecycle.mentions import DEFINITION, REFERENCE, Mention, Thing
from mlgov.server.claims import Claimed, claims_at, ends, said_about
from mlgov.server.diagnostics import range_of
from mlgov.server.markup import Markup
from mlgov.server.root import Root
from mlgov.server.schema import described, is_manifest
from mlgov.server.view import View

_MOST = 20  # places of one thing that are listed
_CLAIM = "claim"
_ORDER = {DEFINITION: -1, REFERENCE: 1, _CLAIM: 2}  # of what one line says, the first is told


def hover(view: View, root: Root, path: str, position: types.Position, markup: Markup) -> types.Hover | None:
    """The text for a position, or None."""
    text = view.text(path)
    at = text.at(position)
    found = list(findings_at(view, path, at, at))
    parts = [_key(view, path, at, markup)]
    parts += [_finding(finding, view, root, markup) for finding in found]
    parts += [part for claimed in claims_at(view, path, at) if (part := _claim(claimed, view, root, markup))]
    if not any(parts):
        return None
    kind = types.MarkupKind.Markdown if markup.rich else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, markup.blocks(*parts)))


def _key(view: View, path: str, at: int, markup: Markup) -> str:
    """What the key of a manifest at an offset means."""
    if not is_manifest(view, path):
        return ""
    text = view.text(path)
    stands = here(text.text, *text.place(at))
    names = [n for n, step in enumerate(stands.steps) if isinstance(step, str)] if stands else []
    steps = stands.steps[: names[-1] + 1] if stands and names else ()
    words = described(steps) if steps else ""
    return f"{markup.code(str(steps[-1]))}: {markup.plain(words)}" if words else ""


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


def _claim(claimed: Claimed, view: View, root: Root, markup: Markup) -> str:
    """What a claim is about, and every place that speaks about the same."""
    book, about = claimed.project.book, claimed.thing
    said = [
        Mention(Thing("", ""), _CLAIM, claim.text, claim.origin) for claim in book.stated(claimed.path) if claim.text
    ]
    others = said_about(view, claimed) if about else ()
    told: dict[tuple[str, int], tuple[Mention, Place]] = {}
    for mention, place in sorted(ends(view, (*others, *said)), key=lambda pair: _ORDER.get(pair[0].kind, 0)):
        told.setdefault((place.file, place.line), (mention, place))
    if len(told) < 2:
        return ""
    rows = [_row(m, p, view, root, markup) for m, p in sorted(told.values(), key=lambda pair: pair[1][:3])]
    name = f"{about.section}[{about.id}]" if about else book.subject(claimed.path)
    more = [f"- … and {len(rows) - _MOST} more"] if len(rows) > _MOST else []
    return markup.blocks(markup.bold(name), "\n".join([*rows[:_MOST], *more]))


def _row(mention: Mention, place: Place, view: View, root: Root, markup: Markup) -> str:
    words = f" {markup.code(mention.words)}" if mention.words else ""
    return f"- {mention.kind}{words} {place_link(place, view, root, markup)}"


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
