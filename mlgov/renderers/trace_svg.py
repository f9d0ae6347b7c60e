"""The trace as one SVG file: no script, no font, no link, nothing from elsewhere."""

from collections.abc import Iterator
from html import escape

from mlgov.lifecycle.gaps import Gap
from mlgov.lifecycle.trace import KINDS, Node, Trace
from mlgov.renderers.escaping import terminal
from mlgov.renderers.trace_text import HEADS

_WIDTH, _HEIGHT, _COLUMN, _ROW, _TOP = 150, 26, 190, 40, 60
_STYLE = (
    "text{font:12px sans-serif;fill:#1b1b1b}.h{font-weight:bold}rect{fill:#f2f5fa;stroke:#4a6fa5}"
    ".m rect{fill:#fff0f0;stroke:#b00020;stroke-dasharray:4}path{fill:none;stroke:#9aa7b8}.m path{stroke:#b00020}"
)


def svg(trace: Trace) -> str:
    """The drawing of one project: a column for each kind, missing links in red and dashed."""
    spots = dict(_spots(trace))
    missing = [(gap, _spot(KINDS.index(gap.missing), _row(spots, gap.missing) + n)) for n, gap in _numbered(trace)]
    high = max([y for _, y in [*spots.values(), *(spot for _, spot in missing)]], default=_TOP) + _ROW
    wide = len(KINDS) * _COLUMN + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">',
        f"<title>{_shown('trace of ' + (trace.project or 'this project'), 80)}</title>",
        f"<style>{_STYLE}</style>",
    ]
    parts += [_words(_spot(n, 0)[0], 25, HEADS.get(kind, kind), ' class="h"') for n, kind in enumerate(KINDS)]
    parts += [_line(spots[a], spots[b]) for a, b in trace.edges]
    parts += [_box(spots[node.key], node.label) for node in trace.nodes]
    for gap, spot in missing:
        line = _line(spots[gap.subject], spot) if gap.subject in spots else ""
        parts.append(f'<g class="m">{line}{_box(spot, f"missing {gap.code}", gap.words)}</g>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _numbered(trace: Trace) -> Iterator[tuple[int, Gap]]:
    seen: dict[str, int] = {}
    for gap in trace.gaps:
        yield seen.setdefault(gap.missing, 0), gap
        seen[gap.missing] += 1


def _spot(column: int, row: int) -> tuple[int, int]:
    return 10 + column * _COLUMN, _TOP - 15 + row * _ROW


def _spots(trace: Trace) -> Iterator[tuple[str, tuple[int, int]]]:
    for column, kind in enumerate(KINDS):
        some: list[Node] = [node for node in trace.nodes if node.kind == kind]
        yield from ((node.key, _spot(column, row)) for row, node in enumerate(some))


def _row(spots: dict[str, tuple[int, int]], kind: str) -> int:
    """The first free row of a column."""
    x = _spot(KINDS.index(kind), 0)[0]
    return sum(spot[0] == x for spot in spots.values())


def _box(spot: tuple[int, int], label: str, title: str = "") -> str:
    x, y = spot
    told = _shown(title or label, 300)
    box = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>'
    return f"<g><title>{told}</title>{box}{_words(x + 8, y + 17, label)}</g>"


def _words(x: int, y: int, text: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{_shown(text, 20)}</text>'


def _shown(text: str, most: int) -> str:
    harmless = terminal(text)
    return escape(harmless if len(harmless) <= most else harmless[: most - 1] + "…")


def _line(left: tuple[int, int], right: tuple[int, int]) -> str:
    (a, b), (c, d) = left, right
    start, end, middle = a + _WIDTH, c, _HEIGHT // 2
    if c <= a:  # a missing link may lie to the left
        start, end = a, c + _WIDTH
    bend = (start + end) // 2
    return f'<path d="M{start} {b + middle}C{bend} {b + middle} {bend} {d + middle} {end} {d + middle}"/>'
