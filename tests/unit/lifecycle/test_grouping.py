"""Which file belongs to which project."""

from mlgov.finding import Origin
from mlgov.lifecycle.fact import Evidence, Fact
from mlgov.lifecycle.grouping import grouped, home

from .joined import joined


def piece(file: str, role: str = "part", *facts: Fact) -> Evidence:
    return Evidence(file, "x", facts, role)


def layout(*files: Evidence) -> dict[str, list[str]]:
    groups, _ = grouped(files)
    return {g.folder or ".": sorted(e.file for e in g.evidence) for g in groups}


def test_inner_folders_belong_to_the_folder_above() -> None:
    assert home("shop/models/model_card.md") == "shop"
    assert home("docs/cards/card.md") == ""
    assert home("shop/app.json") == "shop"


def test_without_a_manifest_cards_and_pipelines_make_projects() -> None:
    found = layout(piece("a/models/card.md", "anchor"), piece("b/dvc.yaml", "anchor"), piece("a/metrics/x.json"))
    assert found == {"a": ["a/metrics/x.json", "a/models/card.md"], "b": ["b/dvc.yaml"]}


def test_without_any_anchor_a_folder_of_artifacts_is_a_project() -> None:
    assert layout(piece("metrics/x.json"), piece("reports/y.json")) == {".": ["metrics/x.json", "reports/y.json"]}


def test_the_nearest_manifest_above_wins() -> None:
    found = layout(
        piece("mlgov.yaml", "manifest"), piece("a/mlgov.yaml", "manifest"), piece("a/x.json"), piece("y.json")
    )
    assert found == {".": ["mlgov.yaml", "y.json"], "a": ["a/mlgov.yaml", "a/x.json"]}


def test_the_only_manifest_takes_what_lies_outside() -> None:
    assert layout(piece("ml/mlgov.yaml", "manifest"), piece("alerts.yml")) == {"ml": ["alerts.yml", "ml/mlgov.yaml"]}


def test_two_manifests_and_a_file_above_both_is_ambiguous() -> None:
    _, defects = grouped([piece("a/mlgov.yaml", "manifest"), piece("b/mlgov.yaml", "manifest"), piece("metrics.json")])
    assert [d.code for d in defects] == ["INT010"]
    assert "a or b" in defects[0].message


def test_project_artifacts_name_a_file() -> None:
    own = Fact("project", {"id": "a", "artifacts": ["../metrics.json"]}, Origin("a/mlgov.yaml"))
    groups, defects = grouped(
        [piece("a/mlgov.yaml", "manifest", own), piece("b/mlgov.yaml", "manifest"), piece("metrics.json")]
    )
    assert defects == []
    assert "metrics.json" in [e.file for e in groups[0].evidence]


def test_shared_files_belong_to_every_project() -> None:
    found = layout(piece("a/mlgov.yaml", "manifest"), piece("b/mlgov.yaml", "manifest"), piece("CODEOWNERS", "shared"))
    assert [files.count("CODEOWNERS") for files in found.values()] == [1, 1]


def test_section_files_of_several_projects() -> None:
    header = "apiVersion: mlgov/v1\n"
    files = {f"governance/{p}/main.yaml": header + f"project: {{id: {p}}}\n" for p in ("a", "b")}
    files["governance/a/metrics.yaml"] = header + "metrics: [{id: auc}]\n"
    found = joined(files)
    assert {p.id: len(p.metrics) for p in found.projects} == {"a": 1, "b": 0}
