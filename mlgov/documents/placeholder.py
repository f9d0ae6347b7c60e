"""Tells text that somebody wrote from text that still waits to be written: `TODO`, `[More Information Needed]`, `…`."""

import re
from functools import lru_cache
from typing import Final

_SHORT: Final = 80  # characters of a text that is remembered; the same ids and words come again and again
_LONGEST: Final = 300  # characters; a longer text says something, unless it is a comment, a template or lorem ipsum
_AROUND: Final = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000*_`~\"'"
_COMMENTS = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")

_WAITING = re.compile(
    r"""
    (?: to[ ]?do | tbd | tba | tbc | fixme | xxx+ | n/a | n\.a\.? | not[ ]applicable | unknown | placeholder | unspecified | not[ ]stated
      | coming[ ]soon | work[ ]in[ ]progress | wip | fill[ ](?:me[ ])?in | change[ _-]?me | lorem[ ]ipsum.*
      | to[ ]be[ ](?:determined|defined|decided|added|completed|confirmed|announced|written|filled(?:[ ]in)?|provided|specified)
      | (?:more[ ])?information[ ]needed | insert[ ](?:response[ ]|text[ ])?here | owner/repo | org/repo
      | your[-_](?:org|team|name|company|username|model|project|repo|email)[\w./@-]*
      | 작성[ ]?(?:예정|중|필요|바람) | 미정 | 미작성 | 추후[ ]?(?:작성|결정|기재|확정|업데이트)(?:[ ]?예정)? | 해당[ ]?없음
    ) (?:입니다)? [.:!]*
    | (?: to-?do | tbd | fixme ) (?: \([^()]*\) )? \s? [:\-–—] .*
    | \?+ | \.{3,} | … | [-–—]+ | \.
    | \[ (?: (?:insert|enter|add|describe|specify|provide|fill|your|more|list|to[ ]be|todo|tbd|tba|n/a|optional|placeholder
           |작성|미정|추후)\b [^\[\]]*
         | [^\[\]0-9]* \b(?:here|name|needed|required|description|url|link|email|date|version|text)
         | \.{3} | … ) \.? \]
    | < (?![^<>]*(?:://|@)) [^<>]+ >
    | \{[{%] .* [}%]\}
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
).fullmatch


def is_placeholder(text: str) -> bool:
    """Whether the whole of `text` says only that something is still to be written; empty text does too.

    Case does not matter, with one exception: `None` and `NONE` are what a template leaves behind, while `none` is a
    word of many vocabularies (`pii: none`) and an answer.
    """
    return _is_known_placeholder(text) if len(text) <= _SHORT else _says_nothing(text)


def _says_nothing(text: str) -> bool:
    text = text.strip(_AROUND)
    if text.startswith("<!--"):
        text = _COMMENTS.sub("", text).strip(_AROUND)
    if not text or text in ("None", "NONE"):
        return True
    if len(text) > _LONGEST:
        return text[:11].lower() == "lorem ipsum" or (text.startswith("{{") and text.find("}}") == len(text) - 2)
    return _WAITING(text) is not None


_is_known_placeholder = lru_cache(maxsize=16_384)(_says_nothing)
