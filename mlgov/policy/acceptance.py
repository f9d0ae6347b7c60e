"""Which findings a waiver accepts: those of its rule, about its subject or beside its comment, and no others."""

from collections.abc import Iterable

from mlgov.finding import Finding
from mlgov.policy.owners import Owners
from mlgov.policy.waivers import Stated
from mlgov.snapshot import matches

BEFORE = "before"  # role of a place in the base of a change; nobody can write there any more


def accepted(stated: Stated, code: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of the rule that the waiver speaks about."""
    of_rule = [f for f in findings if f.code == code]
    return _beside(stated, of_rule) if stated.reach else _about(stated.subject, of_rule)


def _beside(stated: Stated, findings: list[Finding]) -> list[Finding]:
    """Those with a place on a line of the comment; where it speaks for its file, those with any place in it."""
    reach = stated.reach
    assert reach is not None
    here = [f for f in findings if any(p.file == reach.file and p.role != BEFORE for p in f.places)]
    near = [f for f in here if any(p.file == reach.file and p.line in reach.lines for p in f.places)]
    return here if reach.whole == "yes" or reach.whole == "else" and not near else near


def _about(subject: str, findings: list[Finding]) -> list[Finding]:
    """Those of a record, of a project, or with a place in a file; `project:record` names one of several projects."""
    project, _, record = subject.partition(":")
    for found in (
        [f for f in findings if subject in (f.subject, f.project)],
        [f for f in findings if record and (f.project, f.subject) == (project, record)],
    ):
        if found:
            return found
    return [f for f in findings if any(p.role != BEFORE and _is_in(p.file, subject) for p in f.places)]


def _is_in(file: str, subject: str) -> bool:
    """True if a subject is the path of a file, or of a folder (with `/` behind it), or a pattern that matches it."""
    if set(subject) & set("*?"):
        return matches(file, subject)
    path = subject.removeprefix("./").removeprefix("/")
    return file.startswith(path) if path.endswith("/") else file == path


def ambiguous(stated: Stated, found: list[Finding]) -> str:
    """Why a record that several projects have is not enough said; "" if it is."""
    projects = sorted({f.project for f in found if f.subject == stated.subject and f.project != stated.subject})
    if stated.reach or len(projects) < 2:
        return ""
    return f"{stated.subject} is a record of several projects; write {projects[0]}:{stated.subject}"


def not_approved(stated: Stated, found: list[Finding], owners: Owners) -> str:
    """Why the approver may not accept these findings: he must own the file in which one has to act."""
    if not stated.approved_by:
        return "lacks approved_by, which waivers.require_owner_approval asks for"
    if not owners.file:
        return "nobody can approve it: no CODEOWNERS says who owns what"
    files = sorted({f.places[0].file for f in found})
    strange = [file for file in files if not owners.includes(stated.approved_by, file)]
    return f"{stated.approved_by} does not own {strange[0]} by {owners.file}" if strange else ""
