"""The policy of a repository before and after a change, as rules may see it."""

from typing import NamedTuple

from mlgov.finding import Origin


class Weakening(NamedTuple):
    """One way in which the head demands less than the base.

    what: `rule off`, `severity lowered`, `exclude widened`, `waiver added` … before, after: the values as written.
    origin: where it stands at head (or, for what was deleted, at base).
    """

    what: str
    subject: str
    before: str
    after: str
    origin: Origin


class WaiverNote(NamedTuple):
    """One waiver as its file states it; `problem` says what makes it invalid, "" if it holds.

    is_over: it expired or covers nothing, so that it can go. entry: what has to go, an item of the file or a comment.
    """

    rule: str
    subject: str
    reason: str
    owner: str
    expires: str
    problem: str
    origin: Origin
    added: bool = False
    is_over: bool = False
    entry: Origin = Origin("")


class PolicyChange(NamedTuple):
    """The settings of base and head, compared; `has_base` is False where only the head is known."""

    weakenings: tuple[Weakening, ...]
    waivers: tuple[WaiverNote, ...]
    has_base: bool
