"""The report for a person at a terminal: code frames of all places, the remedy, and what to do next."""

from collections.abc import Iterator
from itertools import groupby

from mlgov.finding import Abstention, Finding, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.colours import Paint, painter, style_of
from mlgov.renderers.escaping import terminal
from mlgov.renderers.frames import Frames
from mlgov.renderers.wording import allowed, counts, gaps, listed, many, scope
from mlgov.report import Report, Summary
from mlgov.rule import STAGES

COLUMNS = 100
SECTIONS = 18  # of the lifecycle model, which is too slow to import for a report that comes from the cache
MOST_STEPS = 8


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """Findings with their frames, then what was abstained from or waived, then the summary."""
    paint = painter(view.color)
    frames = Frames(source, view.columns or COLUMNS, paint)
    blocks = [*_findings(report, frames, paint), *_waived(report, paint)]
    if view.ratcheted:
        blocks += _ratcheted(report, paint)
    if view.abstentions:
        blocks += [_abstentions(report.abstentions, paint)]
    blocks += [block for p in report.projects if (block := _outlook(p, len(report.projects) > 1))]
    blocks += [_closing(report, paint)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _findings(report: Report, frames: Frames, paint: Paint) -> Iterator[list[str]]:
    pages = {law.code: law.page for law in report.laws}
    explained: set[str] = set()
    for finding in report.findings:
        rows = [_header(finding, paint), *frames.draw(finding.places, style_of(finding.severity))]
        indent = " " * (len(str(max(p.line for p in finding.places))) + 1)
        if finding.project and report.completeness.projects > 1:
            rows.append(_note("project", finding.project, indent, paint))
        rows += _help(finding.remedy, indent, frames.columns, paint)
        if finding.code not in explained:
            rows.append(_note("see", _see(finding.code, pages.get(finding.code, "")), indent, paint))
        explained.add(finding.code)
        yield rows


def _note(word: str, text: str, indent: str, paint: Paint) -> str:
    return f"{indent}{paint('=', 'frame')} {paint(word, 'bold')}: {terminal(text)}"


def _see(code: str, page: str) -> str:
    """Where more is told: on this machine, and on the page of the rule."""
    return f"mlgov explain {code}" + (f", {page}" if page else "")


def _header(finding: Finding, paint: Paint) -> str:
    label = terminal(f"{finding.severity.word}[{finding.code} {finding.name}]")
    return f"{paint(label, style_of(finding.severity))}{paint(': ' + terminal(finding.message), 'bold')}"


def _help(remedy: str, indent: str, columns: int, paint: Paint) -> Iterator[str]:
    """The remedy, wrapped: in a narrow window it must stay readable beside the frame."""
    lead = f"{indent}{paint('=', 'frame')} {paint('help', 'bold')}: "
    first = len(indent) + len("= help: ")
    for row in _wrapped(terminal(remedy), max(columns - first, 40)):
        yield lead + row
        lead = " " * first


def _wrapped(text: str, width: int) -> Iterator[str]:
    row = ""
    for word in text.split():
        if row and len(row) + 1 + len(word) > width:
            yield row
            row = word
        else:
            row = f"{row} {word}".lstrip()
    if row:
        yield row


def _waived(report: Report, paint: Paint) -> Iterator[list[str]]:
    """Accepted findings stay in sight, one line each."""
    if report.waived:
        rows = [row for w in report.waived for row in (_line(w.finding), f"    {terminal(allowed(w.waiver))}")]
        yield [paint(f"{many(len(report.waived), 'finding')} waived", "bold"), *rows]


def _ratcheted(report: Report, paint: Paint) -> Iterator[list[str]]:
    """Findings that the ratchet knows, one line each."""
    if rows := [_line(f) for f in report.ratcheted]:
        yield [paint(f"{many(len(rows), 'finding')} known to the ratchet", "bold"), *rows]


def _line(finding: Finding) -> str:
    return f"  {terminal(str(finding.places[0]))}: [{finding.code} {finding.name}] {terminal(finding.message)}"


def _abstentions(every: tuple[Abstention, ...], paint: Paint) -> list[str]:
    """Which rules could not decide, with the subjects and the reason."""
    rows = [paint(f"{many(len(every), 'abstention')}: rules that could not decide", "bold")]
    for (code, name), some in groupby(sorted(every), key=lambda a: (a.code, a.name)):
        rows.append(f"  {terminal(f'{code} {name}')}")
        for reason, same in groupby(sorted(some, key=lambda a: (a.reason, a.subject)), key=lambda a: a.reason):
            subjects = ", ".join(dict.fromkeys(terminal(a.subject or a.project) for a in same))
            rows.append(f"    {terminal(reason)}" + (f": {subjects}" if subjects else ""))
    return rows


def _outlook(project: Summary, several: bool) -> list[str]:
    """What a project without a manifest is told instead of presence findings; what the next stage asks of others."""
    name = terminal(project.project or "this project")
    if not project.has_manifest:
        stated = f"{name}: {len(project.sections)} of {SECTIONS} sections have evidence"
        which = f" ({', '.join(project.sections)})" if project.sections else ""
        return [f"{stated}{which}; run mlgov init to write a manifest"]
    if not project.next_steps or project.stage not in STAGES[:-1]:
        return []
    stage = STAGES[STAGES.index(project.stage) + 1]
    lead = f"{name}: " if several else ""
    rows = [f"  - {terminal(step)}" for step in project.next_steps[:MOST_STEPS]]
    if more := len(project.next_steps) - MOST_STEPS:
        rows += [f"  - and {more} more"] if more > 0 else []
    return [f"{lead}next, at stage {stage}, mlgov will ask for:", *rows]


def _closing(report: Report, paint: Paint) -> list[str]:
    rows = [f"note: {terminal(note)}" for note in report.completeness.notes]
    if others := report.completeness.unreported:
        rows.append(
            f"note: {many(others, 'finding')} not shown: the change did not introduce or touch them (--new-only)"
        )
    rows += [_verdict(report, paint), *_fixable(report)]
    if missing := gaps(report.completeness):
        rows.append(paint(f"Incomplete: {missing}; this run decides nothing (exit code 2).", "error"))
    return rows


def _fixable(report: Report) -> list[str]:
    """How many findings a program can repair, and with which command."""
    fixes = [finding.fix for finding in report.findings if finding.fix]
    if not fixes:
        return []
    unsafe = sum(not fix.safe for fix in fixes)
    if unsafe == len(fixes):
        return [f"{len(fixes)} fixable after a look: mlgov fix --unsafe-fixes --diff"]
    return [f"{len(fixes)} fixable: mlgov fix" + (f", {unsafe} of them with --unsafe-fixes" if unsafe else "")]


def _verdict(report: Report, paint: Paint) -> str:
    aside = [f"{len(report.waived)} waived"] if report.waived else []
    aside += [f"{len(report.ratcheted)} ratcheted"] if report.ratcheted else []
    aside += [many(len(report.abstentions), "abstention")] if report.abstentions else []
    rest = f" ({listed(aside)})" if aside else ""
    if found := counts(report):
        style = style_of(max(f.severity for f in report.findings))
        return f"{paint(f'Found {found}', style)}{rest}: {scope(report)}.{_tolerated(report)}"
    if not report.completeness.completed:
        return f"Found nothing{rest}: {scope(report)}."
    return f"{paint('All clear', 'good')}{rest}: {scope(report)}."


def _tolerated(report: Report) -> str:
    limit = report.policy["fail_on"]
    if limit == "never" or all(f.severity < Severity.of(limit) for f in report.findings):
        return f" Nothing reaches --fail-on {limit}."
    return ""
