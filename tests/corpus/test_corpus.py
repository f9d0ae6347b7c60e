"""mlgov on real repositories: it never crashes, reports nothing that was judged right, and finds much of what is wrong."""

from pathlib import Path

import pytest

from mlgov.finding import Finding, Severity
from mlgov.report import Report
from mlgov.run import Request, check

from .corpus import LEFT_OUT, WRONG, Judged, is_kept, judged, planted, repositories

pytestmark = pytest.mark.skipif(not repositories(), reason=LEFT_OUT)
TODAY = "2026-11-20"
# findings that stand on the line of such a fact and speak about another one, which was judged wrong
ANOTHER_FACT = {("G033", "EVA206"): "G040: a test split is configured, but only validation metrics are reported"}
# facts whose judgement names another line of the file than the one under which it is listed
TOLD_AT = {"G017": 6}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """One report for each repository."""
    folder = tmp_path_factory.mktemp("corpus")
    found = {}
    for repo in repositories():
        target = planted(repo, folder)
        request = Request((str(target),), today=TODAY, options={"allow_empty": True}, use_cache=False)
        report, _ = check(request)
        kept = tuple(f for f in report.findings if f.code != "INT016" or is_kept(repo, f.places[0].file))
        found[repo] = report._replace(findings=kept)
    return found


def hits(fact: Judged, report: Report) -> list[Finding]:
    """The findings that speak about a judged fact: a place on its line, or two of its files in one finding."""
    return [f for f in report.findings if _speaks_of(f, fact)]


def _speaks_of(finding: Finding, fact: Judged) -> bool:
    places = {(p.file, p.line) for p in finding.places}
    lines = {place for place in fact.places if place[1]}
    if fact.id in TOLD_AT:
        lines.add((fact.places[0][0], TOLD_AT[fact.id]))
    if places & lines:
        return True
    return len({f for f, _ in fact.places} & {p.file for p in finding.places}) > 1


@pytest.mark.parametrize("repo", repositories())
def test_no_rule_crashes(repo: str, reports: dict[str, Report]) -> None:
    report = reports[repo]
    assert [f.message for f in report.findings if f.code == "INT001"] == []
    assert report.completeness.rules_run == report.completeness.rules_planned


@pytest.mark.parametrize(
    "fact", [f for f in judged() if f.verdict == "trap-ok"] if repositories() else [], ids=lambda f: f.id
)
def test_what_only_looks_wrong_is_not_reported(fact: Judged, reports: dict[str, Report]) -> None:
    report = reports[fact.repo]
    exact = [f for f in hits(fact, report) if fact.places[0] in {(p.file, p.line) for p in f.places}]
    alarms = [f for f in exact if f.severity > Severity.INFO and (fact.id, f.code) not in ANOTHER_FACT]
    assert [(f.code, f.message) for f in alarms] == []


def test_recall_of_what_is_wrong(reports: dict[str, Report]) -> None:
    wrong = [f for f in judged() if f.verdict in WRONG and f.from_corpus]
    found = [f for f in wrong if hits(f, reports[f.repo])]
    for fact in wrong:
        codes = sorted({h.code for h in hits(fact, reports[fact.repo])})
        print(
            f"{fact.id} {'found ' + ' '.join(codes) if codes else 'missed'}: {fact.repo} {fact.places[0]} {fact.words}"
        )
    print(f"recall {len(found)} of {len(wrong)}")
    assert len(found) >= 43  # what is found today; a change that loses a fact must say so
