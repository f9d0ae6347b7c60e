"""The hash by which GitHub recognises an alert when lines move: that of the 100 characters from its line on.

GitHub computes it where a report has none, and warns about every result whose hash is another one. So it is the same
here, to the bit, or absent. Blanks and tabs do not count; a file ends with a mark and then with zeros; equal hashes of
one file are numbered.
"""

import re
import sys
from array import array
from collections.abc import Sequence

WINDOW = 100  # characters
LONGEST = 1_000_000  # characters of a file; beyond that GitHub may do it alone
_FACTOR, _BITS = 37, (1 << 64) - 1
_END = "\uffff"
_UNSURE = re.compile("\ufeff|\ufffd|\r(?!\n)")  # byte order marks, broken bytes, lone returns


def line_hashes(text: str) -> list[str]:
    """The hash of every line, the first at 0; none for a file that is too long or that others may read otherwise."""
    if len(text) > LONGEST or _UNSURE.search(text):
        return []
    kept = re.sub("[ \t]", "", text.replace("\r\n", "\n")) + _END
    starts = [0, *(end.end() for end in re.finditer("\n", kept))]
    units = _units(kept)
    if len(units) != len(kept):  # characters beyond the basic plane count twice
        starts = _shifted(kept, starts)
    return _numbered([_hash(units[start : start + WINDOW]) for start in starts])


def _units(text: str) -> Sequence[int]:
    """The text in UTF-16 code units, as the language that GitHub wrote this in sees it."""
    return array("H", text.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass"))


def _shifted(text: str, starts: list[int]) -> list[int]:
    shifted, at, extra = [], 0, 0
    for start in starts:
        extra += sum(character > _END for character in text[at:start])
        shifted.append(start + extra)
        at = start
    return shifted


def _hash(window: Sequence[int]) -> str:
    value = 0
    for unit in window:
        value = value * _FACTOR + unit
    return f"{value * _FACTOR ** (WINDOW - len(window)) & _BITS:x}"


def _numbered(hashes: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    numbered = []
    for one in hashes:
        seen[one] = seen.get(one, 0) + 1
        numbered.append(f"{one}:{seen[one]}")
    return numbered
