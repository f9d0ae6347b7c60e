"""A GitLab code quality report: findings beside the lines of a merge request.

GitLab compares the reports of both branches by fingerprint, and of two findings with one fingerprint shows the first; so
what has the same is numbered. It shows neither columns nor the other ends, so the description names these.
"""

import json
from collections import Counter
from typing import Any

from mlgov.finding import Finding, Severity
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others, span
from mlgov.renderers.escaping import file_name, json_text, terminal
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import ends
from mlgov.report import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """An array with one finding a line; what was waived or is ratcheted is left out."""
    lines = Lines(source)
    seen: Counter[str] = Counter()
    issues = ",\n".join(json.dumps(_issue(f, lines, seen)) for f in report.findings)
    return json_text(f"[{issues}]\n")


def _issue(finding: Finding, lines: Lines, seen: "Counter[str]") -> dict[str, Any]:
    pinned = anchor(finding, lines)
    where = span(pinned, lines)
    seen[finding.fingerprint] += 1
    number = seen[finding.fingerprint]
    return {
        "description": terminal(finding.message) + ends(others(finding, pinned)),
        "check_name": terminal(f"{finding.code} {finding.name}"),
        "fingerprint": finding.fingerprint if number == 1 else f"{finding.fingerprint}-{number}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": file_name(where.file), "lines": {"begin": where.line, "end": where.line}},
    }
