"""dbt, Croissant, Frictionless, pandera and Feast."""

import json
from typing import Any

import pytest

from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, project, values

REPO = {"feature_store.yaml": "project: a\nprovider: local\n"}


def test_models_sources_and_exposures_of_dbt() -> None:
    found = project(folder(FIXTURES / "dbt/real"))
    assert [(c.name, c.dataset, c.type, c.required) for c in found.data.columns] == [
        ("account_id", "accounts", "integer", True), ("tenure", "accounts", "integer", True), ("plan", "accounts", "string", None),
    ]  # fmt: skip
    accounts = found.data.datasets[0]
    assert accounts.contract.source.file == accounts.checks.source.file == "/models/schema.yml"
    assert {(p.id, tuple(p.checks), p.owner) for p in found.data.pipelines} == {
        ("billing.invoices", ("freshness",), None), ("churn_model", (), "ml@example.org"),
    }  # fmt: skip
    assert found.team.ownership.data_pipelines == "ml@example.org"
    assert [(s.id, s.system) for s in found.data.sources] == [("billing", "fivetran")]


def croissant(**more: Any) -> list[Any]:
    data = {"@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "a", **more}
    return facts({"croissant.json": json.dumps(data)}, "croissant")


def stated(found: list[Any], path: str) -> list[Any]:
    return [f.value for f in found if f.path == path]


def test_what_croissant_says() -> None:
    files = folder(FIXTURES / "croissant/real")
    found = project(files)
    (dataset,) = found.data.datasets
    assert (dataset.id, dataset.version, dataset.license, dataset.location, dataset.format) == (
        "churn-accounts", "1.2.0", "ODbL-1.0", "/data/train.csv", "text/csv",
    )  # fmt: skip
    assert [(c.name, c.type, c.dataset) for c in found.data.columns] == [
        ("tenure", "integer", "churn-accounts"), ("plan", "string", "churn-accounts"),
    ]  # fmt: skip
    assert found.data.preprocessing.steps == ["Rows without a plan are dropped."]
    assert found.data.labels.manual.raters == 2
    assert found.data.sources[0].collection.startswith("Exported")
    assert found.data.privacy is None  # hashed names are not the same as none
    assert {e.version for e in inventory(files).entries} == {"1.0"}
    assert {e.version for e in inventory(folder(FIXTURES / "croissant/minimal")).entries} == {"1.1"}


def test_splits_of_croissant_and_a_hash_as_version() -> None:
    rows = [{"splits/name": n, "splits/url": f"cr:{n}Split"} for n in ("Training", "Test")]
    found = croissant(recordSet=[{"dataType": "cr:Split", "data": rows}], distribution=[{"sha256": "ab12"}])
    assert [p["part"] for p in stated(found, "data.splits.parts[]")] == ["train", "test"]
    assert stated(found, "data.datasets[]")[0]["version"] == "sha256-ab12"


@pytest.mark.parametrize(("text", "pii"), [("None.", ["none"]), ("Gender, age", []), ("No PII", ["none"])])
def test_persons_in_croissant(text: str, pii: list[str]) -> None:
    assert stated(croissant(**{"rai:personalSensitiveInformation": text}), "data.privacy.pii") == pii


def test_a_package_of_frictionless() -> None:
    files = folder(FIXTURES / "frictionless/real")
    (dataset,) = project(files).data.datasets
    assert (dataset.id, dataset.role, dataset.location, dataset.version, dataset.license) == (
        "train", "train", "/data/train.csv", "1.2.0", "ODbL-1.0",
    )  # fmt: skip
    assert dataset.size_bytes == 1204
    assert [(c.name, c.type, c.required) for c in project(files).data.columns] == [
        ("tenure", "integer", True), ("plan", "string", None),
    ]  # fmt: skip
    assert project(files).data.sources[0].system == "https://example.org/billing"


@pytest.mark.parametrize(
    ("more", "version"),
    [({"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}, "v2"), ({"profile": "tabular-data-package"}, "v1"),
     ({"$schema": "https://datapackage.org/profiles/1.0/datapackage.json"}, "")],
)  # fmt: skip
def test_versions_of_frictionless(more: dict[str, str], version: str) -> None:
    text = json.dumps({**more, "resources": [{"name": "t"}]})
    assert [e.version for e in inventory({"datapackage.json": text}).entries] == [version]


def test_a_schema_in_a_file_of_its_own_and_a_hash() -> None:
    package = {"resources": [{"name": "t", "path": ["a.csv", "b.csv"], "hash": "sha256:ab", "schema": "schema.json"}]}
    files = {
        "d/datapackage.json": json.dumps(package),
        "d/schema.json": '{"fields": [{"name": "x", "type": "object"}]}',
    }
    found = facts(files, "frictionless")
    dataset, column = found
    assert (dataset.value["version"], "location" in dataset.value) == ("sha256-ab", False)
    assert (column.value["type"], column.origin.file, column.origin.pointer) == ("object", "d/schema.json", "/fields/0")


def test_both_shapes_of_pandera() -> None:
    for kind, version in (("real", ""), ("minimal", "0.17.2")):
        files = folder(FIXTURES / "pandera" / kind)
        columns = values(files, "pandera", "data.columns[]")
        assert [(c["name"], c.get("type"), c["required"]) for c in columns] == [
            ("tenure", "integer", True), ("plan", "string" if kind == "real" else None, False),
        ]  # fmt: skip
        assert "checks" in values(files, "pandera", "data.datasets[]")[0]
        assert [e.version for e in inventory(files).entries] == [version]


def feast(text: str) -> list[Any]:
    return facts({**REPO, "features.py": "from feast import *\nfrom datetime import timedelta\n" + text}, "feast")


def test_definitions_of_feast() -> None:
    found = project(folder(FIXTURES / "feast_definitions/real"))
    assert [(f.name, f.dtype, f.ttl.text if f.ttl else None) for f in found.data.features] == [
        ("tenure", "numeric", "1d"), ("plan", None, "1d"), ("text", "embedding", "1d"), ("tenure_squared", None, None),
    ]  # fmt: skip
    assert found.data.features[3].serve_transform == "on demand: squared"
    assert found.data.entity.key_ == "account_id"
    assert found.team.ownership.data_pipelines == "ml@example.org"
    assert [i.name for i in found.training.signature.inputs] == ["tenure", "plan"]
    assert [(s.id, s.system) for s in found.data.sources] == [("churn-offline-store", "snowflake.offline")]


@pytest.mark.parametrize(
    ("ttl", "said"),
    [("timedelta(days=0)", "0"), ("None", "0"), ("timedelta(hours=1, minutes=30)", "1h30m"), ("timedelta(7)", "7d"), ("TTL", "2d"),
     ("timedelta(days=N)", None), ("make()", None), ("timedelta(days=-1)", None), ("timedelta(days=1.5)", None)],
)  # fmt: skip
def test_how_long_a_feature_is_good(ttl: str, said: str | None) -> None:
    text = f"TTL = timedelta(days=2)\nv = FeatureView(name='v', ttl={ttl}, schema=[Field(name='a', dtype=Int64)])\n"
    (feature,) = stated(feast(text), "data.features[]")
    assert feature.get("ttl") == said


def test_a_view_without_a_ttl_never_expires() -> None:
    (feature,) = stated(feast("v = FeatureView(name='v', schema=[Field(name='a', dtype=Bool)])\n"), "data.features[]")
    assert feature == {"name": "a", "dtype": "boolean", "ttl": "0"}


def test_what_would_have_to_be_run_is_left_out() -> None:
    text = "fs = [Field(name=n, dtype=Int64) for n in names]\nv = FeatureView(name='v', schema=fs)\n"
    text += "s = FeatureService(name='s', features=[v])\nraise SystemExit(1)\n"
    assert not feast(text)
    files = {**REPO, "features.py": "from feast import *\n" + text}
    assert "without running" in next(e.reason for e in inventory(files).entries if e.path == "features.py")


@pytest.mark.parametrize(
    "text", ["(" * 5000, "x = " + "-" * 5000 + "1\n", "\0", "a = '\\d'\n", "x = 1\n" * 50_000, "def f(:\n"]
)
def test_hostile_python_is_left_alone(text: str) -> None:
    found = inventory({**REPO, "features.py": "from feast import *\n" + text})
    assert not [d for d in found.defects if "cannot be read as" in d.message]
