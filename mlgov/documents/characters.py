"""Bytes to text: strict UTF-8, and no character that hides or reorders what a reader sees."""

import re
from typing import Final, NamedTuple

from mlgov.documents.reading import UNREADABLE, Flaw

BOM: Final = b"\xef\xbb\xbf"
_HARMLESS: Final = bytes([9, 10, *range(32, 127)])
_MOST_DIRECTIVES: Final = 100
_DOUBLED = re.compile(rb"(?<!\r)\r{2,}+\n")
_CONTROLS: Final = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_REFUSED: Final = {  # a second byte order mark at the start is refused everywhere
    "yaml": re.compile(f"[{_CONTROLS}\x0c\u2028\u2029{_BIDI}]|\r(?!\n)|\\A\ufeff"),  # what libyaml takes for a line end
    "json": re.compile(f"[{_CONTROLS}\x0c{_BIDI}]|\\A\ufeff"),
    "prose": re.compile(f"[{_CONTROLS}]|\\A\ufeff"),  # right-to-left languages need their marks
}
_LFS = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\r?\n(?:ext-[^\n]*\n)*"
    rb"oid ([a-z0-9]+:[0-9a-f]+)\r?\nsize ([0-9]{1,18})\s*"
)


class LfsPointer(NamedTuple):
    """A Git LFS pointer that stands in for a file: `sha256:…` and the size in bytes of what is stored elsewhere."""

    oid: str
    size: int


def is_lfs_pointer(raw: bytes) -> LfsPointer | None:
    """The pointer that `raw` is, or None; present but unread is not the same as invalid."""
    if not raw.startswith(b"version https://git-lfs") or len(raw) > 1_024:
        return None
    match = _LFS.fullmatch(raw)
    return LfsPointer(match[1].decode(), int(match[2])) if match else None


def without_bom(raw: bytes) -> bytes:
    r"""`raw` without the one byte order mark that is allowed, and with `\r\r\n` (saved twice on Windows) as one line end."""
    if b"\r\r" in raw:
        raw = _DOUBLED.sub(b"\r\n", raw)
    return raw[3:] if raw.startswith(BOM) else raw


def character_flaw(raw: bytes, kind: str) -> Flaw | None:
    """The first byte or character that `yaml`, `json` or `prose` refuses; `raw` has no byte order mark any more."""
    if raw.isascii() and not raw.translate(None, _HARMLESS):  # nearly every file: one pass in C, no decoding
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start)
    found = _REFUSED[kind].search(text)
    return _refused(text, found.start()) if found else None


def unix(text: str) -> str:
    """`text` with one kind of line end, so that lines count as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", " ") if "\r" in text else text


def directive_flaw(raw: bytes) -> Flaw | None:
    """A flaw for a YAML text of very many directives, which cost libyaml quadratic time."""
    if raw.count(b"\n%TAG") <= _MOST_DIRECTIVES:
        return None
    return Flaw(UNREADABLE, f"more than {_MOST_DIRECTIVES} %TAG directives; remove them", 1, 1)


def decoded(raw: bytes) -> str:
    """`raw` as text, for a second look at a file that may be damaged."""
    return without_bom(raw).decode(errors="replace")


def visible_page(raw: bytes) -> str | None:
    """A page whose refused characters are blanks, in their places; None where the bytes are no page at all."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw:
        return None
    text = raw.decode(errors="replace")
    return None if text.count("\ufffd") > len(text) // 20 + 1 else _REFUSED["prose"].sub(" ", text)


def _not_utf8(raw: bytes, at: int) -> Flaw:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Flaw(UNREADABLE, "the file is UTF-16; save it as UTF-8", 1, 1)
    before = raw[:at].decode()
    reason = f"byte 0x{raw[at]:02x} is not UTF-8; save the file as UTF-8"
    return Flaw(UNREADABLE, reason, *place_at(before, len(before)))


def _refused(text: str, at: int) -> Flaw:
    code = ord(text[at])
    why = "hides or reorders text" if code > 0x2000 else "is a control character"
    return Flaw(UNREADABLE, f"character U+{code:04X} {why}; remove it or write it as an escape", *place_at(text, at))


def place_at(text: str, at: int) -> tuple[int, int]:
    """1-based line and column of the code point at offset `at`."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
