"""The first line of a CSV file: its delimiter and the names of its columns, before anything reads the rest."""

import csv
import gzip
import zlib
from pathlib import Path
from typing import NamedTuple

from mlgov.verification.job import Table, Unmeasurable
from mlgov.verification.limits import Limits

MOST_BYTES = 1_000_000  # of a first line
_DELIMITERS = ",;\t|"
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a zip archive"), (b"\x1f\x8b", "gzip"))


class Header(NamedTuple):
    """What the first line says; `delimiter` is the one of `, ; tab |` that stands in it most often."""

    delimiter: str
    names: tuple[str, ...]


def header_of(table: Table, limits: Limits) -> Header:
    """The header that all files of a table share."""
    headers = {_header(file, table.path) for file in table.files}
    if len(headers) > 1:
        raise Unmeasurable("holds files with different headers", table.path)
    header = headers.pop()
    if len(header.names) > limits.columns:
        raise Unmeasurable(f"has {len(header.names)} columns, more than the limit of {limits.columns}", table.path)
    doubles = sorted({name for name in header.names if header.names.count(name) > 1}) if not _are_unique(header) else []
    if doubles:
        raise Unmeasurable(f"names a column twice: {doubles[0][:80]!r}", table.path)
    return header


def _are_unique(header: Header) -> bool:
    return len(set(header.names)) == len(header.names)


def _header(file: str, path: str) -> Header:
    raw = _beginning(file, path)
    for mark, what in _MARKS:
        if raw.startswith(mark):
            raise Unmeasurable(f"is {what}, not plain UTF-8 text", path)
    line = _first_line(raw)
    if line is None:
        raise Unmeasurable(f"line 1 is longer than {MOST_BYTES} bytes, or has an unbalanced quote", path)
    try:
        text = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        raise Unmeasurable("line 1 is not UTF-8", path) from None
    if "\0" in text:
        raise Unmeasurable("line 1 holds a NUL: it is no text", path)
    delimiter = max(_DELIMITERS, key=text.count) if not file.endswith((".tsv", ".tsv.gz")) else "\t"
    csv.field_size_limit(MOST_BYTES)
    names = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    return Header(delimiter, tuple(name.strip() for name in names))


def _beginning(file: str, path: str) -> bytes:
    if not file.endswith(".gz"):
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    try:
        with gzip.open(file) as unpacked:
            return unpacked.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Unmeasurable("is no proper gzip file", path) from None


def _first_line(raw: bytes) -> bytes | None:
    """The bytes up to the first line end outside of quotes; None where there is none within the limit."""
    start = 0
    while True:
        end = raw.find(b"\n", start)
        if end < 0:
            return raw if len(raw) <= MOST_BYTES and raw.count(b'"') % 2 == 0 else None
        if raw.count(b'"', 0, end) % 2 == 0:
            return raw[:end].rstrip(b"\r")
        start = end + 1
