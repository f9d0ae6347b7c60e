"""OpenSLO: bounds, shares in two units, windows in which `m` and `M` differ."""

from typing import Any

import pytest

from mlgov.documents import Flaw
from mlgov.formats import openslo
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, facts, folder, place, project

REAL = folder(FIXTURES / "openslo" / "real")


def slo(objective: str, window: str = "28d") -> list[Any]:
    return read(openslo, f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: churn}}\n"
                f"spec: {{objectives: [{objective}], timeWindow: [{{duration: {window}}}]}}\n")  # fmt: skip


def test_a_threshold_gets_the_unit_of_its_series() -> None:
    latency = project(REAL).serving.slos[0]
    assert (latency.id, latency.metric, latency.percentile) == ("churn-latency", "latency_p99", "p99")
    assert (latency.literal("max"), float(latency.max), latency.min) == ("0.250s", 0.25, None)
    assert (float(latency.objective), float(latency.window)) == (0.99, 28 * 86400)
    text = {"slo.yaml": REAL["slo.yaml"].decode()}
    assert place(latency.at("max"), text) == "slo.yaml:13:33"


def test_an_indicator_of_its_own_and_two_objectives() -> None:
    _, good, fair = project(REAL).serving.slos
    assert [(s.id, s.metric, float(s.objective), s.window) for s in (good, fair)] == [
        ("churn-requests-1", "availability", 0.999, None),
        ("churn-requests-2", "availability", 0.99, None),
    ]


def test_the_series_of_a_metric_that_is_known() -> None:
    found = [f.value for f in facts(REAL, "openslo") if f.path == "metrics[]"]
    assert found[0] == {"id": "latency_p99", "series": ["churn_request_duration_seconds_bucket"]}


def test_a_condition_burns_a_budget() -> None:
    (alert,) = project(REAL).monitoring.alerts
    assert (alert.name, alert.severity, alert.op, alert.unit) == ("churn-burn", "critical", "lte", "burn_rate")
    assert (float(alert.window), float(alert.for_), alert.metric) == (3600, 300, None)


@pytest.mark.parametrize(
    ("objective", "share"),
    [("{target: 0.99}", "0.99"), ("{targetPercent: 99.9}", "99.9%"), ("{target: 0}", "0"), ("{}", None)],
)
def test_target_is_a_fraction_and_target_percent_a_percent(objective: str, share: str | None) -> None:
    (found,) = said(slo(objective), "serving.slos[]")
    assert found.get("objective") == share


@pytest.mark.parametrize("objective", ["{target: 99.9}", "{targetPercent: 101}", "{target: most}"])
def test_a_share_outside_its_unit_is_told(objective: str) -> None:
    found = slo(objective)
    assert [(f.line, f.code) for f in found if isinstance(f, Flaw)] == [(4, "INT002")]
    assert "objective" not in said(found, "serving.slos[]")[0]


@pytest.mark.parametrize(
    ("window", "known"),
    [("5m", "5m"), ("1M", None), ("1Q", None), ("1Y", "1y"), ("2w", "2w"), ("1h30m", None), ("{{x}}", None)],
)
def test_months_are_no_minutes(window: str, known: str | None) -> None:
    (found,) = said(slo("{target: 0.9}", f"'{window}'"), "serving.slos[]")
    assert found.get("window") == known


@pytest.mark.parametrize(("op", "side"), [("lt", "max"), ("lte", "max"), ("gt", "min"), ("gte", "min"), ("eq", None)])
def test_the_operator_says_which_side(op: str, side: str | None) -> None:
    (found,) = said(slo(f"{{op: {op}, value: 500}}"), "serving.slos[]")
    assert {k: v for k, v in found.items() if k in ("min", "max")} == ({side: "500"} if side else {})


def test_the_older_version() -> None:
    (found,) = project({"a.yaml": folder(FIXTURES / "openslo" / "minimal")["alpha.yaml"]}).serving.slos
    assert (found.metric, float(found.objective), float(found.window)) == ("availability", 0.999, 30 * 86400)
