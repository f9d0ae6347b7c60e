"""Kedro, ZenML, lm-evaluation-harness and W&B."""

from typing import Any

import pytest

from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, project, values

HYPER = "training.hyperparameters."
RUN = "wandb/run-20261120_173333-abc123xy/files/"


def hyperparameters(files: dict[str, Any], format_: str) -> dict[str, Any]:
    return {f.path.removeprefix(HYPER): f.value for f in facts(files, format_) if f.path.startswith(HYPER)}


def test_the_model_of_a_zenml_configuration() -> None:
    found = project(folder(FIXTURES / "zenml/real"))
    assert (found.identity.name, found.identity.version, found.identity.license.weights) == (
        "churn",
        "1.4.0",
        "Apache-2.0",
    )
    assert (found.identity.intended_use, found.data.labels.name) == ("Ranking accounts for a call", "left")
    assert [limit.statement for limit in found.evaluation.limitations] == ["EU accounts only"]
    assert found.identity.card.sections == ["caveats"]  # ethics is still to do
    assert [(a.metric, a.min.text) for a in found.evaluation.acceptance] == [("accuracy", "0.75")]
    assert [(p.part, float(p.fraction)) for p in found.data.splits.parts] == [("test", 0.2)]
    assert found.training.lineage.seed == 42
    assert hyperparameters(folder(FIXTURES / "zenml/real"), "zenml") == {
        "learning_rate": 0.05,
        "max_depth": 6,
        "seed": 42,
    }


@pytest.mark.parametrize(("version", "said"), [("production", []), ("latest", []), ("3", ["3"]), ('"1.10"', ["1.10"])])
def test_a_stage_is_no_version(version: str, said: list[str]) -> None:
    text = f"model: {{name: a, version: {version}}}\nrun_name: x\n"
    assert values({"run.yaml": text}, "zenml", "project.version") == said


def test_the_catalogue_of_kedro() -> None:
    found = {(f.value["id"], f.environment): f.value for f in facts(folder(FIXTURES / "kedro_catalog/real"), "kedro-catalog")
             if f.path == "data.datasets[]"}  # fmt: skip
    assert {key: value.get("location") for key, value in found.items()} == {
        ("companies", ""): "/data/01_raw/companies.csv", ("model_input_table@pandas", ""): "/data/03_primary/train.parquet",
        ("elsewhere", ""): None, ("reviews", ""): None, ("companies", "production"): "s3://acme/companies.csv",
    }  # fmt: skip
    assert found["model_input_table@pandas", ""]["role"] == "train"


def test_parameters_of_two_environments_do_not_contradict_each_other() -> None:
    found = facts(folder(FIXTURES / "kedro_parameters/real"), "kedro-parameters")
    rates = {f.environment: f.value for f in found if f.path == HYPER + "learning_rate"}
    assert rates == {"": 0.1, "production": 0.05}
    assert [f.value for f in found if f.path == "data.splits.parts[]"] == [{"part": "test", "fraction": 0.2}]
    assert not [f for f in found if "root" in f.path or "features" in f.path]


def test_values_of_the_harness_are_fractions_with_an_interval() -> None:
    files = folder(FIXTURES / "lm_evaluation/real")
    found = {(r["metric"], r.get("variant")): r for r in values(files, "lm-evaluation-harness", "evaluation.results[]")}
    assert found.keys() == {
        ("acc", None),
        ("acc_norm", None),
        ("exact_match", "strict-match"),
        ("exact_match", "flexible-extract"),
    }
    plain = found["acc", None]
    assert (plain["value"], plain["dataset"], plain["dataset_version"], plain["split"]) == (
        0.4,
        "hellaswag",
        "1.0",
        "validation",
    )
    assert plain["ci"]["low"] == pytest.approx(0.4 - 0.0196)
    assert (plain["n"], plain["partial"], plain["date"]) == (100, True, "2026-11-20T17:33:33Z")
    assert "ci" not in found["acc_norm", None]  # its error is N/A
    strict = found["exact_match", "strict-match"]
    assert (strict["split"], strict["n"], strict.get("partial")) == ("test", 1319, None)
    assert hyperparameters(files, "lm-evaluation-harness") == {"num_fewshot": 5}
    assert {"id": "acc_norm", "direction": "maximize"} in values(files, "lm-evaluation-harness", "metrics[]")
    assert [e.version for e in inventory(files).entries] == ["0.4.13"]


def test_a_limit_makes_every_result_partial_and_old_keys_have_no_filter() -> None:
    text = '{"results": {"a": {"acc": 0.5, "acc_stderr": 0.1}}, "configs": {}, "versions": {}, "n-shot": {}, "config": {"limit": 10}}'
    (found,) = values({"results_a.json": text}, "lm-evaluation-harness", "evaluation.results[]")
    assert (found["metric"], found["partial"], round(found["ci"]["high"], 3)) == ("acc", True, 0.696)


def test_a_run_of_wandb() -> None:
    files = folder(FIXTURES / "wandb/real")
    results = {r["metric"]: r for r in values(files, "wandb", "evaluation.results[]")}
    assert results.keys() == {"test/accuracy", "val_loss", "f1"}
    assert (results["test/accuracy"]["split"], results["val_loss"]["split"]) == ("test", "validation")
    assert {r["run_id"] for r in results.values()} == {"abc123xy"}
    assert hyperparameters(files, "wandb") == {"learning_rate": 0.05, "max_depth": 6, "name": "gbm", "seed": 42}
    assert values(files, "wandb", "training.lineage.commit") == ["3f2a9c1d5e6b7a8f9c0d1e2f3a4b5c6d7e8f9a0b"]
    (rate,) = (f for f in facts(files, "wandb") if f.path == HYPER + "learning_rate")
    assert (rate.origin.pointer, rate.how) == ("/learning_rate/value", "observed")


def test_of_several_runs_of_wandb_the_named_one_counts() -> None:
    files = {
        RUN + "config.yaml": "lr: {value: 0.1}\n",
        RUN.replace("abc123xy", "zzz") + "config.yaml": "lr: {value: 0.2}\n",
    }
    assert not facts(files, "wandb")
    chosen = {**files, "mlgov.yaml": "training: {lineage: {run_id: zzz}}\n"}
    assert hyperparameters(chosen, "wandb") == {"learning_rate": 0.2}


def test_nan_in_a_summary_is_a_text() -> None:
    (defect,) = inventory(folder(FIXTURES / "wandb/broken")).defects
    assert (defect.code, defect.origins[0].pointer) == ("INT004", "@2:10")
