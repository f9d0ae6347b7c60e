"""Makes the real fixtures of experiment stores and data formats with their libraries; run it by hand, the tests do not.

    pip install mlflow-skinny==3.17.2 great_expectations==1.24.1 pandera==0.35.0 frictionless==5.21.0 mlcroissant==1.1.1 \
        huggingface_hub==2.4.0 pandas numpy
    MLFLOW_ALLOW_FILE_STORE=true python tests/unit/formats/make_data_fixtures.py

The versions that wrote the files are kept in `fixtures/data_versions.json`. What these libraries do not write (dbt, Feast,
Kedro, ZenML, lm-evaluation-harness, W&B, data contracts) is written by hand after the upstream schema.
"""

# mypy: disable-error-code="import-not-found"

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent / "fixtures"
COMMIT = "3f2a9c1d5e6b7a8f9c0d1e2f3a4b5c6d7e8f9a0b"
LIBRARIES = ("mlflow-skinny", "great_expectations", "pandera", "frictionless", "mlcroissant", "huggingface_hub")


def real(name: str) -> Path:
    """The empty folder of the real fixtures of a format."""
    folder = HERE / name / "real"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _frame() -> "object":
    import pandas

    return pandas.DataFrame({"tenure": [3, 40, 12, 7], "plan": ["a", "b", "a", "b"], "churned": [1, 0, 0, 1]})


def mlflow_store() -> None:
    """A file store with a run, a child run, a registered model, and the MLmodel that the run logged."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    import mlflow
    from mlflow.models import Model
    from mlflow.models.signature import ModelSignature
    from mlflow.tracking import MlflowClient
    from mlflow.types import ColSpec, Schema

    root = Path(tempfile.mkdtemp())
    store = root / "mlruns"
    mlflow.set_tracking_uri(store.as_uri())
    mlflow.set_experiment("churn")
    with mlflow.start_run(run_name="gradient boosting") as run:
        mlflow.log_params({"learning_rate": 0.05, "max_depth": 6, "seed": 42})
        for step, value in enumerate((0.81, 0.86, 0.871)):
            mlflow.log_metric("test_roc_auc", value, step=step)
        mlflow.log_metric("test/f1", 0.6339)
        mlflow.set_tag("mlflow.source.git.commit", COMMIT)
        with mlflow.start_run(run_name="seed 43", nested=True):
            mlflow.log_param("seed", 43)
            mlflow.log_metric("test_roc_auc", 0.866)
    signature = ModelSignature(
        Schema([ColSpec("long", "tenure"), ColSpec("string", "plan", required=False)]), Schema([ColSpec("double")])
    )
    model = Model(
        artifact_path="model", run_id=run.info.run_id, signature=signature, metadata={"owner": "ada@example.org"},
        model_size_bytes=18204,
    )  # fmt: skip
    model.add_flavor("python_function", loader_module="mlflow.sklearn", python_version="3.11.7",
                     env={"conda": "conda.yaml", "virtualenv": "python_env.yaml"})  # fmt: skip
    model.save(str(real("mlmodel") / "MLmodel"))
    client = MlflowClient()
    client.create_registered_model("churn")
    client.create_model_version("churn", f"runs:/{run.info.run_id}/model", run_id=run.info.run_id)
    client.set_registered_model_alias("churn", "champion", "1")
    for format_, kept in (("mlflow_store", "**/meta.yaml"), ("mlflow_run", "*/*/**/*")):
        for file in (f for f in store.glob(kept) if f.is_file() and (f.name == "meta.yaml" or "models" not in f.parts)):
            target = real(format_) if not (HERE / format_ / "real").exists() else HERE / format_ / "real"
            copy = target / "mlruns" / file.relative_to(store)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    for file in HERE.glob("mlflow_*/real/**/meta.yaml"):
        file.write_text(
            re.sub(r"file://\S*?/mlruns|" + re.escape(str(root)), "file:///home/ada/mlruns", file.read_text())
        )
    for file in HERE.glob("mlflow_*/real/**/tags/mlflow.*"):
        said = {"mlflow.user": "ada", "mlflow.source.name": "train.py", "mlflow.source.git.commit": COMMIT}
        if file.name in said:
            file.write_text(said[file.name])
    for file in HERE.glob("mlflow_*/real/**/meta.yaml"):
        file.write_text(re.sub(r"user_id: .*", "user_id: ada", file.read_text()))


def great_expectations() -> None:
    """A file context of 1.x: suite, validation definition, checkpoint, and a stored result."""
    import great_expectations as gx

    root = Path(tempfile.mkdtemp())
    context = gx.get_context(mode="file", project_root_dir=str(root))
    asset = context.data_sources.add_pandas("accounts").add_dataframe_asset("churn_train")
    batch = asset.add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name="churn_train"))
    expectations = gx.expectations
    suite.add_expectation(expectations.ExpectTableColumnsToMatchSet(column_set=["tenure", "plan", "churned"]))
    suite.add_expectation(expectations.ExpectColumnValuesToNotBeNull(column="tenure", mostly=0.99))
    suite.add_expectation(expectations.ExpectColumnValuesToBeBetween(column="tenure", min_value=0, max_value=600))
    suite.add_expectation(expectations.ExpectColumnValuesToBeOfType(column="churned", type_="int64"))
    suite.add_expectation(expectations.ExpectTableRowCountToBeBetween(min_value=3, max_value=10))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="train_is_valid", data=batch, suite=suite)
    )
    checkpoint = context.checkpoints.add(gx.Checkpoint(name="nightly", validation_definitions=[definition]))
    checkpoint.run(batch_parameters={"dataframe": _frame()})
    for format_, pattern in (
        ("gx_suite", "expectations/*.json"), ("gx_checkpoint", "checkpoints/*"),
        ("gx_checkpoint", "validation_definitions/*"), ("gx_result", "uncommitted/validations/**/*.json"),
        ("gx_project", "great_expectations.yml"),
    ):  # fmt: skip
        folder = HERE / format_ / "real"
        if format_ != "gx_checkpoint" or pattern.startswith("checkpoints"):
            folder = real(format_)
        for file in sorted((root / "gx").glob(pattern)):
            target = folder / "gx" / file.relative_to(root / "gx")
            if file.is_file() and not file.name.startswith("."):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)


def pandera() -> None:
    """A schema as pandera writes it."""
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(
        {
            "tenure": pa.Column(int, pa.Check.in_range(0, 600), nullable=False),
            "plan": pa.Column(str, pa.Check.isin(["a", "b"]), nullable=True),
        },
        strict=True,
        name="churn_train",
    )
    (real("pandera") / "schema.yaml").write_text(schema.to_yaml() or "")


def frictionless() -> None:
    """A package that describes one CSV."""
    from frictionless import Package, Resource, Schema

    folder = real("frictionless")
    schema = Schema.from_descriptor(
        {
            "fields": [
                {"name": "tenure", "type": "integer", "constraints": {"required": True, "minimum": 0}},
                {"name": "plan", "type": "string"},
            ]
        }
    )
    resource = Resource(name="train", path="data/train.csv", format="csv", bytes=1204, hash="md5:0cc175b9c0f1b6a831c399e269772661",
                        schema=schema)  # fmt: skip
    package = Package(name="churn", version="1.2.0", licenses=[{"name": "ODbL-1.0"}],
                      sources=[{"title": "Billing", "path": "https://example.org/billing"}], resources=[resource])  # fmt: skip
    package.to_json(str(folder / "datapackage.json"))


def croissant() -> None:
    """Metadata of one CSV, with two fields and the terms of Responsible AI."""
    import mlcroissant as mlc

    source = mlc.FileObject(
        id="train.csv", name="train.csv", content_url="data/train.csv", encoding_formats=["text/csv"],
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )  # fmt: skip
    fields = [
        mlc.Field(
            id=f"accounts/{name}", name=name, data_types=kind,
            source=mlc.Source(file_object="train.csv", extract=mlc.Extract(column=name)),
        )
        for name, kind in (("tenure", mlc.DataType.INTEGER), ("plan", mlc.DataType.TEXT))
    ]  # fmt: skip
    metadata = mlc.Metadata(
        name="churn-accounts", description="Accounts of a telephone company.", license=["https://spdx.org/licenses/ODbL-1.0"],
        url="https://example.org/churn", version="1.2.0", distribution=[source], cite_as="@misc{churn}",
        record_sets=[mlc.RecordSet(id="accounts", name="accounts", fields=fields)],
        data_collection="Exported every night from billing.", personal_sensitive_information=["Names are hashed."],
        data_preprocessing_protocol=["Rows without a plan are dropped."], annotations_per_item="2",
    )  # fmt: skip
    (real("croissant") / "croissant.json").write_text(json.dumps(metadata.to_json(), indent=2, default=str))


def data_card() -> None:
    """The template of huggingface_hub for data sets, half filled in."""
    from huggingface_hub import DatasetCard, DatasetCardData

    data = DatasetCardData(
        language="en", license="odbl", annotations_creators=["crowdsourced"], source_datasets=["original"],
        task_categories=["tabular-classification"], size_categories="1K<n<10K", pretty_name="Churn accounts",
    )  # fmt: skip
    card = DatasetCard.from_template(data, dataset_summary="Accounts of a telephone company.",
                                     personal_sensitive_information="Names and numbers are hashed.")  # fmt: skip
    card.save(real("data_card") / "README.md")


def main() -> None:
    """Every fixture, or those named on the command line; and the versions of what made them."""
    makers: tuple[Callable[[], None], ...] = (
        mlflow_store, great_expectations, pandera, frictionless, croissant, data_card,
    )  # fmt: skip
    for make in makers:
        if len(sys.argv) == 1 or make.__name__ in sys.argv:
            make()
    (HERE / "data_versions.json").write_text(json.dumps({name: version(name) for name in LIBRARIES}, indent=2) + "\n")


if __name__ == "__main__":
    main()
