"""What a finding is about, in words that survive moving, reordering and rewriting: the material of fingerprints."""

import re
from collections.abc import Iterable

from mlgov.cache import digest
from mlgov.units import SECONDS, plain, quantity

_INDEX = re.compile(r"\[\d+\]")
_NUMBER = r"[-+]?(?:\d+(?:[_,]\d{3})*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_TIME = "|".join(sorted(SECONDS, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:(?:\d+(?:\.\d+)? ?(?:{_TIME}))+|{_NUMBER}(?: ?(?:%|percent|[kKMGT]i?B|B))?)(?![\w%]|\.\d)"
)
_LONGEST = 10_000  # characters of a message that are looked at number by number


def fingerprint(code: str, project: str, subject: str, message: str, files: Iterable[str]) -> str:
    """The identity of a finding over time. files: those of its places; a file that was renamed changes nothing.

    Words count in any order, because what is listed follows the order of the files and of the lists in them.
    """
    words = evidence(message, files).split()
    return identity(code, project, about(subject, files), words)


def identity(code: str, project: str, subject: str, words: Iterable[str]) -> str:
    """The digest of what `about` and `evidence` gave."""
    return digest((code, project, subject, *sorted(word.strip(",;:()") for word in words)))[:16]


def about(subject: str, files: Iterable[str]) -> str:
    """A subject without the number that an item has in its list, and without the name of a file."""
    return _INDEX.sub("[]", _without(subject, files))


def evidence(message: str, files: Iterable[str]) -> str:
    """A message without names of files and positions, every amount in its base unit."""
    words = _INDEX.sub("[]", _without(message, files))
    words = _AMOUNT.sub(_in_base, words) if len(words) <= _LONGEST else words
    return " ".join(words.split())


def _without(text: str, files: Iterable[str]) -> str:
    """The text without the paths; a folder of one must not be left over when another one is its end."""
    for file in sorted({f for f in files if f}, key=lambda f: (-len(f), f)):
        if file in text:
            text = re.sub(rf"(?<![\w/.-]){re.escape(file)}(?![\w/-])", "", text)
    return text


def _in_base(found: "re.Match[str]") -> str:
    try:
        value = quantity(found[0].replace("percent", "%").replace(",", ""))
    except ValueError:
        return found[0]
    unit = value.unit if value.unit in ("s", "bytes") else ""
    return plain(float(f"{float(value):.12g}")) + unit
