"""Great Expectations, 0.x and 1.x: suites, checkpoints, validation definitions, results."""

import json
from typing import Any

from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, project, values

OLD = folder(FIXTURES / "gx_suite/minimal") | folder(FIXTURES / "gx_checkpoint/minimal")
NEW = folder(FIXTURES / "gx_suite/real") | folder(FIXTURES / "gx_checkpoint/real")


def suite(*expectations: dict[str, Any]) -> dict[str, str]:
    return {"gx/expectations/a.json": json.dumps({"name": "a", "expectations": list(expectations)})}


def not_null(**arguments: Any) -> dict[str, Any]:
    return {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "tenure", **arguments}}


def test_versions_of_the_format_and_of_the_library() -> None:
    entries = inventory(OLD | NEW).entries
    assert {(e.path.rpartition("/")[2], e.version) for e in entries} == {
        ("warning.json", "0.18.22"), ("one.json", "1.x"), ("nightly.yml", "0.x"), ("weekly.json", "1.x"),
        ("churn_train.json", "1.24.1"), ("nightly.json", "1.x"), ("train_is_valid.json", "1.x"),
    }  # fmt: skip


def test_a_suite_knows_the_columns_that_it_checks() -> None:
    columns = values(folder(FIXTURES / "gx_suite/real"), "gx-suite", "data.columns[]")
    assert columns == [{"name": "tenure"}, {"name": "churned"}]  # `plan` is only listed, mostly is 0.99
    old = {k: v for k, v in OLD.items() if "warning" in k}
    assert values(old, "gx-suite", "data.columns[]") == [
        {"name": "tenure", "required": True, "type": "integer"}, {"name": "plan", "type": "string"},
    ]  # fmt: skip


def test_mostly_is_a_fraction_and_one_where_it_is_absent() -> None:
    assert values(suite(not_null()), "gx-suite", "data.columns[]")[0]["required"] is True
    assert values(suite(not_null(mostly=1.0)), "gx-suite", "data.columns[]")[0]["required"] is True
    assert "required" not in values(suite(not_null(mostly=0.99)), "gx-suite", "data.columns[]")[0]
    assert "required" not in values(suite(not_null(row_condition="a > 1")), "gx-suite", "data.columns[]")[0]
    (defect,) = inventory(suite(not_null(mostly=99))).defects
    assert (defect.code, defect.origins[0].file) == ("INT004", "gx/expectations/a.json")
    assert not inventory(suite(not_null(mostly={"$PARAMETER": "share"}))).defects


def test_types_of_a_part_of_the_columns_are_not_stated() -> None:
    typed = {"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "tenure", "type_": "int64"}}
    assert values(suite(typed), "gx-suite", "data.columns[]") == [{"name": "tenure"}]


def test_a_bound_of_the_row_count_is_no_row_count() -> None:
    assert all("rows" not in d for d in values(folder(FIXTURES / "gx_suite/real"), "gx-suite", "data.datasets[]"))


def test_a_definition_binds_data_to_a_suite() -> None:
    found = values(NEW, "gx-checkpoint", "data.datasets[]")
    file = {"source": {"file": "/gx/expectations/churn_train.json"}}
    assert found == [{"id": "churn_train", "aliases": ["churn_train"], "checks": file}]
    (dataset,) = project(NEW).data.datasets  # the suite is called like the asset
    assert dataset.checks.source.file == "/gx/expectations/churn_train.json"


def test_a_checkpoint_is_a_pipeline_that_runs_checks() -> None:
    (pipeline,) = values(NEW, "gx-checkpoint", "data.pipelines[]")
    assert pipeline == {"id": "nightly", "checks": ["schema", "validity", "volume"]}


def test_definitions_are_told_by_id_not_by_file_name() -> None:
    path = next(p for p in NEW if "validation_definitions" in p)
    other = json.dumps(json.loads(NEW[path]) | {"id": "another"}).encode()
    assert values({**NEW, path: other}, "gx-checkpoint", "data.pipelines[]") == [{"id": "nightly"}]


def test_dots_in_the_name_of_a_suite_are_folders() -> None:
    (old,) = values(OLD, "gx-checkpoint", "data.datasets[]")
    assert old["checks"]["source"]["file"] == "/great_expectations/expectations/train/csv/warning.json"
    assert old["id"] == "train.csv"
    found = [v for v in values(OLD, "gx-checkpoint", "data.pipelines[]") if v["id"] == "nightly"]
    assert found == [{"id": "nightly", "checks": ["schema", "validity"]}]


def test_a_checkpoint_states_what_its_validations_leave_out() -> None:
    text = "name: c\nclass_name: Checkpoint\nexpectation_suite_name: s\nbatch_request: {data_asset_name: t}\nvalidations: []\n"
    (dataset,) = values({"gx/checkpoints/c.yml": text}, "gx-checkpoint", "data.datasets[]")
    assert dataset == {"id": "t", "aliases": ["t"]}  # the suite is not in the tree


def test_percentages_of_a_result() -> None:
    files = folder(FIXTURES / "gx_result/real")
    found = facts(files, "gx-result")
    assert {f.how for f in found} == {"observed"}
    report, dataset = found
    assert (report.value["kind"], report.value["value"]) == ("data_quality", "100.0%")
    assert report.value["date"].startswith("2026-11-20T17:33:36")
    assert dataset.value["missing"] == {"tenure": "0.0%"}
    (missing,) = project(files).data.datasets
    assert missing.missing["tenure"] == 0
    text = next(iter(files.values())).decode().replace('"unexpected_percent": 0.0', '"unexpected_percent": 12.5')
    (again,) = project({"gx/uncommitted/validations/r.json": text}).data.datasets
    assert float(again.missing["tenure"]) == 0.125
    assert again.at("missing", "tenure").pointer.endswith("/result/unexpected_percent")


def test_a_date_without_dashes_is_left_out() -> None:
    text = '{"success": true, "results": [], "statistics": {"evaluated_expectations": 0, "success_percent": null},'
    text += ' "meta": {"run_id": {"run_time": "20231020T221642.242435Z"}}, "suite_parameters": {}}'
    (report,) = values({"r.json": text}, "gx-result", "monitoring.reports[]")
    assert report == {"file": "/r.json", "kind": "data_quality"}


def test_paths_of_somebodys_machine_are_no_locations() -> None:
    files = folder(FIXTURES / "gx_project/minimal")
    assert values(files, "gx-project", "data.datasets[]") == [
        {"id": "train", "aliases": ["train"], "location": "/data/train.csv", "format": "csv"}
    ]
    assert [e.version for e in inventory(files).entries] == ["0.x"]
