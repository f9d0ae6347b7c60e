"""DVC: pipelines as declared, as locked, pointers, and parameter files."""

from typing import Any

import pytest

from mlgov.lifecycle.fact import Fact
from tests.unit.formats.reading import FIXTURES, facts, folder, project, values

STAGES = "training.pipeline.stages[]"


def stages(text: str, **files: str) -> list[dict[str, Any]]:
    named = {name.replace("__", "/").replace("_yaml", ".yaml"): body for name, body in files.items()}
    return values({"dvc.yaml": text, **named}, "dvc", STAGES)


def test_what_dvc_locked_is_what_the_pipeline_declares() -> None:
    declared = {s["id"]: s for s in values(folder(FIXTURES / "dvc/real"), "dvc", STAGES)}
    locked = {s["id"]: s for s in values(folder(FIXTURES / "dvc_lock/real"), "dvc-lock", STAGES)}
    assert declared.keys() == locked.keys() == {"prepare", "train@1", "train@2", "evaluate"}
    for name, stage in declared.items():
        recorded = locked[name]
        assert stage["command"] == recorded["command"]
        assert stage.get("params") == recorded.get("params")
        assert sorted(stage["deps"]) == sorted(recorded["deps"])
        assert sorted(stage["outs"] + stage["metrics"]) == sorted(recorded["outs"])
        assert recorded["locked"] is True


def test_references_are_resolved_where_they_can_be() -> None:
    text = "vars: [{a: {b: [x, y]}}, more.yaml]\nstages:\n  s:\n    cmd: run ${a.b[1]} ${z} ${lr} ${gone.here}\n    deps: ['${a.b[0]}//in/', '${d}']\n"
    (stage,) = stages(text, params_yaml="lr: 1e-4\n", more_yaml="z: 7\n")
    assert stage["command"] == "run y 7 1e-4 ${gone.here}"
    assert stage["deps"] == ["/x/in", "/${d}"]


def test_a_stage_of_a_list_and_of_a_matrix_is_several() -> None:
    text = "stages:\n  a:\n    foreach: [eu, us]\n    do: {cmd: '${item}', outs: ['out/${item}']}\n"
    text += "  b:\n    foreach: {x: {v: 1}, y: {v: 2}}\n    do: {cmd: '${key}=${item.v}'}\n"
    text += "  c:\n    matrix: {m: [rf, lr], n: [1]}\n    cmd: ${item.m} ${item.n}\n"
    text += "  d:\n    foreach: [{v: 3}]\n    do: {cmd: '${item.v}'}\n"
    assert {s["id"]: s["command"] for s in stages(text)} == {
        "a@eu": "eu", "a@us": "us", "b@x": "x=1", "b@y": "y=2", "c@rf-1": "rf 1", "c@lr-1": "lr 1", "d@0": "3",
    }  # fmt: skip


def test_commands_paths_and_flags_in_every_dress() -> None:
    text = "stages:\n  s:\n    cmd: ['a  b', c]\n    wdir: ml\n    frozen: true\n    deps: [./x.py, ../y.py, 's3://b/k', '/abs']\n"
    text += "    outs: [o/, {p: {cache: false}}]\n    metrics: [m.json, {n.json: {cache: false}}]\n    plots: [q.csv]\n"
    (stage,) = values({"sub/dvc.yaml": text}, "dvc", STAGES)
    assert stage["command"] == "a b\nc"
    assert stage["deps"] == ["/sub/ml/x.py", "/sub/y.py", "s3://b/k", "/abs"]
    assert stage["outs"] == ["/sub/ml/o", "/sub/ml/p", "/sub/ml/m.json", "/sub/ml/q.csv"]
    assert stage["metrics"] == ["/sub/ml/n.json"]
    assert stage["frozen"] is True


def test_parameters_have_their_values_and_places() -> None:
    text = "stages:\n  s:\n    cmd: x\n    params: [train.lr, gone, {conf/other.yaml: [a]}, {all.yaml: null}]\n"
    files = {"dvc.yaml": text, "params.yaml": "train: {lr: 1e-4}\n", "conf/other.yaml": "a: 2\n", "all.yaml": "b: 3\n"}
    (fact,) = (f for f in facts(files, "dvc") if f.path == STAGES)
    assert fact.value["params"] == {"train.lr": 0.0001, "gone": None, "conf/other.yaml:a": 2, "all.yaml:b": 3}
    assert fact.parts["/params/train.lr"].file == "params.yaml"
    assert fact.parts["/params/train.lr"].pointer == "/train/lr"
    stage = project(files).training.pipeline.stages[0]
    assert stage.at("params", "conf/other.yaml:a").file in ("dvc.yaml", "conf/other.yaml")


@pytest.mark.parametrize(
    "text",
    ["stages:\n", "stages: []\n", "stages: {a: null, b: 3, c: []}\n", "stages: {a: {cmd: 3, deps: 5, outs: {}, params: x}}\n",
     "stages: {a: {foreach: 3, do: 4}, b: {matrix: {x: 1}}}\n", "metrics: [a.json]\n", "vars: 3\nstages: {a: {cmd: x}}\n",
     "stages: {a: {foreach: '${gone}', do: {cmd: x}}}\n", "artifacts: {a: 3}\n"],
)  # fmt: skip
def test_odd_pipelines_do_no_harm(text: str) -> None:
    assert all(isinstance(f, Fact) for f in facts({"dvc.yaml": text, "dvc.lock": text, "a.json": "{}"}, "dvc"))


def test_a_bomb_of_stages_is_cut() -> None:
    axis = "[" + ",".join(map(str, range(60))) + "]"
    found = stages(f"stages:\n  a:\n    matrix: {{x: {axis}, y: {axis}, z: {axis}}}\n    cmd: run\n")
    assert len(found) == 500


LOCK = """\
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: data/processed/train.csv, md5: 5d41402abc4b2a76b9719d911017c592, size: 10}
    - {path: src/train.py, md5: 7d793037a0760186574b0282f2f435e7, size: 5}
    params: {params.yaml: {train.lr: 0.0001}}
    outs:
    - {path: model//clf.pkl, md5: 9d5ed678fe57bcca610140957afab571, size: 9}
  evaluate:
    cmd: python evaluate.py
    deps:
    - {path: data/processed/test.csv, md5: 0cc175b9c0f1b6a831c399e269772661, size: 7}
"""


@pytest.mark.parametrize("text", [LOCK, LOCK.replace("\n", "\r\n")])
def test_a_lock_observes_stages_data_and_model(text: str) -> None:
    found = facts({"dvc.lock": text}, "dvc-lock")
    assert {f.how for f in found} == {"observed"}

    def said(path: str) -> list[Any]:
        return [f.value for f in found if f.path == path]

    assert said(STAGES)[0]["params"] == {"train.lr": 0.0001}
    assert said(STAGES)[0]["outs"] == ["/model/clf.pkl"]
    assert said("training.lineage.model_hash") == ["md5-9d5ed678fe57bcca610140957afab571"]
    assert said("training.lineage.data_version") == ["md5-5d41402abc4b2a76b9719d911017c592"]
    assert [(d["id"], d["role"], d["version"][:8], d["size_bytes"]) for d in said("data.datasets[]")] == [
        ("data/processed/train.csv", "train", "md5-5d41", 10), ("data/processed/test.csv", "test", "md5-0cc1", 7),
    ]  # fmt: skip


def test_two_data_sets_of_one_role_have_none() -> None:
    text = "stages:\n  s:\n    cmd: x\n    outs:\n    - {path: data/X_test.npy, md5: a}\n    - {path: data/y_test.npy, md5: b}\n"
    assert ["role" in d for d in values({"dvc.lock": text}, "dvc-lock", "data.datasets[]")] == [False, False]


def test_a_pointer_and_a_lock_speak_about_one_data_set() -> None:
    pointer = "outs:\n- {path: train.csv, md5: 5d41402abc4b2a76b9719d911017c592, size: 10}\n"
    found = project(
        {"dvc.yaml": "stages: {}\n", "dvc.lock": LOCK, "data/processed/train.csv.dvc": pointer}
    ).data.datasets
    assert [d.id for d in found] == ["data/processed/train.csv", "data/processed/test.csv"]


PARAMS = """\
split: {test_size: 0.2, val_size: 0.1, random_state: 7, stratify: true}
cv: {n_splits: 5}
train:
  seed: 42
  lr: 1e-4
  model_type: xgboost
  model_dir: models/obesity
  xgboost: {max_depth: 4}
  random_forest: {max_depth: 10}
  threshold: 0.62
  class_weight: balanced
evaluate: {min_roc_auc: 0.60, rmse_max: 3.5, accuracy_threshold: 0.8, primary_metric: pr_auc, plots: 3}
thresholds: {recall: 0.7}
min_f1: 0.5
fairness: {protected_attributes: [sex], demographic_parity_threshold: 0.1}
monitoring: {threshold: 0.3, random_state: 1, batch_size: 120}
min_samples_leaf: 3
"""


def test_parameters_mean_what_they_are_called() -> None:
    found = facts({"params.yaml": PARAMS}, "params")

    def said(path: str) -> list[Any]:
        return [f.value for f in found if f.path == path]

    assert said("training.lineage.seed") == [42]
    assert said("data.splits.seed") == [7]
    assert said("data.splits.folds") == [5]
    assert said("data.splits.strategy") == ["stratified"]
    assert said("data.splits.parts[]") == [{"part": "test", "fraction": 0.2}, {"part": "validation", "fraction": 0.1}]
    assert said("training.threshold.value") == [0.62]
    assert said("training.imbalance.strategy") == ["balanced"]
    assert said("evaluation.acceptance[]") == [
        {"metric": "roc_auc", "min": 0.6}, {"metric": "rmse", "max": 3.5}, {"metric": "accuracy", "min": 0.8},
        {"metric": "recall", "min": 0.7}, {"metric": "f1", "min": 0.5},
    ]  # fmt: skip
    assert said("training.pipeline.gates[]")[0] == {"metric": "roc_auc", "min": 0.6, "file": "/params.yaml"}
    assert said("metrics[]")[0]["role"] == "primary"
    assert said("evaluation.fairness.protected_attributes[]") == [{"name": "sex"}]
    assert said("evaluation.fairness.limits[]") == [{"measure": "demographic_parity_difference", "max": 0.1}]


def test_hyperparameters_have_one_spelling_and_no_paths() -> None:
    found = facts({"params.yaml": PARAMS}, "params")
    start = "training.hyperparameters."
    named = {f.path.removeprefix(start): f.value for f in found if f.path.startswith(start)}
    assert named == {
        "seed": 42, "learning_rate": 0.0001, "model_type": "xgboost", "max_depth": 4, "random_forest_max_depth": 10,
        "min_samples_leaf": 3,
    }  # fmt: skip


def test_a_yaml_number_and_a_lock_number_are_one_claim() -> None:
    files = {
        "params.yaml": "train: {lr: 1e-4}\n",
        "MODEL_CARD.md": "# Model card\n\n## Hyperparameters\n\n- Learning rate: 0.0001\n",
    }
    claims = project(files).claims("training.hyperparameters.learning_rate")
    assert [float(c.value) for c in claims] == [0.0001, 0.0001]


def test_a_pipeline_says_what_is_a_parameter_file() -> None:
    files = {
        "dvc.yaml": "stages: {s: {cmd: x, params: [{conf/a.yaml: [lr]}]}}\n",
        "conf/a.yaml": "lr: 0.1\n",
        "conf/b.yaml": "lr: 0.2\n",
    }
    assert values(files, "params", "training.hyperparameters.learning_rate") == [0.1]
