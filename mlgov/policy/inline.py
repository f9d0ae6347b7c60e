"""Waivers that stand as a comment beside what they accept: `mlgov: allow EVA301 until 2027-03-01 by @owner: reason`."""

import re
from collections.abc import Iterator

from mlgov.documents.comments import Comment, comments
from mlgov.finding import Origin
from mlgov.policy.waivers import Reach, Stated

HEAD = 5  # lines at the start of a file in which a comment may speak for all of it
FORM = "allow CODE until YYYY-MM-DD by @owner: reason"
_MARK = b"mlgov:"
_BEGIN = re.compile(r"mlgov:\s*(allow|ignore|disable|skip|suppress|waive|off|noqa)\b\s*", re.IGNORECASE)
_WORDS = re.compile(
    r"(?P<rule>(?!(?:until|by)\b)[^\s:]+)?(?:\s+\[?(?P<name>(?!(?:until|by)\b)[^\s:\[\]]+)\]?)?"
    r"(?:\s*\buntil\s+(?P<expires>[^\s:]+))?(?:\s*\bby\s+(?P<owner>[^\s:]+))?\s*(?::\s*(?P<reason>.*))?"
)


def from_comments(path: str, raw: bytes) -> list[Stated]:
    """The waivers in the comments of a YAML, TOML or Markdown file, in order."""
    if _MARK not in raw:
        return []
    every = comments(path, raw)
    own = {n: c.end_line for c in every if c.alone for n in range(c.line, c.end_line + 1)}
    return [_stated(path, comment, own, words) for comment, words in _meant(every)]


def _meant(every: tuple[Comment, ...]) -> Iterator[tuple[Comment, str]]:
    """The comments that begin as a waiver does, with what they say from the verb on."""
    for comment in every:
        if begin := _BEGIN.match(comment.text):
            verb = "" if begin[1].lower() == "allow" else begin[1]
            yield comment, f"{verb}\0{comment.text[begin.end() :]}"


def _stated(path: str, comment: Comment, own: dict[int, int], said: str) -> Stated:
    verb, _, words = said.partition("\0")
    origin = Origin(path, f"@{comment.line}:{comment.column}")
    reach = _reach(path, comment, own)
    found = _WORDS.fullmatch(words)
    if verb or found is None:
        what = f"says {verb!r}" if verb else "cannot be understood"
        rule = words.partition(" ")[0].strip(":,")
        flaw = f"{what}; write mlgov: {FORM}"
        return Stated(rule=rule, subject=path, origin=origin, flaw=flaw, reach=reach, entry=origin)
    parts = {key: value or "" for key, value in found.groupdict().items()}
    rule = f"{parts['rule']} {parts.pop('name')}".strip()
    return Stated(
        **parts | {"rule": rule}, subject=path, approved_by=parts["owner"], origin=origin, reach=reach, entry=origin
    )


def _reach(path: str, comment: Comment, own: dict[int, int]) -> Reach:
    """A comment beside a value speaks of its own line; one on lines of its own of the next that is no comment."""
    if not comment.alone:
        return Reach(path, frozenset(range(comment.line, comment.end_line + 1)), "no")
    line = comment.end_line + 1
    while line in own:
        line = own[line] + 1
    whole = "no" if comment.line > HEAD else "yes" if comment.above else "else"
    return Reach(path, frozenset({line}), whole)
