"""The examples show what they are there for: a clean project, its broken twin, and the smallest honest manifest."""

from functools import cache
from pathlib import Path

import pytest

from mlgov.catalogue import installed_rules
from mlgov.finding import Finding, Severity
from mlgov.report import Report
from mlgov.run import Request, check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def judged(name: str, **options: str) -> Report:
    """The report on one example."""
    report, _ = check(Request((str(EXAMPLES / name),), today="2026-11-20", options=options, use_cache=False))
    return report


@pytest.mark.parametrize("profile", ["prototype", "standard"])
def test_the_clean_project_has_no_finding(profile: str) -> None:
    report = judged("churn", profile=profile)
    assert [(f.code, f.message) for f in report.findings] == []
    assert report.exit_code == 0
    assert report.completeness.completed


def test_the_smallest_manifest_has_no_error_and_is_told_what_comes_next() -> None:
    report = judged("minimal", profile="prototype")
    assert len((EXAMPLES / "minimal" / "mlgov.yaml").read_text(encoding="utf-8").splitlines()) <= 20
    assert not [f for f in report.findings if f.severity > Severity.INFO]
    assert report.projects[0].next_steps


def test_the_broken_project_shows_many_rules_of_many_families() -> None:
    findings = judged("churn-broken").findings
    families = {rule.code: rule.family for rule in installed_rules()}
    assert len(findings) >= 15
    assert len({f.code for f in findings}) >= 10
    assert len({families[f.code] for f in findings}) >= 5


# code -> what stands at the first place, and at one of the others
PLANTED = {
    "EVA204": ("0.93", "0.8712"),
    "MON201": ("0.5", "0.2"),
    "EXP301": ("2000", None),
    "REQ203": ("0.55", "0.60"),
    "DAT205": ("md5-5d41402abc4b2a76b9719d911017c592", "md5-5d41402abc4b2a76b9719d911017c592"),
    "FRM201": ("retention_30days", None),
    "DEP202": ("error_budget", None),
    "FRM101": ("maximize", None),
    "DAT201": ("after_label", None),
    "DEP209": ("1.3.9", "1.4.0"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_each_finding_stands_at_its_defect_and_names_the_other_end(code: str) -> None:
    first, other = PLANTED[code]
    found = [f for f in judged("churn-broken").findings if f.code == code and first in texts(f)[0]]
    assert found
    assert other is None or any(other in text for text in texts(found[0])[1:])


def texts(finding: Finding) -> list[str]:
    """What stands at the places of a finding."""
    root = EXAMPLES.parent
    lines = [(root / p.file).read_text(encoding="utf-8").splitlines()[p.line - 1] for p in finding.places]
    return [line[p.column - 1 : p.end_column - 1] for line, p in zip(lines, finding.places, strict=True)]
