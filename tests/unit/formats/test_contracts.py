"""Data contracts: the Open Data Contract Standard 3.x and the older Data Contract Specification."""

from typing import Any

import pytest

from mlgov.formats._contract import term
from tests.unit.formats.reading import FIXTURES, folder, inventory, project, values

HEAD = "apiVersion: {}\nkind: DataContract\nid: a\nversion: 1.10\n"


def odcs(text: str, path: str, version: str = "v3.1.0") -> list[Any]:
    return values({"c.yaml": HEAD.format(version) + text}, "odcs", path)


def test_tables_columns_and_terms_of_a_contract() -> None:
    files = folder(FIXTURES / "open_data_contract/real")
    found = project(files)
    (dataset,) = found.data.datasets
    assert (dataset.id, dataset.version, dataset.provenance, dataset.license) == (
        "churn_train", "1.2.0", "billing.plans", "ODbL-1.0",
    )  # fmt: skip
    assert dataset.contract.source.file == dataset.checks.source.file == "/contracts/churn.odcs.yaml"
    assert [(c.name, c.type, c.required, c.pii) for c in found.data.columns] == [
        ("tenure", "integer", True, None), ("email", "string", True, "personal"), ("plan", "string", None, None),
        ("profile", "object", None, "personal"),
    ]  # fmt: skip
    (pipeline,) = found.data.pipelines
    assert (pipeline.id, pipeline.cadence, pipeline.checks) == ("churn-training-table", 86400, ["freshness"])
    assert found.data.privacy.retention == 3 * 31536000
    assert [(s.id, s.system) for s in found.data.sources] == [("warehouse", "postgres")]
    assert found.identity.license.data == "ODbL-1.0"
    assert {e.version for e in inventory(files).entries} == {"v3.1.0"}


def test_limits_count_rows_unless_they_say_percent() -> None:
    text = "schema: [{{name: t, properties: [{{name: a, quality: [{}]}}]}}]\n"

    def required(rule: str) -> Any:
        return odcs(text.format(rule), "data.columns[]")[0].get("required")

    assert required("{metric: nullValues, mustBeLessThan: 1}") is True
    assert required("{metric: nullValues, mustBeLessThan: 1, unit: rows}") is True
    assert required("{metric: nullValues, mustBeLessThan: 1, unit: percent}") is None
    assert required("{metric: nullValues, mustBe: 0, unit: percent}") is True
    assert required("{rule: nullValues, mustBe: 0}") is True  # up to 3.0
    assert required("{metric: duplicateValues, mustBe: 0}") is None


@pytest.mark.parametrize(
    "team",
    ["team: {name: crm-data, members: [{username: ada, role: Owner}, {username: ben, dateOut: '2024-01-01'}]}\n",
     "team: [{username: ada, role: Owner}, {username: ben, dateOut: '2024-01-01'}]\n"],
)  # fmt: skip
def test_both_shapes_of_a_team(team: str) -> None:
    assert odcs(team, "team.ownership.data") == ["ada"]
    assert [p["id"] for p in odcs(team, "team.people[]")] == ["ada"]


def test_a_team_without_an_owner_owns_the_data_itself() -> None:
    assert odcs("team: {name: crm-data, members: []}\n", "team.ownership.data") == ["crm-data"]
    assert not odcs("team: [{username: ada}]\n", "team.ownership.data")


def test_roles_of_people_who_have_not_left() -> None:
    found = project(folder(FIXTURES / "open_data_contract/real")).team
    assert [(r.role, r.holders) for r in found.roles] == [("data_engineer", ["cem"])]
    assert found.ownership.data == "ada@example.org"


@pytest.mark.parametrize(("usage", "stated"), [("Not for pricing", ["Not for pricing"]), ("Predict sales", [])])
def test_usage_is_what_the_data_are_for_unless_it_forbids(usage: str, stated: list[str]) -> None:
    assert odcs(f"description: {{usage: {usage}}}\n", "project.out_of_scope_use[]") == stated


def test_a_version_keeps_its_digits() -> None:
    assert odcs("schema: [{name: t}]\n", "data.datasets[]")[0]["version"] == "1.10"


def test_of_an_older_standard_nothing_is_read() -> None:
    files = {"c.yaml": HEAD.format("v2.2.2") + "dataset: []\n"}
    (entry,) = inventory(files).entries
    assert (entry.version, "upgrade" in entry.reason) == ("v2.2.2", True)
    assert not odcs("schema: [{name: t}]\n", "data.datasets[]", "v2.2.2")


def test_a_service_level_about_a_table_that_is_not_there() -> None:
    text = HEAD.format("v3.1.0") + "schema:\n- {name: t, physicalName: p}\nslaProperties:\n"
    text += "- {property: latency, value: 4, unit: d, element: 'p.at, x.at'}\n- {property: retention, value: 1, unit: y, element: x.at}\n"
    (defect,) = inventory({"c.yaml": text}).defects
    assert (defect.code, defect.origins[0].pointer) == ("INT006", "@8:51")
    assert "x.at" in defect.message


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(24, "h", "24h"), ("24", "hours", "24h"), (4, "d", "4d"), (3, "yr", "3y"), (5, "m", None), (5, "months", None), (5, "x", None),
     (-1, "d", None), ("24h", None, "24h"), (24, None, None), ("P1Y", None, "1y"), ("P1DT12H", None, "1d12h"), ("P1M", None, None),
     ("PT30M", None, "30m"), ("daily", None, "1d"), ("monthly", None, None), ("P", None, None), ("soon", None, None),
     ("9" * 1000, "d", None), ({}, "d", None)],
)  # fmt: skip
def test_terms_are_durations_with_a_unit(value: Any, unit: str | None, said: str | None) -> None:
    assert term(value, unit) == said


def test_two_retentions_are_none() -> None:
    text = "slaProperties: [{property: retention, value: 1, unit: y}, {property: retention, value: 2, unit: y}]\n"
    assert not odcs(text, "data.privacy.retention")


def test_the_older_specification() -> None:
    files = folder(FIXTURES / "data_contract/real")
    found = project(files)
    (dataset,) = found.data.datasets
    assert (dataset.id, dataset.version) == ("accounts", "2.0.0")
    assert dataset.checks.source.file == "/datacontract.yaml"
    assert [(c.name, c.type, c.required, c.pii) for c in found.data.columns] == [
        ("account_id", "string", True, None), ("email", "string", None, "personal"), ("tenure", "integer", None, "none"),
    ]  # fmt: skip
    (pipeline,) = found.data.pipelines
    assert (pipeline.id, pipeline.cadence, pipeline.checks) == ("churn-accounts", 86400, ["freshness"])
    assert found.data.privacy.retention == 31536000
    assert found.team.ownership.data == "crm-data"
