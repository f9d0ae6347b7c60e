"""Adds a waiver to `.mlgov/waivers.yaml`, or changes the one that is there, and leaves every other byte alone."""

import json
import re
from collections.abc import Iterator
from typing import Any

from mlgov.documents import locate, locate_many, read
from mlgov.documents.comments import comments
from mlgov.edits import BOM, Edit, line_end, offset, spliced
from mlgov.errors import EditError, SettingsError
from mlgov.policy.waivers import FIELDS, FILE, Stated, entries

HEADER = "# Accepted findings. Each needs a rule, a subject, a reason, an owner and an end; mlgov waive adds one.\n"
_PLAIN = re.compile(r"[A-Za-z_/.\d][\w ./()+\[\]-]*")
_LATER = 500  # lines behind the last entry that are tried, for what a block of text may fill


def waived(raw: bytes | None, waiver: Stated) -> bytes:
    """The file with this waiver; the same bytes where it stands there already. `EditError` where that cannot be."""
    words = {field: value for field in FIELDS if (value := str(getattr(waiver, field)))}
    if raw is None:
        return (HEADER + _block(words, "", "\n") + "\n").encode()
    old = entries(raw)
    at = next((n for n, entry in enumerate(old) if _is_same(entry, words)), None)
    wanted = [*old, words] if at is None else [*old[:at], old[at] | words, *old[at + 1 :]]
    if wanted == old:
        return raw
    attempts = _additions(raw, old, words) if at is None else _changes(raw, old[at], words, at)
    said = [c.text for c in comments(FILE, raw)]
    for new in attempts:
        if _proven(new, wanted, said):
            return new
    raise EditError(f"{FILE} is written in a way that cannot be changed in place; add the waiver by hand")


def _is_same(entry: Any, words: dict[str, str]) -> bool:
    return isinstance(entry, dict) and all(str(entry.get(key, "")) == words[key] for key in ("rule", "subject"))


def _proven(new: bytes, wanted: list[Any], said: list[str]) -> bool:
    """True if the file reads as wanted, and every comment is still one."""
    try:
        return entries(new) == wanted and [c.text for c in comments(FILE, new)] == said
    except SettingsError:
        return False


def _changes(raw: bytes, entry: dict[Any, Any], words: dict[str, str], at: int) -> Iterator[bytes]:
    """The file with other values in one entry: values are replaced where they stand, new keys stand before the last one."""
    edits = []
    for field, value in words.items():
        if field in entry and entry[field] != value:
            span = locate(FILE, raw, f"/{at}/{field}")
            ends = offset(raw, span.line, span.column), offset(raw, span.end_line, span.end_column)
            edits.append(Edit(*ends, _scalar(value).encode()))
    fresh = {field: value for field, value in words.items() if field not in entry}
    last = locate(FILE, raw, f"/{at}/{[*entry][-1]}", key=True)
    start = offset(raw, last.line, last.column)
    end, indent = line_end(raw).decode(), " " * (last.column - 1)
    for behind in (", ", end + indent) if fresh else ("",):
        text = "".join(f"{field}: {_scalar(value)}{behind}" for field, value in fresh.items())
        yield spliced(raw, [*edits, Edit(start, start, text.encode())] if fresh else edits)


def _additions(raw: bytes, old: list[Any], words: dict[str, str]) -> Iterator[bytes]:
    """The file with one more entry: behind the last one of a list, before the end of a list in brackets."""
    end = line_end(raw)
    if not old:
        lead = b"" if raw in (b"", BOM) or raw.endswith(b"\n") else end
        yield raw + lead + _block(words, "", end.decode()).encode() + end
    flow = "{" + ", ".join(f"{field}: {_scalar(value)}" for field, value in words.items()) + "}"
    if old:
        yield from _behind_last(raw, old, words)
    close = raw.rfind(b"]")
    for text in (f", {flow}", flow) if close >= 0 else ():
        yield spliced(raw, [Edit(close, close, text.encode())])


def _behind_last(raw: bytes, old: list[Any], words: dict[str, str]) -> Iterator[bytes]:
    last = len(old) - 1
    spans = locate_many(FILE, raw, [(0, pointer) for pointer in (f"/{last}", *_leaves(old[last], f"/{last}"))])
    begin, ends = spans[0], max(span.end_line for span in spans)
    line = raw.decode("utf-8", "replace").split("\n")[begin.line - 1].removeprefix("\ufeff")
    dash = line[: begin.column - 1].rfind("-")
    block = _block(words, " " * max(dash, 0), line_end(raw).decode())
    for number in range(ends, min(ends + _LATER, raw.count(b"\n") + 1) + 1):
        at = _end_of(raw, number)
        yield spliced(raw, [Edit(at, at, line_end(raw) + block.encode())])


def _leaves(value: Any, pointer: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for key in value:
        yield f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def _end_of(raw: bytes, line: int) -> int:
    """The byte behind the last visible one of a line."""
    start = offset(raw, line, 1)
    end = raw.find(b"\n", start)
    end = end if end >= 0 else len(raw)
    return end - len(raw[start:end]) + len(raw[start:end].rstrip(b"\r"))


def _block(words: dict[str, str], indent: str, end: str) -> str:
    """An entry with one line for each field."""
    rows = [f"{field}: {_scalar(value)}" for field, value in words.items()]
    return f"{indent}- " + f"{end}{indent}  ".join(rows)


def _scalar(text: str) -> str:
    """A text as YAML: plain where any reader takes it as the same text, in braces too, else in quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and not set(text) & set("[]"):
        reading = read(FILE, f"[{text}]".encode())
        if not reading.flaws and reading.documents[0].data == [text]:
            return text
    return json.dumps(text, ensure_ascii=False)
