"""The known word that somebody probably meant, for "did you mean"."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from mlgov import repair
from mlgov.finding import Fix, Origin
from mlgov.lifecycle.metric_name import words

LIKELY = 0.7  # how alike names have to be before one is written in the place of the other
_DIGITS = re.compile(r"\d+")


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The most similar of `known`, whatever the order of its parts (`p95_lat` is near `latency_p95`); "" if none is.

    likeness: from 0 to 1, what is at least asked for.
    """
    best = max(
        ((_likeness(word, k), k) for k in dict.fromkeys(known) if k), default=(0.0, ""), key=lambda pair: pair[0]
    )
    return best[1] if best[0] >= likeness else ""


def hint(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'latency_p95'?`, or "" where nothing is near."""
    near = nearest(word, known)
    return f"; did you mean {near!r}?" if near else ""


def probable(word: str, known: Iterable[str]) -> str:
    """The known name that is so near that a program may propose to write it; with other digits it is another thing."""
    near = nearest(word, known, LIKELY)
    return near if _DIGITS.findall(near) == _DIGITS.findall(word) else ""


def meant(word: str, known: Iterable[str], place: Origin) -> Fix | None:
    """The repair of a name that is near a known one, where it stands; safe where only its spelling differs."""
    near = probable(word, known)
    return (
        repair.fix(f"call it {near!r}", repair.replace(place, near, word), safe=is_same(word, near)) if near else None
    )


def spelled_like(path: str, near: str | None) -> str:
    """A path as its file is really called, where only case differs; "" where it does not. near: the path of the file.

    The one may begin at another folder than the other, so their ends are compared.
    """
    bare = path.removeprefix("./").removeprefix("/")
    if not near or not near.lower().endswith(bare.lower()):
        return ""
    return path[: len(path) - len(bare)] + near[len(near) - len(bare) :]


def is_same(word: str, near: str) -> bool:
    """True if two names differ in case, separators or the order of their parts alone, so that nothing else can be meant."""
    return sorted(words(word)) == sorted(words(near))


def _likeness(a: str, b: str) -> float:
    plain = SequenceMatcher(None, a.lower(), b.lower()).ratio()
    parts = SequenceMatcher(None, " ".join(sorted(words(a))), " ".join(sorted(words(b)))).ratio()
    return max(plain, parts)
