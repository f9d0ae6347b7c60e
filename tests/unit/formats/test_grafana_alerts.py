"""Grafana alert rules: the condition leads through expressions to the query."""

from typing import Any

import pytest

from mlgov.formats import grafana_alerts
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, place, project

EVERY = folder(FIXTURES / "grafana_alerts" / "real")
REAL = {"alerts.yaml": EVERY["alerts.yaml"]}


def alert(data: str, condition: str = "B") -> dict[str, Any]:
    text = f"groups: [{{name: a, rules: [{{title: A, condition: {condition}, data: {data}}}]}}]"
    (found,) = said(read(grafana_alerts, text), "monitoring.alerts[]")
    return dict(found)


def test_a_threshold_of_a_reduced_query() -> None:
    latency = project(REAL).monitoring.alerts[0]
    assert (latency.name, latency.metric, latency.percentile) == ("ChurnLatency", "latency_p99", "p99")
    assert (latency.op, latency.literal("threshold"), latency.unit) == ("gt", "0.25", "s")
    assert (latency.severity, latency.owner, float(latency.window), float(latency.for_)) == (
        "critical",
        "risk-ml",
        300,
        600,
    )
    assert latency.runbook == "https://runbooks.example.org/churn-latency"
    text = {"alerts.yaml": REAL["alerts.yaml"].decode()}
    assert place(latency.at("threshold"), text) == "alerts.yaml:21:14"
    assert place(latency.at("expr"), text) == "alerts.yaml:15:31"


def test_mathematics_and_classic_conditions() -> None:
    _, errors, classic = project(REAL).monitoring.alerts
    assert (errors.metric, errors.op, errors.literal("threshold"), errors.unit) == (
        "error_rate",
        "gt",
        "0.02",
        "fraction",
    )
    assert (classic.series, classic.op, classic.literal("threshold")) == (["churn_feature_psi"], "gt", "0.2")


def test_a_paused_rule_alerts_nobody() -> None:
    assert [a.name for a in project(REAL).monitoring.alerts] == ["ChurnLatency", "ChurnErrors", "ChurnClassic"]


def test_arithmetic_hides_the_unit() -> None:
    found = alert("[{refId: A, model: {expr: 'x_seconds'}}, {refId: C, model: {type: math, expression: '$A * 1000'}}, "
                  "{refId: B, model: {type: threshold, expression: C, conditions: [{evaluator: {type: lt, params: [5]}}]}}]")  # fmt: skip
    assert (found["op"], found["threshold"], found["series"]) == ("lt", "5", ["x_seconds"])
    assert "unit" not in found


def test_a_range_and_two_queries_say_less() -> None:
    within = "{refId: B, model: {type: threshold, expression: A, conditions: [{evaluator: {type: within_range, params: [1, 2]}}]}}"
    assert "threshold" not in alert(f"[{{refId: A, model: {{expr: x}}}}, {within}]")
    both = alert(
        "[{refId: A, model: {expr: x}}, {refId: C, model: {expr: y}}, {refId: B, model: {type: math, expression: '$A + $C'}}]"
    )
    assert both == {"name": "A"}


def test_expressions_that_name_each_other_end() -> None:
    assert alert(
        "[{refId: B, model: {type: math, expression: '$C > 1 + $B'}}, {refId: C, model: {expression: B}}]"
    ) == {"name": "A"}


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_group_as_the_api_takes_it_or_an_operator_holds_it(wrapped: bool) -> None:
    group = EVERY["rule_group.json"].decode()
    text = '{"apiVersion": "grafana.integreatly.org/v1beta1", "kind": "GrafanaAlertRuleGroup", "spec": %s}' % group  # noqa: UP031
    (found,) = said(read(grafana_alerts, text if wrapped else group, "rules.json"), "monitoring.alerts[]")
    assert (found["name"], found["op"], found["threshold"], found["unit"]) == ("ChurnLatency", "gt", "0.25", "s")
