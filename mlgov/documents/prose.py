"""Inline Markdown as a reader sees it: text without markup, names with values, links; linear in the length of a line."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

LONGEST_LINE: Final = 10_000  # characters; an embedded image is longer and says nothing

_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{0,1000})\1(?!`)")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ADDRESS = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]{1,2000})>")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+[^()]{0,200})?\)")
_TARGET = r"<?([^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?(?:[ \t]+[^()]{0,200})?"
_LINK = re.compile(rf"\[([^\[\]]{{0,1000}})\](?:\({_TARGET}\)|\[[^\[\]]{{0,200}}\])")
_BARE = re.compile(r"https?://[^\s<>()\[\]\"'`|]{1,2000}(?<![.,;:!?*_])")
_MARKUP = re.compile(r"[*_`<\[\\&~]")
_STRONG = re.compile(r"\*\*|__|~~")
_EMPHASIS = re.compile(r"(?<![\w\\])_(?=\S)|(?<=[^\s\\])_(?!\w)|(?<![\s\\])\*|(?<!\\)\*(?![\s])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,5}[.):]?|[ivxIVX]{1,5}[.)]|[A-Za-z][.)])\s+")
_SYMBOL = re.compile(
    "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
    "|:[a-z0-9_+-]{2,40}:"
)
_PAIR = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?"
    r"(?P<mark>\*\*|__|\*|_|`|)(?P<name>[^\W_](?:[^:：|*`<>\[\]\n]{0,78}[^\s:：|*`<>\[\]\n])?)"
    r"(?P<close>\*\*|__|\*|_|`|)[ \t]*[:：](?P<late>\*\*|__|\*|_|`|)(?P<gap>[ \t]+|(?<=：)|$)(?P<value>.*)$"
)


def visible(text: str) -> str:
    """`text` without markup, tags, comments and link targets, on one line."""
    if not _MARKUP.search(text):  # most text, most cells
        return " ".join(text.split())
    text = _ADDRESS.sub(r"\1", _COMMENT.sub(" ", text[: LONGEST_LINE * 10]))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _TAG.sub(" ", _CODE.sub(r"\2", text))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _STRONG.sub("", text)))
    return " ".join(unescape(text).split())


def plain_heading(text: str) -> str:
    """A heading without emoji, numbering and closing colon: `## 3.1 🚀 Metrics:` is `Metrics`."""
    text = " ".join(_SYMBOL.sub(" ", visible(text)).split())
    return _NUMBERING.sub("", text, count=1).strip(" :.-–—") if _NUMBERING.match(text) else text.strip(" :-–—")


def pair(line: str) -> tuple[str, str, int, int] | None:
    """Name, value, and the offsets of the value in a line that reads `Name: value`; None for any other line."""
    match = _PAIR.match(line[:LONGEST_LINE])
    if match is None or len(match["name"].split()) > 8:
        return None
    if match["mark"] not in (match["close"], match["late"]):
        return None
    start, end = span_of(line, match.start("value"), match.end("value"))
    return visible(match["name"]), visible(match["value"]), start, end


def span_of(line: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the visible text within a stretch of a line: without blanks and the markup around it."""
    raw = line[start:end]
    shown = visible(raw)
    at = raw.find(shown) if shown else -1
    if at >= 0:
        return start + at, start + at + len(shown)
    return start + len(raw) - len(raw.lstrip()), max(start + len(raw.rstrip()), start)


def links(text: str) -> Iterator[tuple[str, str]]:
    """Text and target of every link; images and code are left out."""
    text = _IMAGE.sub(r"\1", _CODE.sub(" ", _COMMENT.sub(" ", text[: LONGEST_LINE * 10])))
    for match in _LINK.finditer(text):
        if match[2]:
            yield visible(match[1]), match[2]
    rest = _LINK.sub(r"\1", text)
    for match in _BARE.finditer(rest):
        yield match[0], match[0]
