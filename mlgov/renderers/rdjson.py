"""The Reviewdog Diagnostic Format: findings as comments of a review, on any forge that reviewdog knows.

Its columns count bytes of UTF-8, not characters. What is waived or ratcheted is left out.
"""

import json
from typing import Any

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others, span
from mlgov.renderers.escaping import file_name, json_text, terminal
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import ends
from mlgov.report import Report

HOME = "https://github.com/mlgov/mlgov"
_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """One object with one diagnostic a line."""
    lines = Lines(source)
    pages = {law.code: law.page for law in report.laws}
    diagnostics = ",\n".join(json.dumps(_diagnostic(f, lines, pages.get(f.code, ""))) for f in report.findings)
    head = json.dumps({"source": {"name": "mlgov", "url": HOME}})
    return json_text(f'{head[:-1]}, "diagnostics": [{diagnostics}]}}\n')


def _diagnostic(finding: Finding, lines: Lines, page: str) -> dict[str, Any]:
    pinned = anchor(finding, lines)
    return {
        "message": f"{terminal(finding.message)}{ends(others(finding, pinned))}\nhelp: {terminal(finding.remedy)}",
        "location": _location(pinned, lines),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": terminal(f"{finding.code} {finding.name}"), **({"url": page} if page else {})},
    }


def _location(place: Place, lines: Lines) -> dict[str, Any]:
    where = span(place, lines)
    path = file_name(where.file)
    if not place.line:
        return {"path": path}
    line = lines.line(where.file, where.line)
    columns = [len(line[: column - 1].encode("utf-8", "replace")) + 1 for column in (where.column, where.end)]
    start, end = ({"line": where.line, "column": column} for column in columns)
    return {"path": path, "range": {"start": start, "end": end}}
