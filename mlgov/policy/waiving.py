"""Adds a waiver to `.mlgov/waivers.yaml`, or changes the one that is there, and leaves every other byte alone."""

from typing import Any

from mlgov import repair
from mlgov.edits import BOM, line_end, spliced
from mlgov.edits.proof import proven
from mlgov.edits.spelling import pair
from mlgov.errors import EditError
from mlgov.finding import Operation, Origin
from mlgov.policy.waivers import FIELDS, FILE, Stated, entries

HEADER = "# Accepted findings. Each needs a rule, a subject, a reason, an owner and an end; mlgov waive adds one.\n"


def waived(raw: bytes | None, waiver: Stated) -> bytes:
    """The file with this waiver; the same bytes where it stands there already. `EditError` where that cannot be."""
    words = {field: value for field in FIELDS if (value := str(getattr(waiver, field)))}
    if raw is None:
        return HEADER.encode() + _block(words, "\n")
    old = entries(raw)
    at = next((n for n, entry in enumerate(old) if _is_same(entry, words)), None)
    if at is not None and old[at] == old[at] | words:
        return raw
    operations = [repair.add(Origin(FILE).at("-"), words)] if at is None else _changes(old[at], words, at)
    if (edits := proven(FILE, raw, [operations])[0]) is not None:
        return spliced(raw, edits)
    if not old and entries(new := _appended(raw, words)) == [words]:  # nothing but comments
        return new
    raise EditError(f"{FILE} is written in a way that cannot be changed in place; add the waiver by hand")


def _is_same(entry: Any, words: dict[str, str]) -> bool:
    return isinstance(entry, dict) and all(str(entry.get(key, "")) == words[key] for key in ("rule", "subject"))


def _changes(entry: dict[Any, Any], words: dict[str, str], at: int) -> list[Operation]:
    """Other values where they differ, and the fields that are new."""
    place = Origin(FILE).at(at)
    changed = [repair.replace(place.at(f), v) for f, v in words.items() if f in entry and entry[f] != v]
    return changed + [repair.add(place.at(f), v) for f, v in words.items() if f not in entry]


def _appended(raw: bytes, words: dict[str, str]) -> bytes:
    end = line_end(raw)
    return raw + (b"" if raw in (b"", BOM) or raw.endswith(b"\n") else end) + _block(words, end.decode())


def _block(words: dict[str, str], end: str) -> bytes:
    """A list of one entry, with one line for each field."""
    rows = [pair(field, value, "yaml") for field, value in words.items()]
    return (f"- {f'{end}  '.join(rows)}{end}").encode()
