"""What becomes of findings: some are waived, some the ratchet knows, the others are left to decide the run."""

from collections.abc import Mapping
from typing import NamedTuple

from mlgov.finding import Finding, Place
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.policy import ratchet, validity
from mlgov.policy.acceptance import accepted, ambiguous, not_approved
from mlgov.policy.additions import policy_change
from mlgov.policy.owners import Owners
from mlgov.policy.settings import Settings
from mlgov.policy.side import Side
from mlgov.policy.waivers import FIELDS, Reach, Stated
from mlgov.report import Waived, Waiver


class Terms(NamedTuple):
    """What waivers and ratchet are held to.

    ran: codes of rules that answered about the whole tree; what others would have found is not known.
    """

    laws: validity.Laws
    today: str
    settings: Settings
    ran: frozenset[str]


class Settled(NamedTuple):
    """Findings by what becomes of them, all waivers, what the rules of policy are told, and what a person is told."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    ratcheted: tuple[Finding, ...]
    waivers: tuple[Waiver, ...]
    policy: PolicyChange | None
    notes: tuple[str, ...]


def settle(
    found: tuple[Finding, ...], head: Side, base: Side | None, terms: Terms, policy: PolicyChange | None = None
) -> Settled:
    """Apply the waivers and the ratchet of the head; who may approve is for the base to say."""
    owners = (base or head).owners
    judged = [judged_waiver(stated, found, terms, owners) for stated in head.waivers()]
    by_finding = {id(f): waiver for waiver, _, covered in reversed(judged) for f in covered}
    held = ratchet.held((f for f in found if id(f) not in by_finding), head.ratchet(), terms.laws.fixed)
    return Settled(
        held.new,
        tuple(Waived(f, by_finding[id(f)]) for f in found if id(f) in by_finding),
        held.known,
        tuple(waiver for waiver, _, _ in judged),
        policy_change(policy, [(waiver, stated) for waiver, stated, _ in judged], head, base),
        _told({e: n for e, n in held.fixed.items() if e.rule in terms.ran}, head.settings["ratchet"]["file"]),
    )


def judged_waiver(
    stated: Stated, found: tuple[Finding, ...], terms: Terms, owners: Owners
) -> tuple[Waiver, Stated, list[Finding]]:
    """The waiver as a report shows it, and the findings that it accepts: none where it does not hold."""
    asked = terms.settings["waivers"]
    code = terms.laws.code(stated.rule)
    problem = validity.problem(stated, terms.laws, terms.today, asked["max_days"])
    state = "expired" if problem.startswith("expired") else "invalid"
    covered = accepted(stated, code, found) if not problem else []
    if covered:
        problem = ambiguous(stated, covered)
        if not problem and asked["require_owner_approval"]:
            problem = not_approved(stated, covered, owners)
    elif not problem and code in terms.ran:
        state, problem = "unused", _unused(stated.reach)
    kept = [] if problem else covered
    return _shown(stated, code, state if problem else "active", problem, len(kept)), stated, kept


def _unused(reach: Reach | None) -> str:
    if reach is None:
        return "covers nothing that was found; remove it, or correct its subject"
    where = "on its line" if reach.whole == "no" else "on its line or in its file"
    return f"covers nothing that was found {where}; remove it, or move it above the line that it means"


def _shown(stated: Stated, code: str, state: str, problem: str, covers: int) -> Waiver:
    line, _, rest = stated.origin.pointer.removeprefix("@").partition(":")
    column, _, end = rest.partition("-")
    place = Place(stated.origin.file, int(line), int(column), int(line), int(end or column))
    words = {field: str(getattr(stated, field)) for field in FIELDS} | {"rule": code or stated.rule}
    return Waiver(**words, state=state, problem=problem, covers=covers, place=place)


def _told(fixed: Mapping[ratchet.Entry, int], file: str) -> tuple[str, ...]:
    if not fixed:
        return ()
    count = sum(fixed.values())
    what = "1 finding" if count == 1 else f"{count} findings"
    return (f"{what} of {file} {'is' if count == 1 else 'are'} fixed; mlgov ratchet prune removes what is fixed",)
