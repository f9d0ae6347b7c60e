"""The trace as SVG: no script, no font, no link, nothing from elsewhere; a page draws the same and adds its own style."""

from collections.abc import Container, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Protocol

from mlgov.background import KINDS
from mlgov.renderers.escaping import terminal
from mlgov.renderers.trace_text import HEADS

if TYPE_CHECKING:
    from mlgov.lifecycle.trace import Trace

_WIDTH, _HEIGHT, _COLUMN, _ROW, _TOP = 140, 28, 164, 38, 64
_STYLE = (
    "svg{color-scheme:light dark}text{font:12px system-ui,sans-serif;fill:light-dark(#1c1f23,#e6e8ea)}"
    ".head{font-weight:600}.node rect{fill:light-dark(#f3f5f8,#232931);stroke:light-dark(#8fa3bf,#55657c)}"
    ".missing rect{fill:light-dark(#fdf1f0,#3a2220);stroke:light-dark(#b3261e,#ff8a80);stroke-dasharray:4 3}"
    "path{fill:none;stroke:light-dark(#c3ccd8,#465160)}.missing path{stroke:light-dark(#b3261e,#ff8a80)}"
)

Spot = tuple[int, int]


class Drawable(Protocol):
    """What a node of a graph must tell."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...


class Lacking(Protocol):
    """What a missing link must tell."""

    @property
    def code(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def missing(self) -> str: ...
    @property
    def words(self) -> str: ...


class Graph(Protocol):
    """A graph of one project, as a trace or a report has it."""

    @property
    def project(self) -> str: ...
    @property
    def nodes(self) -> Sequence[Drawable]: ...
    @property
    def edges(self) -> Sequence[tuple[str, str]]: ...
    @property
    def gaps(self) -> Sequence[Lacking]: ...


def svg(trace: "Trace") -> str:
    """The drawing of one project: a column for each kind, missing links in red and dashed."""
    wide, high, parts = drawing(trace)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">'
    title = f"<title>{_shown('trace of ' + (trace.project or 'this project'), 80)}</title>"
    return "\n".join([head, title, f"<style>{_STYLE}</style>", *parts, "</svg>"]) + "\n"


def drawing(graph: Graph, later: Container[int] = ()) -> tuple[int, int, list[str]]:
    """Width, height and content: nodes carry `data-n`, their number; lines `data-a` and `data-b`, the numbers of both.

    later: numbers of the missing links that are not due yet.
    """
    spots = _spots(graph)
    numbers = {node.key: number for number, node in enumerate(graph.nodes)}
    missing = list(_missing_spots(graph, spots))
    high = max([y for _, y in [*spots.values(), *(spot for _, spot in missing)]], default=_TOP) + _ROW
    parts = [_words(_spot(n, 0)[0], 28, HEADS.get(kind, kind), "head") for n, kind in enumerate(KINDS)]
    parts += [_line(spots[a], spots[b], f' data-a="{numbers[a]}" data-b="{numbers[b]}"') for a, b in graph.edges]
    heads = [_missing(gap, numbers, number in later) for number, (gap, _) in enumerate(missing)]
    for head, (gap, spot) in zip(heads, missing, strict=True):  # lines first, so that they lie below the boxes
        parts += [f"{head}{_line(spots[gap.subject], spot)}</g>"] if gap.subject in spots else []
    parts += [f"{h}{_box(at, f'missing {g.code}', g.words)}</g>" for h, (g, at) in zip(heads, missing, strict=True)]
    parts += [
        f'<g class="node {n.kind}" data-n="{numbers[n.key]}">{_box(spots[n.key], n.label)}</g>' for n in graph.nodes
    ]
    return len(KINDS) * _COLUMN + 10, high, parts


def _missing(gap: Lacking, numbers: dict[str, int], is_later: bool) -> str:
    owner = f' data-a="{numbers[gap.subject]}"' if gap.subject in numbers else ""
    return f'<g class="missing{" later" if is_later else ""}"{owner}>'


def _missing_spots(graph: Graph, spots: dict[str, Spot]) -> Iterator[tuple[Lacking, Spot]]:
    """Missing links stand below what is there of their kind."""
    used = [sum(x == _spot(n, 0)[0] for x, _ in spots.values()) for n in range(len(KINDS))]
    for gap in graph.gaps:
        column = KINDS.index(gap.missing)
        yield gap, _spot(column, used[column])
        used[column] += 1


def _spot(column: int, row: int) -> Spot:
    return 10 + column * _COLUMN, _TOP - 15 + row * _ROW


def _spots(graph: Graph) -> dict[str, Spot]:
    """A column for each kind; beside the metrics, nodes stand in the order of what they hang on: few lines cross."""
    found = dict(_column(graph, "metric", {}))
    for kind in ("requirement", *KINDS[KINDS.index("metric") + 1 :]):
        found |= dict(_column(graph, kind, _heights(graph, found)))
    return found


def _column(graph: Graph, kind: str, wanted: dict[str, float]) -> Iterator[tuple[str, Spot]]:
    keys = sorted((n.key for n in graph.nodes if n.kind == kind), key=lambda key: wanted.get(key, 0.0))
    yield from ((key, _spot(KINDS.index(kind), row)) for row, key in enumerate(keys))


def _heights(graph: Graph, found: dict[str, Spot]) -> dict[str, float]:
    """For each node that has no place yet the mean height of those that it hangs on."""
    near: dict[str, list[int]] = {}
    for left, right in graph.edges:
        for there, here in ((left, right), (right, left)):
            if there in found and here not in found:
                near.setdefault(here, []).append(found[there][1])
    return {key: sum(rows) / len(rows) for key, rows in near.items()}


def _box(spot: Spot, label: str, title: str = "") -> str:
    x, y = spot
    told = _shown(title or label, 300)
    box = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
    return f"<title>{told}</title>{box}{_words(x + 10, y + 18, label)}"


def _words(x: int, y: int, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{named}>{_shown(text, 24 if kind else 18)}</text>'


def _shown(text: str, most: int) -> str:
    """A text cut to its room; letters of Chinese, Japanese and Korean take that of two."""
    harmless, room = terminal(text), most
    for at, letter in enumerate(harmless):
        room -= 2 if ord(letter) >= 0x1100 else 1
        if room < 0:
            return escape(harmless[: max(at - 1, 1)] + "…")
    return escape(harmless)


def _line(left: Spot, right: Spot, data: str = "") -> str:
    (a, b), (c, d) = left, right
    start, end, middle = a + _WIDTH, c, _HEIGHT // 2
    if c <= a:  # a missing link may lie to the left
        start, end = a, c + _WIDTH
    bend = (start + end) // 2
    return f'<path{data} d="M{start} {b + middle}C{bend} {b + middle} {bend} {d + middle} {end} {d + middle}"/>'
