"""Path patterns, as people know them from `.gitignore`.

`*` and `?` stay within one path component, `**` spans any number of them, `[a-z]` and `[!a-z]` match one character,
`\\` takes the next character literally. A pattern with a `/` before its end is anchored at the root, any other one
matches at every depth. A pattern that matches a folder matches everything below it; with a `/` at its end it matches
folders only. There is no `!` negation and no comment: lists of patterns are the business of whoever has one.

A pattern becomes one regular expression in which every `*` and `**` but the last is an atomic group. Taking the
leftmost match is always right for them, so nothing is tried twice and `*a*a*a*b` costs one pass.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def matches(path: str, pattern: str) -> bool:
    """Whether the path of a file, or a folder above it, matches; an empty pattern matches nothing.

    Say `folder/` to ask about a folder itself.
    """
    return _compiled(pattern).match(path) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> "re.Pattern[str]":
    import re

    while pattern.startswith("./"):
        pattern = pattern[1:]
    parts = [part for part in pattern.split("/") if part]
    if not parts:
        return re.compile(r"(?!)")
    anchored = "/" in pattern.rstrip("/")
    groups = _between_double_stars(parts if anchored else ["**", *parts])
    return re.compile(r"\A" + _joined(groups, end="/" if pattern.endswith("/") else r"(?:/|\Z)"))


def _between_double_stars(parts: list[str]) -> list[list[str]]:
    """Runs of components, split where a `**` stands; the first run is the anchored one."""
    groups: list[list[str]] = [[]]
    for part in parts:
        if part == "**":
            groups.append([])
        else:
            groups[-1].append(part)
    return groups


def _joined(groups: list[list[str]], end: str) -> str:
    first, *rest = ["/".join(map(_component, group)) for group in groups]
    if not rest:
        return first + end
    expression = first + "/" if first else ""
    expression += "".join(f"(?>(?:[^/]*/)*?{group}/)" for group in rest[:-1] if group)
    if rest[-1]:
        return expression + f"(?:[^/]*/)*?{rest[-1]}{end}"
    return expression + ("[^/]+/" if end == "/" else ".")  # a `**` at the end: whatever is below


def _component(part: str) -> str:
    """One component as an expression that cannot cross a `/`."""
    pieces = _pieces(part)
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle if piece) + f"[^/]*{last}(?=/|\\Z)"


def _pieces(part: str) -> list[str]:
    """The expressions between the stars of a component."""
    from re import escape

    pieces, at = [""], 0
    while at < len(part):
        sign, at = part[at], at + 1
        if sign == "*":
            pieces.append("")
        elif sign == "?":
            pieces[-1] += "[^/]"
        elif sign == "[" and (close := _closing(part, at)) > 0:
            pieces[-1] += _character_set(part[at:close])
            at = close + 1
        elif sign == "\\" and at < len(part):
            pieces[-1] += escape(part[at])
            at += 1
        else:
            pieces[-1] += escape(sign)
    return pieces


def _closing(part: str, at: int) -> int:
    """Where the `]` of a set stands whose content begins here; -1 if the bracket is a plain character."""
    start = at + 1 if part[at : at + 1] in ("!", "^") else at
    return part.find("]", start + 1)


def _character_set(content: str) -> str:
    from re import escape

    negated = content[0] in "!^"
    content = content[1:] if negated else content
    members, at = "", 0
    while at < len(content):
        low = high = content[at]
        at += 1
        if content[at : at + 1] == "-" and at + 1 < len(content):
            high, at = content[at + 1], at + 2
        if low <= high:
            members += f"{escape(low)}-{escape(high)}"
    if negated:
        return f"[^/{members}]"
    return f"(?!/)[{members}]" if members else "(?!)"
