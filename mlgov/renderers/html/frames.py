"""Code frames as HTML: the lines of every place of a finding, each place marked, one frame for each file."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from mlgov.finding import Place
from mlgov.renderers.html.texts import harmless, joined
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import BEFORE, told

WHOLE, AROUND = 240, 90  # a longer line is cut to so many characters around each mark
CONTEXT = 1  # lines above and below a marked one


class Mark(NamedTuple):
    """A part of a line, 0-based and end exclusive; label: what stands there, "" for where to act."""

    start: int
    end: int
    label: str


class Frames:
    """Draws frames. blob: the address below which a forge shows the files, "" = none."""

    def __init__(self, lines: Lines, blob: str = "") -> None:
        self._lines, self._blob = lines, blob if blob.startswith("https://") else ""

    def of(self, places: Sequence[Place]) -> Markup:
        """All places of a finding; those in the base of a change without a frame, since their tree is not at hand."""
        now = [p for p in places if p.role != BEFORE]
        parts: list[str] = []
        for file in dict.fromkeys(p.file for p in now):
            here = [p for p in now if p.file == file]
            rows = "".join(self._rows(here, places[0]))
            parts.append(f'<div class="frame"><p class="at">{self.place(here[0])}</p>{rows}</div>')
        parts += [f'<p class="at">{harmless(told(p))}</p>' for p in places if p.role == BEFORE]
        return joined(parts)

    def place(self, place: Place) -> Markup:
        """A place in words, with a link where the forge of the repository is known."""
        words = harmless(told(place) if place.file else "the repository as a whole", 4096)
        if not self._blob or not place.file or place.role == BEFORE:
            return joined([words])
        path = quote(place.file, safe="/", errors="surrogatepass")
        line = f"#L{place.line}" if place.line else ""
        return joined([f'<a href="{harmless(self._blob, 4096)}/{path}{line}">{words}</a>'])

    def _rows(self, here: list[Place], main: Place) -> Iterator[str]:
        lines = self._lines.of(here[0].file)
        marked: dict[int, list[Mark]] = {}
        for place in here:
            if 0 < place.line <= len(lines):
                label = place.role or ("" if place == main else "also here")
                marked.setdefault(place.line, []).append(_mark(place, lines[place.line - 1], label))
        around = {n for line in marked for n in range(line - CONTEXT, line + CONTEXT + 1) if 0 < n <= len(lines)}
        shown = sorted(n for n in around if n in marked or lines[n - 1].strip())
        last = shown[0] if shown else 0
        for number in shown:
            if number > last + 1:
                yield '<div class="gap">⋮</div>'
            kind = "line" if number in marked else "line near"
            yield f'<div class="{kind}"><span class="no">{number}</span><code>'
            yield from _pieces(lines[number - 1], marked.get(number, []))
            yield "</code></div>"
            last = number


def _mark(place: Place, line: str, label: str) -> Mark:
    start = min(max(place.column - 1, 0), len(line))
    end = place.end_column - 1 if place.end_line in (0, place.line) else len(line.rstrip())
    return Mark(start, min(max(end, start + 1), len(line)), label)


def _pieces(line: str, marks: list[Mark]) -> Iterator[str]:
    """The line cut where a mark begins or ends; of a long line only what stands around the marks."""
    edges = {0, len(line), *(at for mark in marks for at in (mark.start, mark.end))}
    for start, end in pairwise(sorted(edges)):
        inside = [m for m in marks if m.start <= start and end <= m.end]
        text = harmless(_cut(line, start, end, bool(inside), bool(marks)).replace("\t", "    "), WHOLE * 4)
        if not inside:
            yield text
            continue
        kind = "main" if any(not m.label for m in inside) else "other"
        yield f'<mark class="{kind}">{text}</mark>'
        yield from (f'<span class="role">{harmless(m.label)}</span>' for m in inside if m.end == end and m.label)


def _cut(line: str, start: int, end: int, is_marked: bool, has_marks: bool) -> str:
    text = line[start:end]
    if len(line) <= WHOLE:
        return text
    if is_marked or not has_marks:
        return text if len(text) <= 2 * AROUND else text[: 2 * AROUND] + "…"
    if start == 0:
        return text if end <= AROUND else "…" + text[-AROUND:]
    if end == len(line):
        return text if len(text) <= AROUND else text[:AROUND] + "…"
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"
