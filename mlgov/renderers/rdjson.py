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
        **_suggestions(finding, pinned, lines),
    }


def _suggestions(finding: Finding, pinned: Place, lines: Lines) -> dict[str, Any]:
    """A fix of one edit where the finding stands; each suggestion is taken alone, and half a fix is none."""
    edits = finding.fix.edits if finding.fix else ()
    if len(edits) != 1 or edits[0].file != pinned.file:
        return {}
    ((file, line, column, end_line, end_column, text),) = edits
    reach = {"start": _position(file, line, column, lines), "end": _position(file, end_line, end_column, lines)}
    return {"suggestions": [{"range": reach, "text": text}]}


def _location(place: Place, lines: Lines) -> dict[str, Any]:
    where = span(place, lines)
    path = file_name(where.file)
    if not place.line:
        return {"path": path}
    start, end = (_position(where.file, where.line, column, lines) for column in (where.column, where.end))
    return {"path": path, "range": {"start": start, "end": end}}


def _position(file: str, line: int, column: int, lines: Lines) -> dict[str, int]:
    before = lines.line(file, line)[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}
