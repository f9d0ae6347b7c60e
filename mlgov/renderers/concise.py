"""One line per finding, for editors and grep: `path:line:col: severity[CODE name] message`."""

from mlgov.renderers import Source
from mlgov.report import Report


def render(report: Report, source: Source, *, color: bool = False, abstentions: bool = False) -> str:
    """Findings in order of place, one line each."""
    lines = [f"{f.places[0]}: {f.severity.word}[{f.code} {f.name}] {f.message}" for f in report.findings]
    return "".join(line + "\n" for line in lines)
