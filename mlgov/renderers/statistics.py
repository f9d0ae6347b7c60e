"""How often each rule was found: a table, the most frequent first."""

from collections import Counter

from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import terminal
from mlgov.renderers.wording import counts, gaps, scope
from mlgov.report import Report


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """Count, severity, code and name; then the sum, so that an empty table is not mistaken for no run."""
    found = Counter((f.code, f.name, f.severity.word) for f in report.findings)
    found.update((w.finding.code, w.finding.name, "waived") for w in report.waived)
    found.update((f.code, f.name, "ratcheted") for f in report.ratcheted)
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    wide = max((len(str(count)) for _, count in rows), default=0)
    most = max([7, *(len(word) for (_, _, word), _ in rows)])
    lines = [f"{count:>{wide}}  {word:<{most}}  {terminal(f'{code} {name}')}" for (code, name, word), count in rows]
    lines.append(f"Found {counts(report) or 'nothing'}: {scope(report)}.")
    if missing := gaps(report.completeness):
        lines.append(f"Incomplete: {missing}; this run decides nothing (exit code 2).")
    return "\n".join(lines) + "\n"
