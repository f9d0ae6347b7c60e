"""Prometheus rules: what an alert watches is told by its expression, through recording rules, in the unit of its series."""

import sys
import time
from typing import Any

import pytest

from mlgov.artifact import Artifact
from mlgov.formats import prometheus_rules
from mlgov.formats._watched import Watched, records_of, watched
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, facts, folder, place, project

REAL = folder(FIXTURES / "prometheus_rules" / "real")
MINIMAL = folder(FIXTURES / "prometheus_rules" / "minimal")
ERRORS = 'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))'
P99 = "histogram_quantile(0.99, sum by (le) (rate(churn_request_duration_seconds_bucket[5m])))"


def of(expr: str, alert: str = "") -> Watched:
    return watched(expr, {}, alert)


def alert(text: str) -> dict[str, Any]:
    """The alert of a rule in flow style."""
    (found,) = said(read(prometheus_rules, f"groups: [{{name: a, rules: [{text}]}}]"), "monitoring.alerts[]")
    return dict(found)


def test_alerts_become_records_with_their_places() -> None:
    found = project({"rules.yaml": REAL["rules.yaml"]}).monitoring
    errors, slow, drift, down = found.alerts
    assert (errors.metric, errors.op, errors.literal("threshold"), errors.unit) == (
        "error_rate",
        "gt",
        "0.010",
        "fraction",
    )
    assert (errors.severity, errors.owner, float(errors.for_)) == ("critical", "risk-ml", 600)
    assert errors.labels == {"severity": "page", "team": "risk-ml"}
    assert errors.runbook == "https://runbooks.example.org/churn-errors"
    assert errors.summary is not None
    assert errors.summary.startswith("5xx above 1%\n{{ $labels.instance }} answers")
    assert (slow.metric, slow.percentile, slow.unit, float(slow.window)) == ("latency_p99", "p99", "s", 300)
    assert (slow.owner, slow.runbook) == ("platform", "docs/runbook.md")
    assert (drift.metric, drift.severity, float(drift.window)) == (None, "warning", 3600)
    assert (down.op, down.literal("threshold"), down.severity) == (None, "0", "critical")
    text = {"rules.yaml": REAL["rules.yaml"].decode()}
    assert place(slow.at("threshold"), text) == "rules.yaml:22:11"
    assert place(slow.at("severity"), text) == "rules.yaml:24:24"
    assert place(errors.at("labels"), text) == "rules.yaml:16:13"


def test_what_is_recorded_is_exported_and_stays_in_the_series() -> None:
    found = project({"rules.yaml": REAL["rules.yaml"]}).monitoring
    assert found.exports == ["job:http_error_rate:ratio_5m", "churn:request_duration:p99_5m", "churn:feature_psi:max"]
    assert found.alerts[1].series == ["churn:request_duration:p99_5m", "churn_request_duration_seconds_bucket"]


def test_recording_rules_of_the_usual_file_beside_count() -> None:
    files = {
        "monitoring/alerts.yaml": "groups: [{name: a, rules: [{alert: Slow, expr: 'job:wait:p99 > 0.2'}]}]",
        "monitoring/recording-rules.yaml": f"groups: [{{name: b, rules: [{{record: 'job:wait:p99', expr: '{P99}'}}]}}]",
    }
    (fact,) = [f for f in facts(files, "prometheus-rules") if f.path == "monitoring.alerts[]"]
    assert fact.value["series"] == ["job:wait:p99", "churn_request_duration_seconds_bucket"]
    assert (fact.value["percentile"], fact.value["unit"], fact.value["window"]) == ("p99", "s", "5m")


def test_items_of_a_list_and_files_in_a_config_map() -> None:
    listed = facts({"k8s/rules.yaml": REAL["prometheusrule.yaml"]}, "prometheus-rules")
    assert [f.path for f in listed] == ["monitoring.exports[]", "monitoring.alerts[]"]
    assert {f.environment for f in listed} == {"production"}
    assert listed[1].origin.pointer == "/items/0/spec/groups/0/rules/1"
    inner = facts({"k8s/map.yaml": MINIMAL["configmap.yaml"]}, "prometheus-rules")
    assert [(f.value["name"], f.environment) for f in inner] == [("Slow", "staging")]
    assert inner[0].origin.pointer == "/data/alerts.yml/groups/0/rules/0"


def test_the_version_is_told() -> None:
    for name, version in (("rules.yaml", ""), ("prometheusrule.yaml", "v1")):
        claim = prometheus_rules.recognise(Artifact(name, REAL[name]))
        assert claim is not None
        assert claim.version == version


@pytest.mark.parametrize(
    ("expr", "op", "threshold"),
    [
        ("x > 0.50", "gt", "0.50"),
        ("0.5 <= x", "gte", "0.5"),
        ("x < -2", "lt", "-2"),
        ("x > 2 * 1024 * 1024", "gt", "2097152"),
        ("x > 14.4 * 0.001", "gt", "0.0144"),
        ("(x > 5)", "gt", "5"),
        ("x > 5 and on() y > 9", "gt", "5"),
        ("x > 5 unless y > 9", "gt", "5"),
        ("x > 5 or y > 5", "gt", "5"),
        ("x > 5 or y > 6", None, None),
        ("x == 0", None, "0"),
        ("x != 0", None, None),
        ("x > y", None, None),
        ("absent(x) == 1", None, None),
        ("(x > bool 5) == 1", None, None),
        ("x > Inf", None, None),
        ("x", None, None),
        ("vector(1) > 0", None, None),
    ],
)
def test_operator_and_threshold(expr: str, op: str | None, threshold: str | None) -> None:
    assert of(expr)[1:3] == (op, threshold)


@pytest.mark.parametrize(
    ("expr", "unit"),
    [
        (f"{P99} > 0.25", "s"),
        (f"{P99} * 1000 > 250", "ms"),
        (f"{ERRORS} > 0.05", "fraction"),
        (f"{ERRORS} * 100 > 5", "percent"),
        (f"100 * {ERRORS} > 5", "percent"),
        (f"1 - {ERRORS} < 0.95", "fraction"),
        ("rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m]) > 1", "s"),
        ("process_resident_memory_bytes / 1024 / 1024 > 500", "MiB"),
        ("(a_bytes - b_bytes) / a_bytes > 0.9", "fraction"),
        ("model_drift_ratio > 0.2", "fraction"),
        ("request_time_milliseconds > 20", "ms"),
        ("cpu_usage_percent > 90", "percent"),
        ("sum(rate(http_requests_total[5m])) > 5", "per_second"),
        ("count(up == 0) > 2", "count"),
        ("time() - last_train_timestamp_seconds > 86400", "s"),
        ("rate(cpu_seconds_total[5m]) > 0.9", None),
        ("rate(a_total[5m]) / rate(b_total[5m]) > 0.9", None),
        ("model_drift_score > 0.2", None),
        ("x_seconds * y_seconds > 1", None),
    ],
)
def test_the_unit_is_that_of_the_series(expr: str, unit: str | None) -> None:
    assert of(expr).unit == unit


@pytest.mark.parametrize(
    ("expr", "alert", "metric"),
    [
        (f"{P99} > 0.25", "Slow", "latency_p99"),
        ('http_request_duration_seconds{quantile="0.95"} > 1', "Slow", "latency_p95"),
        ("x_seconds > 1", "HighLatency", "latency"),
        ("x_seconds > 1", "Slow", None),
        ("wait_duration_seconds > 1", "HighLatency", "latency"),
        ("database_request_duration_seconds > 1", "HighLatency", None),
        ("http_request_duration_seconds > 1", "DatabaseLatency", None),
        (f"{ERRORS} > 0.05", "Errors", "error_rate"),
        (f"1 - {ERRORS} < 0.95", "Up", "availability"),
        (
            'sum(rate(http_requests_total{code!~"5.."}[5m])) / sum(rate(http_requests_total[5m])) < 0.99',
            "Up",
            "availability",
        ),
        ("rate(errors_total[5m]) > 5", "HighErrorRate", None),
        ('sum(rate(http_requests_total{status="429"}[5m])) / sum(rate(http_requests_total[5m])) > 1', "Limits", None),
        ("rate(predictions_failed_total[5m]) / rate(predictions_total[5m]) > 0.1", "Failed", "error_rate"),
        ("model_accuracy < 0.8", "Quality", "accuracy"),
        ("cache_hit_rate < 0.8", "Cache", None),
        ("model_drift_score > 0.1", "Drift", None),
    ],
)
def test_a_metric_is_named_only_where_the_series_leave_no_doubt(expr: str, alert: str, metric: str | None) -> None:
    assert of(expr, alert).metric == metric


@pytest.mark.parametrize(
    ("expr", "window"),
    [
        ("rate(x[5m]) > 1", "5m"),
        ("max_over_time(x[1h30m:5m]) > 1", "1h30m"),
        ("rate(x[5m]) / rate(x[1h]) > 1", None),
        ("rate(x[$__rate_interval]) > 1", None),
        ("rate(x[{{.window}}]) > 1", None),
        ("rate(x[5m] offset 1d) > 1", "5m"),
        ("x > 1", None),
    ],
)
def test_the_window_is_the_one_range(expr: str, window: str | None) -> None:
    found = of(expr)
    assert (found.window, found.series, found.threshold) == (window, ("x",), "1")


def test_names_in_labels_and_in_quotes() -> None:
    assert of('{__name__="x_total"} > 1').series == ("x_total",)
    assert of('{"my.metric"} > 1').series == ("my.metric",)
    assert of('{__name__=~"model_.*"} > 1').series == ()


@pytest.mark.parametrize(
    ("expr", "series", "op", "threshold"),
    [
        ("rate(x_total[5m] smoothed) > 5", ("x_total",), "gt", "5"),
        ('sum by (job, le) (rate(x{a="y > 1", b=~"z"}[5m])) < 0.5', ("x",), "lt", "0.5"),
        ("2 > foo and bar", ("foo", "bar"), None, None),
        ("$metric > 5", (), "gt", "5"),
        ("x > y", ("x", "y"), None, None),
        ("(x + on(a) group_left y) > 1e-3", ("x", "y"), "gt", "1e-3"),
    ],
)
def test_patterns_read_what_the_parser_does_not(
    expr: str, series: tuple[str, ...], op: str | None, threshold: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "promql_parser", None)
    assert of(expr) == Watched(series, op, threshold)


def test_recording_rules_that_call_themselves_end() -> None:
    records = records_of({"a": "b + c", "b": "a", "c": "c"})
    assert watched("a > 1", records).series == ("a", "b", "c")


@pytest.mark.parametrize(
    "expr",
    ["(" * 7000, "x" + "+x" * 3999, "-" * 7900 + "x", "abs(" * 1900 + "x" + ")" * 1900, '"\\' * 4000, "<" * 7900,
     "[" * 8000, "{" * 8000, "x[1:" * 2000, "x" + "/x" * 190 + " > 1", "a and " * 190 + "b > 1", "x" * 30_000,
     "((" * 4000 + "x>5" + "))" * 3900],
)  # fmt: skip
def test_hostile_expressions_take_no_time(expr: str) -> None:
    start = time.process_time()
    of(expr)
    assert time.process_time() - start < 2


def test_many_records_upon_records_take_no_time() -> None:
    records = records_of({f"r{i}": "+".join([f"r{i + 1}"] * 100) for i in range(12)})
    start = time.process_time()
    watched("r0 > 5", records)
    assert time.process_time() - start < 2


def test_an_expression_may_be_a_number_and_severities_stay_words() -> None:
    assert alert("{alert: A, expr: 1}")["expr"] == "1"
    assert "severity" not in alert("{alert: A, expr: x > 1, labels: {severity: high}}")
    assert alert("{alert: A, expr: x > 1, labels: {severity: high}}")["labels"] == {"severity": "high"}


def test_what_is_templated_or_no_place_is_left_out() -> None:
    found = alert(
        "{alert: A, expr: x > 1, for: soon, labels: {team: '{{ $labels.team }}'}, annotations: {runbook: restart the pod}}"
    )
    assert not {"for", "owner", "labels", "runbook"} & found.keys()


def test_a_runbook_address_may_hold_a_label() -> None:
    url = "https://runbooks.example.org/{{ $labels.alertname }}"
    assert alert(f"{{alert: A, expr: x > 1, annotations: {{runbook_url: '{url}'}}}}")["runbook"] == url


def test_a_long_chain_of_records_takes_no_time() -> None:
    rules = "".join(
        f"  - {{record: 'r:{i}', expr: 'r:{i + 1} + r:{i + 2}'}}\n  - {{alert: A, expr: 'r:{i} > 1'}}\n"
        for i in range(800)
    )
    start = time.process_time()
    found = said(read(prometheus_rules, f"groups:\n- name: a\n  rules:\n{rules}"), "monitoring.alerts[]")
    assert len(found) == 800
    assert time.process_time() - start < 10
