"""Sloth: objectives are percent, and the limit of a latency stands in the query."""

from typing import Any

import pytest

from mlgov.documents import Flaw
from mlgov.formats import sloth
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, place, project, values

REAL = folder(FIXTURES / "sloth" / "real")


def objective(value: str) -> list[Any]:
    return read(sloth, f"version: prometheus/v1\nservice: churn\nslos:\n- {{name: a, objective: {value}}}\n")


def test_objectives_with_metric_and_limit() -> None:
    answers, latency = project({"sloth.yml": REAL["sloth.yml"]}).serving.slos
    assert (answers.id, answers.metric, float(answers.objective)) == (
        "churn-requests-availability",
        "availability",
        0.999,
    )
    assert (latency.metric, latency.literal("max"), float(latency.objective)) == ("latency", "0.25s", 0.99)
    text = {"sloth.yml": REAL["sloth.yml"].decode()}
    assert place(answers.at("objective"), text) == "sloth.yml:6:14"


def test_a_ratio_of_errors_is_about_the_good_ones() -> None:
    (found,) = values({"o.yaml": REAL["object.yaml"]}, "sloth", "serving.slos[]")
    assert found == {"id": "churn-good-answers", "objective": "99.5%", "metric": "availability"}


def test_alerts_that_are_made_unless_disabled() -> None:
    alerts = project({"sloth.yml": REAL["sloth.yml"]}).monitoring.alerts
    assert [(a.name, a.severity, a.owner) for a in alerts] == [
        ("ChurnErrors", "critical", "risk-ml"),
        ("ChurnSlow", "critical", "risk-ml"),
        ("ChurnSlow", "warning", "risk-ml"),
    ]
    assert alerts[0].labels == {"owner": "risk-ml", "tier": "2", "category": "availability", "severity": "pageteam"}
    assert alerts[0].runbook == "https://runbooks.example.org/churn"
    ticket = values({"o.yaml": REAL["object.yaml"]}, "sloth", "monitoring.alerts[]")
    assert [a["severity"] for a in ticket] == ["warning"]


@pytest.mark.parametrize(("value", "share"), [("99.9", "99.9%"), ("100", "100%"), ("0.5", "0.5%")])
def test_the_objective_is_a_percent(value: str, share: str) -> None:
    assert said(objective(value), "serving.slos[]")[0]["objective"] == share


@pytest.mark.parametrize("value", ["0", "101", "most"])
def test_an_objective_that_is_no_percent_is_told(value: str) -> None:
    found = objective(value)
    assert [f.line for f in found if isinstance(f, Flaw)] == [4]
    assert "objective" not in said(found, "serving.slos[]")[0]
