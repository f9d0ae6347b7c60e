"""Regular expressions of strangers: only those that are plainly written, as others can take forever on one value."""

import re
import warnings

MOST = 500  # characters
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d*),?(\d*)\}|[()*+?|]|.", re.DOTALL)
_LARGE = 100  # repetitions that count as unbounded


def is_bounded(pattern: str) -> bool:
    """True for a short, valid pattern in which nothing that repeats without bound repeats again."""
    if len(pattern) > MOST:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return not _nests(pattern)


def _nests(pattern: str) -> bool:
    """True if a group that repeats holds something that repeats, or if it looks back at a group."""
    risky = [False]  # for each open group, whether it holds what must not repeat; the last is the innermost
    closed = False  # whether the token before ended a group that must not repeat
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if _repeats(token):
            if closed:
                return True
            risky[-1] = True
        elif text == "(":
            risky.append(False)
        elif text == ")":
            closed = risky.pop() if len(risky) > 1 else False
            risky[-1] = risky[-1] or closed
            continue
        elif len(text) == 2 and text[0] == "\\" and text[1] in "123456789":
            return True
        if text != "?":
            closed = False
    return False


def _repeats(token: re.Match[str]) -> bool:
    if token[0] in ("*", "+"):
        return True
    if not token[0].startswith("{") or token[1] is None:
        return False
    most = token[2] if "," in token[0] else token[1]
    return not most or int(most) > _LARGE
