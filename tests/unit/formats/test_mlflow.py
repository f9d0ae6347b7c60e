"""MLflow: exported models, projects, recipes, and the file store."""

from typing import Any

import pytest

from mlgov.catalogue import installed_formats
from mlgov.inventory import take
from mlgov.lifecycle.fact import Fact
from mlgov.snapshot import MemoryTree
from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, place, project, values

RUN = "artifact_uri: a\nlifecycle_stage: {stage}\nrun_id: r1\nrun_name: base\nstart_time: 1698083112155\nstatus: {status}\n"
HYPER = "training.hyperparameters."


def run(metric: str = "accuracy", text: str = "1698083112312 0.834 0\n", **more: Any) -> dict[str, str]:
    status, stage = more.get("status", 3), more.get("stage", "active")
    return {"mlruns/0/r1/meta.yaml": RUN.format(status=status, stage=stage), f"mlruns/0/r1/metrics/{metric}": text}


def test_a_signature_is_json_within_yaml() -> None:
    files = folder(FIXTURES / "mlmodel/real")
    (signature,) = [project(files).training.signature]
    assert [(i.name, i.type, i.required) for i in signature.inputs] == [
        ("tenure", "long", True),
        ("plan", "string", False),
    ]
    assert signature.outputs == []  # an output without a name is no column
    assert project(files).team.ownership.model == "ada@example.org"
    assert project(files).training.lineage.environment_ == "/python_env.yaml"
    assert [(m.what, m.value.text) for m in project(files).serving.measurements] == [("size", "18204B")]
    assert "3.17.2" in [e.version for e in inventory(files).entries]


def test_the_shape_of_a_tensor_is_without_the_batch() -> None:
    text = """flavors: {tf: {}}\nsignature: {inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "f", "shape": [-1, 28, 28]}}]'}\n"""
    assert values({"MLmodel": text}, "mlflow-model", "training.architecture.input_shape") == [[28, 28]]


def test_a_model_within_the_store_is_one_of_many() -> None:
    model = "flavors: {x: {}}\nrun_id: r1\n"
    files = run() | {"mlruns/0/r2/meta.yaml": "", "mlruns/0/r1/artifacts/model/MLmodel": model}
    assert not facts(files, "mlflow-model")
    assert facts({**files, "mlgov.yaml": "training: {lineage: {run_id: r1}}\n"}, "mlflow-model")


def test_the_last_line_of_a_metric_counts_with_its_time_in_milliseconds() -> None:
    files = run("test_roc_auc", "1698083112312 0.81 0\n1698083112399 8.710e-1 1\n")
    (fact,) = facts(files, "mlflow-run")
    assert (fact.value["value"].text, fact.value["split"], fact.how) == ("8.710e-1", "test", "observed")
    assert fact.value["date"] == "2023-10-23T17:45:12Z"
    assert fact.origin.pointer == "@2:15-23"
    assert fact.parts["run_id"].file == "mlruns/0/r1/meta.yaml"


def test_the_name_of_a_metric_may_hold_slashes() -> None:
    (found,) = values(run("val/f1"), "mlflow-run", "evaluation.results[]")
    assert (found["metric"], found["split"]) == ("val/f1", "validation")


@pytest.mark.parametrize(
    "files",
    [run(status=4), run(status=1), run(status=5), run(stage="deleted"), run("system/cpu_percent"), run("epoch"),
     run(text=""), run(text="x y z\n"), run(text="1 0.5 0 a\n")],
)  # fmt: skip
def test_failed_deleted_and_strange_runs_measure_nothing(files: dict[str, str]) -> None:
    assert not facts(files, "mlflow-run")


def test_nan_is_told_at_its_place() -> None:
    (defect,) = inventory(run(text="1698083112312 nan 0\n")).defects
    assert (defect.code, defect.origins[0].pointer) == ("INT004", "@1:15")


def test_several_results_of_one_metric_do_not_contradict_a_card_that_equals_one() -> None:
    files = run("test_accuracy", "1 0.80 0\n")
    files |= {k.replace("r1", "r2"): v.replace("r1", "r2").replace("0.80", "0.85") for k, v in files.items()}
    found = project({**files, "MODEL_CARD.md": "# Model card\n\n## Metrics\n\n- Test accuracy: 0.85\n"})
    assert sorted(float(r.value) for r in found.evaluation.results) == [0.8, 0.85, 0.85]


def test_parameters_of_the_only_run_are_those_of_the_model() -> None:
    found = {f.path: f for f in facts(folder(FIXTURES / "mlflow_run/real"), "mlflow-run")}
    assert {p: f.value for p, f in found.items() if p.startswith(HYPER)} == {
        HYPER + "learning_rate": 0.05, HYPER + "max_depth": 6, HYPER + "seed": 42,
    }  # fmt: skip
    assert found["training.lineage.seed"].value == 42
    assert found["training.lineage.commit"].value.startswith("3f2a9c1d")


def test_of_several_runs_the_one_counts_that_is_named() -> None:
    files = run() | {"mlruns/0/r1/params/lr": "0.1"}
    files |= {path.replace("r1", "r2"): text.replace("r1", "r2").replace("0.1", "0.2") for path, text in files.items()}
    assert not [f for f in facts(files, "mlflow-run") if f.path.startswith(HYPER)]
    for name, text in {"models/model/MLmodel": "flavors: {x: {}}\nrun_id: r2\n",
                       "mlgov.yaml": "training: {lineage: {run_id: r2}}\n"}.items():  # fmt: skip
        assert values({**files, name: text}, "mlflow-run", HYPER + "learning_rate") == [0.2]


def test_a_child_run_with_a_seed_repeats_the_recipe() -> None:
    (repeated,) = values(folder(FIXTURES / "mlflow_run/real"), "mlflow-run", "training.runs[]")
    assert (repeated["seed"], repeated["metric"], repeated["value"], repeated["split"]) == (
        43,
        "test_roc_auc",
        0.866,
        "test",
    )
    trial = {**run(), "mlruns/0/r1/tags/mlflow.parentRunId": "r0"}
    assert not facts(trial, "mlflow-run")


def test_a_finished_run_is_a_candidate_and_the_champion_is_registered() -> None:
    found = project(folder(FIXTURES / "mlflow_store/real")).training
    assert found.lineage.registered_version == "1"
    assert sorted(c.id.rpartition("-")[0] for c in found.candidates) == ["gradient-boosting", "seed-43"]


@pytest.mark.parametrize(("stage", "version"), [("Production", ["7"]), ("None", []), ("Staging", []), ("Archived", [])])
def test_only_production_is_registered(stage: str, version: list[str]) -> None:
    text = f"creation_timestamp: 1\ncurrent_stage: {stage}\nname: churn\nrun_id: r1\nversion: 7\n"
    files = {"mlruns/models/churn/version-7/meta.yaml": text}
    assert values(files, "mlflow-store", "training.lineage.registered_version") == version


def test_the_files_of_a_store_belong_to_the_project_above() -> None:
    files = {f"ml/{path}": text for path, text in run().items()}
    files |= {path.replace("r1", "r2"): text for path, text in files.items()}
    assert len(project(files).evaluation.results) == 2


def test_entry_points_are_stages_without_values() -> None:
    (train, _) = project(folder(FIXTURES / "mlproject/real")).training.pipeline.stages
    assert (train.id, train.params) == ("train", {"data_file": None, "regularization": 0.1})
    assert train.command == "python train.py -r {regularization} {data_file}"


def test_a_recipe_is_read_around_its_gaps() -> None:
    files = {path: text.decode() for path, text in folder(FIXTURES / "mlflow_recipe/real").items()}
    found = project(files)
    assert found.data.labels.name == "fare"
    assert [(a.metric, a.max.text) for a in found.evaluation.acceptance] == [
        ("root_mean_squared_error", "10"), ("weighted_error", "0.5"),
    ]  # fmt: skip
    assert [g.metric for g in found.training.pipeline.gates] == ["root_mean_squared_error", "weighted_error"]
    assert found.data.splits is None  # filled in by one of several profiles
    assert [d.location for d in found.data.datasets] == ["/data/rides.parquet"]
    (limit, _) = (f for f in facts(files, "mlflow-recipe") if f.path == "evaluation.acceptance[]")
    assert place(limit.origin, files) == "recipe.yaml:15:20"
    assert not inventory(files).defects


def test_a_gate_that_may_be_passed_anyway_is_none() -> None:
    text = (
        "recipe: classification/v1\nsteps:\n  evaluate: {validation_criteria: [{metric: f1_score, threshold: 0.6}]}\n"
    )
    text += "  register: {allow_non_validated_model: true}\n  split: {split_ratios: [0.8, 0.1, 0.1]}\n"
    found = facts({"recipe.yaml": text}, "mlflow-recipe")
    assert not [f for f in found if f.path == "training.pipeline.gates[]"]
    first, *_ = (f.value for f in found if f.path == "data.splits.parts[]")
    assert first == {"part": "train", "fraction": 0.8}


def test_relative_weights_of_a_split_are_left_out() -> None:
    text = "recipe: classification/v1\nsteps: {split: {split_ratios: [8, 1, 1]}}\n"
    assert not values({"recipe.yaml": text}, "mlflow-recipe", "data.splits.parts[]")


@pytest.mark.parametrize("text", ["1 " + "9" * 390 + " 0\n", "9" * 200_000 + "\n", "1 0.5 0\n" * 50_000])
def test_endless_lines_and_files_are_read(text: str) -> None:
    assert all(isinstance(f, Fact) for f in facts(run(text=text), "mlflow-run"))


def test_an_unclosed_gap_is_no_gap() -> None:
    assert inventory({"recipe.yaml": "recipe: regression/v1\n" + "{{" * 100_000}).entries


def test_a_second_run_is_noticed_though_the_files_of_the_first_are_equal() -> None:
    base = run() | {"mlruns/0/r1/params/lr": "0.1"}
    head = base | {path.replace("r1", "r2"): text.replace("r1", "r2") for path, text in base.items()}
    before, shelf = take(MemoryTree(dict(base)), installed_formats(), lambda _: True)
    after, _ = take(MemoryTree(dict(head)), installed_formats(), lambda _: True, shelf)
    paths = [[f.path for e in found.evidence for f in e.facts] for found in (before, after)]
    assert [any(path.startswith(HYPER) for path in row) for row in paths] == [True, False]
