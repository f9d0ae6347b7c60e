"""One line per finding, for editors and grep: `path:line:col: severity[CODE name] message`."""

from mlgov.finding import Finding
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import terminal
from mlgov.renderers.wording import allowed
from mlgov.report import Report


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """Findings in order of place, then the waived ones; the line of each names its first place."""
    lines = [_line(f, f.severity.word) for f in report.findings]
    lines += [f"{_line(w.finding, 'waived')} ({terminal(allowed(w.waiver))})" for w in report.waived]
    if view.ratcheted:
        lines += [_line(f, "ratcheted") for f in report.ratcheted]
    if view.abstentions:
        lines += [
            terminal(f"{a.project}: abstained[{a.code} {a.name}] {a.subject}: {a.reason}") for a in report.abstentions
        ]
    return "".join(line + "\n" for line in lines)


def _line(finding: Finding, word: str) -> str:
    place, name = terminal(str(finding.places[0])), terminal(f"{finding.code} {finding.name}")
    return f"{place}: {word}[{name}] {terminal(finding.message)}"
