"""What stands around the findings: stages, graph, claims and owners, only where it is asked for."""

import json
from pathlib import Path

import pytest

from mlgov import background
from mlgov.background import STAGES, stage_of
from mlgov.catalogue import installed_rules
from mlgov.lifecycle.manifest import SECTIONS
from mlgov.report import Report, from_data, to_cache, to_data
from mlgov.run import Request, check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def made(name: str = "churn-broken", **more: object) -> Report:
    return check(Request((str(EXAMPLES / name),), today="2026-11-20", background=True)._replace(**more))[0]  # type: ignore[arg-type]


def test_every_family_and_section_belongs_to_a_stage() -> None:
    families = {rule.family for rule in installed_rules()}
    assert {f for f in families if stage_of(f) not in STAGES} <= {"change"}
    sections = [section for _, some in STAGES.values() for section in some]
    assert sorted(sections) == sorted(set(SECTIONS) - {"project"})


def test_a_metric_knows_every_place_that_claims_it() -> None:
    report = made()
    assert report.background
    (portrait,) = report.background.portraits
    (node,) = (n for n in portrait.nodes if n.kind == "metric" and n.label == "roc_auc")
    said = {claim.text for claim in node.claims}
    assert {"0.93", "0.871", "0.8712", "0.846"} <= said
    files = {claim.place.file.rpartition("/")[2] for claim in node.claims}
    assert files == {"MODEL_CARD.md", "metrics.json", "mlgov.yaml"}
    assert len({claim.place for claim in node.claims}) == len(node.claims)


def test_the_graph_is_whole() -> None:
    report = made()
    assert report.background
    for portrait in report.background.portraits:
        keys = [node.key for node in portrait.nodes]
        assert len(keys) == len(set(keys))
        assert {key for edge in portrait.edges for key in edge} <= set(keys)
        assert {key for thread in portrait.threads for key in thread} <= set(keys)
        assert {gap.code for gap in portrait.gaps if gap.due} <= {f.code for f in report.findings}


def test_each_rule_of_a_stage_is_counted_once() -> None:
    report = made()
    assert report.background
    families = [rule.family for rule in installed_rules()]
    for cover in report.background.portraits[0].covers:
        some = STAGES[cover.stage][0]
        assert cover.passed + cover.spoke + cover.abstained + cover.silent == sum(f in some for f in families)


@pytest.mark.parametrize("name", ["churn", "churn-broken", "minimal"])
def test_it_comes_back_from_the_cache(name: str) -> None:
    report = made(name, use_cache=False)
    assert from_data(json.loads(json.dumps(to_cache(report)))) == report
    assert report.background
    assert background.from_data(background.to_data(report.background)) == report.background


def test_nobody_pays_for_it_who_does_not_ask() -> None:
    plain, full = made(background=False), made()
    assert plain.background is None
    assert to_data(plain) == to_data(full)  # nor does any other output depend on it
    assert made().background == full.background  # remembered apart from the plain report


def test_owners_are_those_of_codeowners(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("* @all\n/mlgov.yaml @ada @bo\n")
    (tmp_path / "mlgov.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: a, stage: development}\n")
    report, _ = check(Request((str(tmp_path),), today="2026-11-20", background=True))
    assert report.background
    assert report.background.owners == (("mlgov.yaml", ("@ada", "@bo")),)
