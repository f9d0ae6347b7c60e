"""SARIF 2.1.0 as GitHub code scanning takes it: one run, every result at a line, the other ends as related locations.

GitHub knows no accepted findings: it opens what `suppressions` names as an alert like any other. So they are left out
unless somebody asks for them.
"""

import gzip
import json
from collections.abc import Iterator
from typing import Any

from mlgov.finding import Finding
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import json_text, terminal
from mlgov.renderers.json import capped_data
from mlgov.renderers.lines import Lines
from mlgov.renderers.sarif.driver import driver
from mlgov.renderers.sarif.results import Results
from mlgov.renderers.wording import allowed, gaps, many, worst
from mlgov.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS, BYTES = 25_000, 10_000_000  # of one run, compressed: what GitHub takes
Suppressed = tuple[Finding, str]


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """One run; where GitHub would refuse it for its size, the worst findings stay and a notification says so."""
    lines, kept = Lines(source), RESULTS
    while True:
        text = _written(_log(report, lines, view, kept))
        if not kept or len(text) <= BYTES or (size := len(gzip.compress(text.encode(), 1))) <= BYTES:
            return text
        kept = min(kept, len(report.findings)) * BYTES * 9 // (size * 10)


def _written(log: dict[str, Any]) -> str:
    """JSON with one result a line: a tenth of the lines of indented JSON, and as good to compare."""
    run = log["runs"][0]
    results = ",\n".join(json.dumps(result) for result in run["results"])
    shell = json.dumps(log | {"runs": [run | {"results": "@"}]}, indent=1)
    head, _, tail = shell.rpartition('"@"')
    return json_text(f"{head}[{results}]{tail}\n")


def _log(report: Report, lines: Lines, view: View, most: int) -> dict[str, Any]:
    shown = worst(report.findings, most)
    accepted = list(_accepted(report))[: most - len(shown)] if view.suppressed else []
    codes = sorted({f.code for f in (*shown, *(f for f, _ in accepted))})
    results = Results(codes, lines)
    run = {
        "tool": {"driver": driver(report, codes)},
        "automationDetails": {"id": f"mlgov/{view.category}/" if view.category else "mlgov/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(report, len(shown))],
        "properties": capped_data({"completeness": report.completeness._asdict(), "policy": report.policy}),
        "results": [*map(results.of, shown), *(results.of(f) | _suppression(why) for f, why in accepted)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _accepted(report: Report) -> Iterator[Suppressed]:
    """Findings that somebody accepted, with the reason."""
    yield from ((w.finding, allowed(w.waiver)) for w in report.waived)
    yield from ((f, "known to the ratchet") for f in report.ratcheted)


def _suppression(why: str) -> dict[str, Any]:
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": terminal(why)}]}


def _invocation(report: Report, shown: int) -> dict[str, Any]:
    said = [("note", terminal(note)) for note in report.completeness.notes]
    if missing := gaps(report.completeness):
        said.append(("error", f"incomplete: {missing}; this run decides nothing"))
    if left := len(report.findings) - shown:
        said.append(("warning", f"{many(left, 'finding')} left out, the least severe: GitHub would refuse the report"))
    notifications = [{"level": level, "message": {"text": text}} for level, text in said]
    return {
        "executionSuccessful": report.completeness.completed,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }
