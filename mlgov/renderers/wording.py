"""How a report counts in words; the same words in every output for people."""

from collections.abc import Sequence

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers.escaping import terminal
from mlgov.report import Completeness, Report, Waiver

SHOWN = (Severity.ERROR, Severity.WARNING, Severity.INFO)
BEFORE = "before"  # the role of a place in the base of a change


def told(place: Place) -> str:
    """A place as people read it."""
    return f"{place} (before the change)" if place.role == BEFORE else str(place)


def ends(places: Sequence[Place], most: int = 10) -> str:
    """`; also here: a.md:3:1, b.json:1:7`, for outputs that know one place only; "" without other ends."""
    if not places:
        return ""
    more = len(places) - most
    shown = ", ".join(map(told, places[:most]))
    return terminal(f"; also here: {shown}{f' and {more} more' if more > 0 else ''}")


def allowed(waiver: Waiver) -> str:
    """Who accepted a finding, until when, and why."""
    return f"until {waiver.expires} by {waiver.owner}: {waiver.reason}"


def many(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def worst(findings: Sequence[Finding], most: int) -> list[Finding]:
    """At most this many findings, in their order; where some are left out, these are the least severe ones."""
    if len(findings) <= most:
        return list(findings)
    ranked = sorted(range(len(findings)), key=lambda n: (-findings[n].severity, n))
    return [findings[n] for n in sorted(ranked[:most])]


def counts(report: Report) -> str:
    """`2 errors, 1 warning and 3 info`; "" where nothing was found."""
    return listed([many(n, s.word) for s in SHOWN if (n := report.count(s))])


def scope(report: Report) -> str:
    """What was looked at: rules, files, projects, profile."""
    done = report.completeness
    what = f"{many(done.rules_run, 'rule')} over {many(done.files_read, 'file')} of {many(done.projects, 'project')}"
    return f"{what}, profile {report.policy['profile']}"


def gaps(done: Completeness) -> str:
    """What is missing from the run; "" where it is complete."""
    parts = []
    if unread := done.files_planned - done.files_read:
        parts.append(f"{unread} of {many(done.files_planned, 'file')} could not be read")
    if failed := done.rules_planned - done.rules_run:
        parts.append(f"{failed} of {many(done.rules_planned, 'rule')} did not answer")
    return listed(parts)
