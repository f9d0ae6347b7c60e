"""What changes, as a unified diff that `git apply` and `patch` take."""

import difflib
import json
from collections.abc import Iterator


def unified(path: str, old: bytes, new: bytes) -> bytes:
    """The diff of one file; "" where nothing changes."""
    before, after = (_lines(raw) for raw in (old, new))
    names = _name(f"a/{path}"), _name(f"b/{path}")
    return b"".join(_ended(difflib.diff_bytes(difflib.unified_diff, before, after, *names)))


def _lines(raw: bytes) -> list[bytes]:
    """The lines with their ends; a carriage return ends none, as in git."""
    return [line + b"\n" for line in raw[:-1].split(b"\n")] if raw.endswith(b"\n") else _open_ended(raw)


def _open_ended(raw: bytes) -> list[bytes]:
    *lines, last = raw.split(b"\n")
    return [*(line + b"\n" for line in lines), *filter(None, [last])]


def _ended(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _name(path: str) -> bytes:
    """A path as git writes it in a diff: in quotes where it holds what could be taken for something else."""
    quoted = json.dumps(path, ensure_ascii=False)
    return (path if quoted == f'"{path}"' and path.isprintable() else quoted).encode("utf-8", "surrogateescape")
