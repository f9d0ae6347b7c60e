"""The way to green: what a program can repair, and the places at which a person has to act, each named once."""

from typing import NamedTuple

from mlgov.finding import Finding, Place, Severity
from mlgov.fixing import Fixing, fixed
from mlgov.policy.owners import owners_of
from mlgov.report import Report
from mlgov.run import Request


class Errand(NamedTuple):
    """One place at which somebody has to act, and all that one can settle there. owners: of its file, by CODEOWNERS."""

    place: Place
    findings: tuple[Finding, ...]
    owners: tuple[str, ...]


class Todo(NamedTuple):
    """What is left until nothing reaches `fail_on`.

    safe, unsafe: findings with fixes that were tried and hold. settled: those that go with them. errands: what only
    a person can do; report: the state that was judged.
    """

    safe: tuple[Finding, ...]
    unsafe: tuple[Finding, ...]
    settled: tuple[Finding, ...]
    errands: tuple[Errand, ...]
    report: Report

    @property
    def exit_code(self) -> int:
        """0 nothing to do, 1 something, 2 the run could not decide."""
        if not self.report.completeness.completed:
            return 2
        return int(bool(self.safe or self.unsafe or self.settled or self.errands))


def todo(request: Request, *, every: bool = False) -> Todo:
    """Try every fix in memory and sort what is left by place. every: below `fail_on` too."""
    fixing = fixed(request, unsafe=True)
    limit = Severity.INFO if every else _limit(fixing.first)
    asked = [f for f in fixing.first.findings if f.severity >= limit]
    made = {f.fingerprint for f in fixing.made}
    after = {f.fingerprint for f in fixing.last.findings}
    fixes = [f for f in asked if f.fingerprint in made]
    appeared = _appeared(fixing, limit)
    left = [f for f in asked if f.fingerprint in after and f.fingerprint not in made]
    return Todo(
        tuple(f for f in fixes if f.fix and f.fix.safe),
        tuple(f for f in fixes if not (f.fix and f.fix.safe)),
        tuple(f for f in asked if f.fingerprint not in made | after),
        _errands([*left, *appeared], fixing),
        fixing.first,
    )


def _limit(report: Report) -> Severity:
    word = report.policy["fail_on"]
    return Severity.INFO if word == "never" else Severity.of(word)


def _appeared(fixing: Fixing, limit: Severity) -> list[Finding]:
    """Findings that say something else once the fixes are made."""
    before = {f.fingerprint for f in fixing.first.findings}
    return [f for f in fixing.last.findings if f.fingerprint not in before and f.severity >= limit]


def _errands(findings: list[Finding], fixing: Fixing) -> tuple[Errand, ...]:
    """The findings by the place where to act; the worst first."""
    snapshot = fixing.opened.snapshot
    owners = owners_of(snapshot.files(), snapshot.read)
    by_place: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        by_place.setdefault((finding.places[0].file, finding.places[0].line), []).append(finding)
    made = [Errand(some[0].places[0], tuple(some), tuple(owners.of(file))) for (file, _), some in by_place.items()]
    return tuple(sorted(made, key=lambda e: (-max(f.severity for f in e.findings), e.place[:3])))
