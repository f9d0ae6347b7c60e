"""Metrics files in every shape that scripts write."""

import json
from typing import Any

import pytest

from tests.unit.formats.reading import facts, inventory, project, values

RESULTS = "evaluation.results[]"


def results(data: Any, path: str = "metrics.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = values({path: json.dumps(data)}, "metrics", RESULTS)
    return found


def row(metric: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"metric": metric, "value": value, **more}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"auc": 0.7, "epoch": 3, "lr": 0.1, "time": 5.2}, [row("auc", 0.7)]),
        ({"test": {"auc": 0.7}, "train": {"auc": 0.9}}, [row("auc", 0.7, split="test"), row("auc", 0.9, split="train")]),
        ({"model": "x", "metrics": {"f1": 0.5}}, [row("f1", 0.5)]),
        ({"model": {"version": "1.2"}, "f1": 0.5}, [row("f1", 0.5, model_version="1.2")]),
        ({"val_f1_macro": 0.5}, [row("val_f1_macro", 0.5, split="validation")]),
        ([{"metric": "auc", "value": 0.9, "split": "test"}], [row("auc", 0.9, split="test")]),
        ({"results": [{"name": "f1", "value": 0.5}]}, [row("f1", 0.5)]),
        ([{"model": "a", "f1": 0.5}, {"model": "b", "f1": 0.6}], [row("f1", 0.5, variant="a"), row("f1", 0.6, variant="b")]),
        ({"a": {"f1": 0.5}, "b": {"f1": 0.6}}, [row("f1", 0.5, variant="a"), row("f1", 0.6, variant="b")]),
        ({"churn": {"f1": 0.5}}, [row("f1", 0.5)]),
        ({"accuracy": {"train": 0.9, "test": 0.8}}, [row("accuracy", 0.9, split="train"), row("accuracy", 0.8, split="test")]),
        ({"auc": {"value": 0.7, "n": 50, "ci": [0.6, 0.8]}}, [row("auc", 0.7, n=50, ci={"low": 0.6, "high": 0.8})]),
        ({"f1": {"mean": 0.7, "std": 0.1}}, [row("f1", 0.7, sd=0.1)]),
        ({"slices": {"young": {"f1": 0.4, "n": 10}}}, [row("f1", 0.4, slice="young", n=10)]),
        ({"threshold_metrics": {"0.3": {"recall": 0.9}}}, [row("recall", 0.9, threshold="0.3")]),
        ({"f1": 0.5, "n_test": 30, "train_f1": 0.9}, [row("f1", 0.5, n=30), row("train_f1", 0.9, split="train")]),
        ({"f1": 0.5, "test_size": 0.2}, [row("f1", 0.5)]),
        ({"f1": 0.5, "dataset": {"path": "d/test.csv", "rows": 30}}, [row("f1", 0.5, dataset="d/test.csv", n=30, split="test")]),
        ({"f1": 0.5, "history": {"f1": 0.1}, "f1_per_epoch": [0.1, 0.5]}, [row("f1", 0.5)]),
        ({"f1": True, "recall": "high", "auc": None, "accuracy": 0.9}, [row("accuracy", 0.9)]),
        ({"f1": 0.5, "run_id": "r7", "timestamp": "2026-10-01T09:00:00Z"}, [row("f1", 0.5, run_id="r7", date="2026-10-01T09:00:00Z")]),
        (
            {"accuracy": 0.8, "accuracy_by_group": {"f": 0.7, "m": 0.9}, "group_counts": {"f": 40, "m": 60}},
            [row("accuracy", 0.8), row("accuracy", 0.7, n=40, slice="group=f"), row("accuracy", 0.9, n=60, slice="group=m")],
        ),
    ],
)  # fmt: skip
def test_reads(data: Any, expected: list[dict[str, Any]]) -> None:
    assert results(data) == expected


def test_data_named_after_the_training_split_are_the_training_split() -> None:
    (found,) = facts({"metrics.json": '{"roc_auc": 0.71, "dataset": "data/train.csv"}'}, "metrics")
    assert found.value["split"] == "train"
    assert found.parts["split"].pointer == "/dataset"
    assert found.how == "observed"


def test_a_name_that_says_its_split_is_believed_before_the_data() -> None:
    assert results({"test_auc": 0.7, "dataset": "data/train.csv"})[0]["split"] == "test"


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("metrics.json", {}),
        ("reports/train_metrics.json", {"split": "train"}),
        ("metrics/test.json", {"split": "test"}),
        ("reports/v1.2/metrics.json", {"model_version": "v1.2"}),
        ("evaluation_v2.json", {"model_version": "v2"}),
    ],
)
def test_the_path_speaks_too(path: str, more: dict[str, str]) -> None:
    assert results({"accuracy": 0.9}, path) == [row("accuracy", 0.9, **more)]


def test_keeps_the_digits() -> None:
    (result,) = project({"metrics.json": '{"accuracy": 0.910}'}).results
    assert result.literal("value") == "0.910"


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_a_value_that_is_no_number_is_told_with_its_place(text: str) -> None:
    found = inventory({"metrics.json": f'{{"f1": 0.5,\n "auc": {text}}}'})
    (defect,) = found.defects
    assert (defect.code, defect.origins[0].pointer) == ("INT004", "@2:9")
    assert text in defect.message
    assert [f.value["metric"] for e in found.evidence for f in e.facts] == ["f1"]


def test_a_baseline_is_not_a_result() -> None:
    files = {"metrics.json": '{"auc": 0.7, "baseline": {"auc": 0.6}, "baseline_f1": 0.4}'}
    assert values(files, "metrics", RESULTS) == [row("auc", 0.7)]
    assert values(files, "metrics", "baselines[]") == [
        {"id": "baseline", "results": [row("auc", 0.6)]}, {"id": "baseline", "results": [row("f1", 0.4)]},
    ]  # fmt: skip


def test_a_baseline_file_holds_only_baselines() -> None:
    (found,) = facts({"reports/baseline_metrics.json": '{"auc": 0.6, "f1": 0.4}'}, "metrics")
    assert found.path == "baselines[]"
    assert found.value == {"id": "baseline_metrics", "results": [row("auc", 0.6), row("f1", 0.4)]}
    assert found.parts["results.1"].pointer == "/f1"


def test_limits_are_criteria() -> None:
    files = {"metrics.json": '{"auc": 0.7, "min_recall": 0.5, "thresholds": {"auc": 0.65, "rmse": 3, "epochs": 4}}'}
    assert values(files, "metrics", "evaluation.acceptance[]") == [
        {"metric": "recall", "min": 0.5}, {"metric": "auc", "min": 0.65}, {"metric": "rmse", "max": 3},
    ]  # fmt: skip


def test_a_pipeline_says_what_is_a_metrics_file() -> None:
    pipeline = "stages:\n  e:\n    wdir: ml\n    cmd: x\n    metrics: [out/x.json: {cache: false}]\n"
    files = {"dvc.yaml": pipeline, "ml/out/x.json": '{"lift": 3.2, "step": 4}', "ml/out/y.json": '{"lift": 3.2}'}
    assert values(files, "metrics", RESULTS) == [row("lift", 3.2)]


def test_the_manifest_says_what_is_a_metric() -> None:
    manifest = "apiVersion: mlgov/v1\nproject: {id: x}\nmetrics: [{id: churn_capture, aliases: [Top decile]}]\n"
    files = {
        "mlgov.yaml": manifest,
        "metrics.json": '{"auc": 0.7, "churn_capture": 0.4, "top_decile": 0.3, "other": 1}',
    }
    assert [r["metric"] for r in values(files, "metrics", RESULTS)] == ["auc", "churn_capture", "top_decile"]


@pytest.mark.parametrize(
    "path", ["monitoring/metrics.json", "reports/drift/metrics.json", "coverage/metrics.json", "x.json"]
)
def test_other_numbers_are_left_alone(path: str) -> None:
    assert not results({"accuracy": 0.9}, path)


@pytest.mark.parametrize("name", ["metrics.json", "train_metrics.json", "metrics-v2.json"])
def test_a_broken_file_called_metrics_is_told(name: str) -> None:
    assert [d.code for d in inventory({name: '{"a":'}).defects] == ["INT002"]
    assert not inventory({"results.json": '{"a":', "evaluation.json": "{"}).defects


def test_a_report_inside_a_file_counts_classes_and_items() -> None:
    scores = {"precision": 0.5, "recall": 0.5, "f1-score": 0.5}
    report = {"0": {**scores, "support": 6}, "1": {**scores, "support": 4}, "accuracy": 0.5,
              "macro avg": {**scores, "support": 10}, "weighted avg": {**scores, "support": 10}}  # fmt: skip
    found = results({"report": report})
    assert row("accuracy", 0.5, n=10) in found
    assert row("f1", 0.5, n=10, average="macro") in found
    assert row("recall", 0.5, slice="1", n=10, positives=4) in found


def test_a_report_alone_tells_its_classes_and_their_shares() -> None:
    scores = {"precision": 0.5, "recall": 0.5, "f1-score": 0.5}
    report = {"a": {**scores, "support": 30}, "b": {**scores, "support": 10}, "macro avg": {**scores, "support": 40},
              "weighted avg": {**scores, "support": 40}, "dataset": "test_2026"}  # fmt: skip
    files = {"out/report.json": json.dumps(report)}
    assert values(files, "classification-report", "framing.output.classes") == [["a", "b"]]
    (data,) = values(files, "classification-report", "data.datasets[]")
    assert data == {"id": "test_2026", "class_balance": {"a": 0.75, "b": 0.25}}
