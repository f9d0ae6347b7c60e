"""One YAML stream, document by document: a broken document is told, and reading goes on at the next `---`."""

import re
from collections.abc import Callable
from typing import Final

from mlgov.documents.reading import LIMITS, UNREADABLE, Broken, Flaw, Limits
from mlgov.documents.yaml_events import Get, events, kinds

# A `---` in column 0 starts a document even within a block scalar, and is an error within quotes: a safe place to restart.
_BOUNDARY = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
SMALL: Final = 65_536  # bytes; the slow parser gets a second look only at files that it reads in a moment

One = Callable[[Get, int, int], None]  # (next event, index of the document, lines before the text)


def each_document(raw: bytes, one: One, limits: Limits = LIMITS, *, pure: bool = False) -> list[Flaw]:
    """Call `one` for every document of `raw`; the flaws are what it or the parser raised."""
    flaws: list[Flaw] = []
    start = index = 0
    while start >= 0:
        lines = raw.count(b"\n", 0, start)
        stretch = _Stretch(index)
        try:
            stretch.read(events(raw[start:] if start else raw, pure=pure), one, lines, limits)
            break
        except Exception as error:  # noqa: BLE001 - the one parse boundary: both libraries raise far more than YAMLError
            flaws.append(_flaw(error, stretch, lines, _end(raw, start)))
        index = stretch.index + 1
        start = _next_boundary(raw, start, stretch.line)
        if start >= 0 and (len(flaws) >= limits.broken or index >= limits.documents):
            flaws.append(Flaw(UNREADABLE, "too many documents; the rest of the file is not read", document=index))
            break
    return flaws


class _Stretch:
    """How far one parser came: index of the document it is in, and the 0-based line where that starts."""

    def __init__(self, index: int) -> None:
        self.index, self.line = index, 0

    def read(self, get: Get, one: One, lines: int, limits: Limits) -> None:
        stream_end = kinds().stream_end
        get()
        while (event := get()).__class__ is not stream_end:
            self.line = event.start_mark.line
            if self.index >= limits.documents:
                raise Broken(f"more than {limits.documents} documents; split the file", self.line, 0)
            one(get, self.index, lines)
            self.index += 1


def _flaw(error: Exception, stretch: _Stretch, lines: int, end: tuple[int, int]) -> Flaw:
    """Any exception as a flaw with its place; 0-based marks become 1-based, counted from the start of the file."""
    if isinstance(error, Broken):
        line, column, reason, code = error.line, error.column, error.reason, error.code
        if line < 0:
            line, column = stretch.line, 0
    else:
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        if context and (
            mark is None or (mark.line, mark.column) >= end
        ):  # never closed: where it opens says more than the end
            mark = context
        line, column = (mark.line, mark.column) if mark else (stretch.line, 0)
        reason, code = _reason(error), UNREADABLE
    return Flaw(code, reason, lines + line + 1, column + 1, None, stretch.index)


def _end(raw: bytes, start: int) -> tuple[int, int]:
    """0-based line and column behind the last visible character, counted from `start`."""
    text = raw[start:].rstrip()
    return text.count(b"\n"), len(text[text.rfind(b"\n") + 1 :].decode())


def _reason(error: Exception) -> str:
    said = [getattr(error, part, None) for part in ("context", "problem")]
    words = ", ".join(part for part in said if isinstance(part, str)) or str(error) or type(error).__name__
    return f"not YAML: {' '.join(words.split())[:200]}"


def _next_boundary(raw: bytes, start: int, line: int) -> int:
    """Where the first `---` stands after the line (0-based, counted from `start`) on which a document began; or -1."""
    at = start
    for _ in range(line):
        at = raw.find(b"\n", at) + 1 or len(raw)
    found = _BOUNDARY.search(raw, at + 1)
    return found.start() if found else -1
