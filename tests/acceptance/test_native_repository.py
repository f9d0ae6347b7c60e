"""A repository without any manifest: its own files contradict each other, and each contradiction is a finding."""

import subprocess
from pathlib import Path

import pytest

from mlgov.report import Report
from mlgov.run import Request, check

FILES = {
    "MODEL_CARD.md": """# Churn model

Model version: v3
Date: 2026-02-30

## Intended use

TODO

## Evaluation

Primary metric: PR-AUC

| Metric | Value |
|---|---|
| ROC-AUC | 0.95 |

Baseline ROC-AUC: 0.65
""",
    "metrics.json": '{\n  "model_version": "v2",\n  "dataset": "data/train.csv",\n  "roc_auc": 0.71\n}\n',
    "params.yaml": "train:\n  max_depth: 6\nevaluate:\n  min_roc_auc: 0.60\n",
}


def judged(folder: Path, **changed: str) -> Report:
    """The report on the files, in a git repository."""
    for name, text in (FILES | {"metrics.json": FILES["metrics.json"]} | changed).items():
        (folder / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    report, _ = check(Request((str(folder),), today="2026-11-20", use_cache=False))
    return report


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("EVA205", ["MODEL_CARD.md:16:13", "metrics.json:4:14"]),  # 0.95 for v3 against 0.71 for v2
        ("EVA206", ["metrics.json:4:14"]),  # evaluated on the training file
        ("FRM204", ["params.yaml:4:16", "MODEL_CARD.md:18:19"]),  # a threshold below the baseline
        ("INT007", ["MODEL_CARD.md:8:1"]),  # TODO as intended use
        ("INT008", ["MODEL_CARD.md:4:7"]),  # a day that does not exist
        ("EVA201", ["MODEL_CARD.md:12:17"]),  # a primary metric that no result reports
    ],
)
def test_each_contradiction_is_found_with_both_ends(code: str, places: list[str], tmp_path: Path) -> None:
    found = [f for f in judged(tmp_path).findings if f.code == code]
    assert len(found) == 1
    stated = [str(p) for p in found[0].places]
    assert stated[0] == places[0]
    assert set(places) <= set(stated)


def test_nothing_is_asked_to_be_present(tmp_path: Path) -> None:
    report = judged(tmp_path)
    assert not [f for f in report.findings if f.code[3] == "0" and not f.code.startswith("INT")]
    (project,) = report.projects
    assert not project.has_manifest
    assert "evaluation" in project.sections


def test_the_same_version_makes_it_a_mismatch_of_numbers(tmp_path: Path) -> None:
    metrics = FILES["metrics.json"].replace("v2", "v3").replace("train.csv", "test.csv")
    codes = {f.code for f in judged(tmp_path, **{"metrics.json": metrics}).findings}
    assert "EVA204" in codes
    assert not codes & {"EVA205", "EVA206"}


def test_an_honest_repository_is_left_alone(tmp_path: Path) -> None:
    card = (
        FILES["MODEL_CARD.md"].replace("0.95", "0.71").replace("v3", "v2").replace("2026-02-30", "2026-02-28")
        .replace("TODO", "Ranking accounts for a call.").replace("PR-AUC", "ROC-AUC")
    )  # fmt: skip
    metrics = FILES["metrics.json"].replace("train.csv", "test.csv")
    params = FILES["params.yaml"].replace("0.60", "0.70")
    report = judged(tmp_path, **{"MODEL_CARD.md": card, "metrics.json": metrics, "params.yaml": params})
    assert [(f.code, f.message) for f in report.findings] == []
