"""The header of a CSV file: column names only; the rows are data and are not read here."""

from mlgov.documents.characters import character_flaw, is_lfs_pointer, place_at, unix, without_bom
from mlgov.documents.reading import LIMITS, UNREADABLE, Document, Flaw, Limits, Reading

_SEPARATORS = (",", ";", "\t", "|")
_MOST_COLUMNS = 20_000


def read_csv_header(raw: bytes, limits: Limits = LIMITS) -> Reading:
    """The names in the first line, as a list of text; at most the first 64 KiB are looked at. Never raises."""
    if is_lfs_pointer(raw):
        return Reading()
    line = header_line(raw, limits)
    if line is None:
        reason = f"no line end in the first {limits.csv_bytes} bytes; the header of a CSV file is one short line"
        return Reading(flaws=(Flaw(UNREADABLE, reason, 1, 1),))
    if flaw := character_flaw(line, "json"):
        return Reading(flaws=(flaw,))
    names = [text for text, _, _ in cells(unix(line.decode()))]
    if len(names) > _MOST_COLUMNS:
        return Reading(flaws=(Flaw(UNREADABLE, f"more than {_MOST_COLUMNS} columns", 1, 1),))
    return Reading((Document(names, 0, "csv"),) if any(names) else ())


def header_line(raw: bytes, limits: Limits = LIMITS) -> bytes | None:
    """The first record without its line end (line ends within quotes belong to it); None when it is too long."""
    head = without_bom(raw[: limits.csv_bytes])
    end = head.find(b"\n")
    while end >= 0 and head.count(b'"', 0, end) % 2:
        end = head.find(b"\n", end + 1)
    if end < 0:
        return None if len(raw) > limits.csv_bytes else head.rstrip(b"\r")
    return head[:end].rstrip(b"\r")


def cells(line: str) -> list[tuple[str, int, int]]:
    """Name and offsets of every column of a header line; the separator is the one that occurs most."""
    separator = max(_SEPARATORS, key=line.count)
    made: list[tuple[str, int, int]] = []
    start = 0
    while start <= len(line):
        end = _cell_end(line, start, separator)
        raw = line[start:end]
        name = raw.strip()
        left = start + len(raw) - len(raw.lstrip())
        quoted = len(name) > 1 and name[0] == name[-1] == '"'
        made.append((name[1:-1].replace('""', '"') if quoted else name, left, left + len(name)))
        start = end + 1
    return made


def _cell_end(line: str, start: int, separator: str) -> int:
    """Where the cell that begins at `start` ends; separators within quotes belong to it."""
    while line.startswith(" ", start) and separator != " ":
        start += 1
    if line.startswith('"', start):
        closing = line.find('"', start + 1)
        while closing >= 0 and line.startswith('"', closing + 1):
            closing = line.find('"', closing + 2)
        start = closing if closing >= 0 else len(line)
    end = line.find(separator, start)
    return end if end >= 0 else len(line)


def column_place(raw: bytes, index: int) -> tuple[int, int, int, int] | None:
    """1-based line, column, end line and end column of a column name."""
    line = unix((header_line(raw) or b"").decode(errors="replace"))
    found = cells(line)
    if index >= len(found):
        return None
    _, start, end = found[index]
    return *place_at(line, start), *place_at(line, end)
