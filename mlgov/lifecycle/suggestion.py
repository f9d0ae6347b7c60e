"""The known word that somebody probably meant, for "did you mean"."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from mlgov.lifecycle.metric_name import words


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


def is_same(word: str, near: str) -> bool:
    """True if two names differ in case, separators or the order of their parts alone, so that nothing else can be meant."""
    return sorted(words(word)) == sorted(words(near))


def _likeness(a: str, b: str) -> float:
    plain = SequenceMatcher(None, a.lower(), b.lower()).ratio()
    parts = SequenceMatcher(None, " ".join(sorted(words(a))), " ".join(sorted(words(b)))).ratio()
    return max(plain, parts)
