"""What SARIF says about the program and its rules; GitHub shows the help of a rule beside each alert."""

from collections.abc import Sequence
from typing import Any

from mlgov import __version__
from mlgov.finding import Severity
from mlgov.renderers.escaping import capped, terminal
from mlgov.report import Law, Report

HOME = "https://github.com/mlgov/mlgov"
DESCRIPTION, NAME = 1024, 255  # characters that GitHub takes
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def driver(report: Report, codes: Sequence[str]) -> dict[str, Any]:
    """mlgov, with the rules of these codes at the highest severity that any of their findings has."""
    laws = {law.code: law for law in report.laws}
    levels: dict[str, Severity] = {}
    for finding in (*report.findings, *(w.finding for w in report.waived), *report.ratcheted):
        levels[finding.code] = max(levels.get(finding.code, Severity.INFO), finding.severity)
        laws.setdefault(finding.code, Law(finding.code, finding.name, "", finding.name, "", finding.remedy, "", ""))
    return {
        "name": "mlgov",
        "organization": "mlgov",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [_rule(laws[code], levels[code]) for code in codes],
    }


def _rule(law: Law, severity: Severity) -> dict[str, Any]:
    parts = [(heading, text) for heading, text in (("Why", law.why), ("Remedy", law.remedy)) if text]
    title = terminal(law.title)
    plain = "\n\n".join((title, *(f"{heading}: {_flat(text)}" for heading, text in parts)))
    marked = "\n\n".join((f"**{title}**", *(f"## {heading}\n\n{_clean(text)}" for heading, text in parts)))
    return {
        "id": law.code,
        "name": terminal(law.name)[:NAME],
        "shortDescription": {"text": capped(title, DESCRIPTION)},
        "fullDescription": {"text": capped(title if not law.why else f"{title} {_flat(law.why)}", DESCRIPTION)},
        "help": {"text": plain, "markdown": marked},
        **({"helpUri": law.page} if law.page else {}),
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": [tag for tag in ("ml-governance", law.family) if tag],
            "precision": "high",
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _flat(text: str) -> str:
    return terminal(" ".join(text.split()))


def _clean(text: str) -> str:
    """Markdown line by line, with nothing hidden in it."""
    return "\n".join(map(terminal, text.split("\n")))
