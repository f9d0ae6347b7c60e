"""What a change adds to the findings that are accepted: waivers, longer waivers, entries of the ratchet."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from mlgov.errors import SettingsError
from mlgov.finding import Origin
from mlgov.lifecycle.policy_change import PolicyChange, WaiverNote, Weakening
from mlgov.policy import ratchet
from mlgov.policy.side import Side
from mlgov.policy.waivers import Stated
from mlgov.policy.weakening import MANY
from mlgov.report import Waiver

T = TypeVar("T")


def policy_change(
    change: PolicyChange | None, judged: list[tuple[Waiver, Stated]], head: Side, base: Side | None
) -> PolicyChange | None:
    """What the rules of policy see: None where there is neither a base nor a waiver to speak about."""
    added = [True] * len(judged) if base is None else list(_added([s for _, s in judged], head, base))
    notes = tuple(
        WaiverNote(
            w.rule, w.subject, w.reason, w.owner, w.expires, w.problem, stated.origin, is_new,
            w.state in ("expired", "unused"), stated.entry,
        )
        for (w, stated), is_new in zip(judged, added, strict=True)
    )  # fmt: skip
    if change is None or base is None:
        return PolicyChange((), notes, False) if notes else None
    return change._replace(weakenings=(*change.weakenings, *_grown(head, base)), waivers=notes)


Key = tuple[str, str, str, str]


def _key(stated: Stated) -> Key:
    """What makes two waivers the same: file of a comment, rule, subject, owner."""
    file = stated.reach.file if stated.reach else ""
    return file, stated.rule, "" if stated.reach else stated.subject, stated.owner


def _added(stated: Iterable[Stated], head: Side, base: Side) -> Iterator[bool]:
    """For each waiver of the head whether the change brought it, or made it hold longer."""
    left: dict[Key, list[str]] = {}
    for old in _tolerant(base.waivers):
        left.setdefault(_key(old), []).append(old.expires)
    for waiver in stated:
        key = next((k for k in (_key(waiver), *_renamed(_key(waiver), left, head, base)) if left.get(k)), None)
        ends = sorted(left[key]) if key else []
        until = next((end for end in ends if end >= waiver.expires), None)
        if key and until:
            left[key].remove(until)
        yield until is None


def _renamed(key: Key, left: Iterable[Key], head: Side, base: Side) -> Iterator[Key]:
    """Comments that say the same in a file that is gone, where the file of this one is new."""
    is_new = bool(key[0]) and key[0] not in base.files
    return (k for k in left if is_new and k[0] and k[0] not in head.files and k[1:] == key[1:])


def _tolerant(ask: Callable[[], list[T]]) -> list[T]:
    """What the base states; a file that could not be read there stated nothing."""
    try:
        return ask()
    except SettingsError:
        return []


def _grown(head: Side, base: Side) -> list[Weakening]:
    """What the ratchet of the head knows more than that of the base; very many entries are told as one."""
    more = ratchet.grown(_tolerant(base.ratchet), head.ratchet())
    file = head.settings["ratchet"]["file"]
    if len(more) > MANY:
        codes = ", ".join(sorted({e.rule for _, e in more})[:MANY])
        return [Weakening("ratchet entry added", f"{len(more)} entries ({codes} …)", "", "", Origin(file))]
    return [
        Weakening("ratchet entry added", _name(one), "", "", Origin(file, f"/findings/{number}"))
        for number, one in more
    ]


def _name(one: ratchet.Entry) -> str:
    return f"{one.rule} for {one.subject or one.project or 'a file'}: {one.evidence}"
