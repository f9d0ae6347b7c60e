"""The projects of a report as a page shows them: a tile for each stage, and the graph with what its nodes say."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from mlgov.background import KINDS, Cover, Node, Portrait
from mlgov.renderers.html.items import Item, by_stage
from mlgov.renderers.html.texts import joined
from mlgov.renderers.trace_svg import drawing
from mlgov.renderers.trace_text import HEADS
from mlgov.renderers.wording import SHOWN


class Tile(NamedTuple):
    """One stage of a project. counts: findings by severity; parts: of its rules: (kind, number, start, width)."""

    cover: Cover
    number: int
    state: str
    counts: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int, float, float], ...]


class Drawn(NamedTuple):
    """The graph of a project. threads: for each node the numbers of its threads; rows: the same as a table."""

    portrait: Portrait
    wide: int
    high: int
    content: Markup
    threads: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Node, ...], ...], ...]
    due: int


MOST = 3  # projects that are shown with a tile for each stage; of more there is a table
SEVEN = 7  # stages of the framework; what follows runs beside them


def tiles(portrait: Portrait, items: Sequence[Item]) -> list[Tile]:
    """A tile for each stage, in order."""
    counts = by_stage(items)
    found = []
    for number, cover in enumerate(portrait.covers, 1):
        here = tuple((s.word, n) for s in SHOWN if (n := counts[portrait.project, cover.stage, s]))
        found.append(Tile(cover, number, _state(cover, here), here, _parts(cover)))
    return found


def beside(portraits: Sequence[Portrait], items: Sequence[Item]) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """What was found outside of the stages of projects, such as of a change or a file that is broken, by severity."""
    stages = {(p.project, cover.stage) for p in portraits for cover in p.covers}
    others = [item for item in items if (item.finding.project, item.stage) not in stages]
    found = []
    for name in sorted({item.stage for item in others}):
        levels = Counter(item.finding.severity for item in others if item.stage == name)
        found.append((name, tuple((s.word, levels[s]) for s in SHOWN if levels[s])))
    return found


def _state(cover: Cover, counts: tuple[tuple[str, int], ...]) -> str:
    if counts:
        return counts[0][0]
    if not cover.passed:
        return "unknown"
    return "clear" if cover.stated else "empty"


def _parts(cover: Cover) -> tuple[tuple[str, int, float, float], ...]:
    """The rules of a stage as a bar of 100."""
    numbers = {"passed": cover.passed, "spoke": cover.spoke, "abstained": cover.abstained, "silent": cover.silent}
    whole, start, found = sum(numbers.values()) or 1, 0.0, []
    for kind, number in numbers.items():
        if number:
            wide = 100 * number / whole
            found.append((kind, number, round(start, 2), round(max(wide - 0.8, 0.4), 2)))
            start += wide
    return tuple(found)


def graph(portrait: Portrait) -> Drawn | None:
    """The graph of a project; None where nothing can be traced."""
    if not portrait.nodes:
        return None
    wide, high, parts = drawing(portrait, {number for number, gap in enumerate(portrait.gaps) if not gap.due})
    by_key = {node.key: node for node in portrait.nodes}
    threads = tuple(
        " ".join(str(n) for n, thread in enumerate(portrait.threads) if node.key in thread) for node in portrait.nodes
    )
    rows = tuple(
        tuple(tuple(by_key[k] for k in thread if k in by_key and by_key[k].kind == kind) for kind in KINDS)
        for thread in portrait.threads
    )
    heads = tuple(HEADS.get(kind, kind) for kind in KINDS)
    due = sum(gap.due for gap in portrait.gaps)
    return Drawn(portrait, wide, high, joined(parts), threads, heads, rows, due)
