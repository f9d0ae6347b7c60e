"""Levels in base units, percentiles, known metrics, what an alert watches, references and the nearest word."""

import pytest

from mlgov.lifecycle.level import Level, level, percentile_of, same_percentile
from mlgov.lifecycle.reference import references_to
from mlgov.lifecycle.suggestion import hint, nearest
from mlgov.lifecycle.watching import alert_level, alert_percentile, alert_side, asks_for, named_metrics, plain_series
from mlgov.units import quantity

from .joined import manifest


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("200ms", None, Level(0.2, "s")), ("200", "ms", Level(0.2, "s")), ("0.2", None, Level(0.2, "")),
        ("5%", "percent", Level(0.05, "fraction")), ("5", "percent", Level(0.05, "fraction")), ("3", "EUR", Level(3, "EUR")),
    ],
)  # fmt: skip
def test_a_level_is_told_in_base_units(text: str, unit: str | None, wanted: Level) -> None:
    found = level(quantity(text), unit)
    assert found.base == wanted.base
    assert found.value == pytest.approx(wanted.value)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (Level(0.2, "s"), Level(0.5, "s"), True), (Level(500, ""), Level(0.2, "s"), False),
        (Level(0.9, ""), Level(0.85, "fraction"), True), (Level(90, ""), Level(0.85, "fraction"), False),
        (Level(90, "fraction"), Level(0.85, "fraction"), False), (Level(1.2, "fraction"), Level(0.9, "fraction"), True),
        (Level(300, ""), Level(200, ""), True), (Level(1, "s"), Level(1, "fraction"), False),
    ],
)  # fmt: skip
def test_levels_compare_only_in_one_unit(a: Level, b: Level, answer: bool) -> None:
    assert a.is_comparable_with(b) is answer
    assert b.is_comparable_with(a) is answer


def test_a_laxer_level_lets_more_through() -> None:
    assert Level(0.5, "s").is_laxer_than(Level(0.2, "s"), "max")
    assert Level(0.5, "").is_laxer_than(Level(0.6, ""), "min")
    assert not Level(0.1 + 0.2, "").is_laxer_than(Level(0.3, ""), "max")
    assert not Level(1e-4, "").is_laxer_than(Level(1e-4, ""), "max")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("p95", "p95"), ("0.95", "p95"), ("95%", "p95"), ("95th", "p95"), ("P99.9", "p99.9"), ("p999", "p99.9"),
        ("median", "p50"), ("mean", "mean"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_percentile_has_one_spelling(text: str | None, wanted: str | None) -> None:
    assert percentile_of(text) == wanted


def test_a_percentile_that_one_side_lacks_is_unknown() -> None:
    assert same_percentile("p95", "0.95") is True
    assert same_percentile("p95", "p99") is False
    assert same_percentile("p95", None) is None
    assert same_percentile(None, None) is True


@pytest.mark.parametrize(
    ("word", "known", "wanted"),
    [
        ("p95_lat", ["latency_p95", "error_rate"], "latency_p95"), ("recal", ["recall", "roc_auc"], "recall"),
        ("revenue", ["recall", "clicks"], ""), ("x", [], ""), ("RecallMacro", ["recall_macro", "recall"], "recall_macro"),
    ],
)  # fmt: skip
def test_the_nearest_word(word: str, known: list[str], wanted: str) -> None:
    assert nearest(word, known) == wanted
    assert hint(word, known) == (f"; did you mean {wanted!r}?" if wanted else "")


@pytest.mark.parametrize(
    ("metric", "known", "better"),
    [
        ("{id: val_rmse}", "rmse", "minimize"), ("{id: quality, type: AUC}", "roc_auc", "maximize"),
        ("{id: hr, definition: heart rate}", None, None), ("{id: hr}", "hit_rate", "maximize"),
        ("{id: coverage, definition: share of calls, direction: minimize}", None, "minimize"),
        ("{id: error_rate, definition: failed / all}", "error_rate", "minimize"), ("{id: retention}", None, None),
    ],
)  # fmt: skip
def test_a_metric_of_common_knowledge(metric: str, known: str | None, better: str | None) -> None:
    found = manifest(f"metrics: [{metric}]\n")[0].metrics[0]
    assert (found.known.name if found.known else None) == known
    assert found.better == better


def test_a_metric_is_told_by_its_definition_or_its_words() -> None:
    project, _ = manifest("metrics: [{id: auc_test, type: roc_auc, aliases: [area]}, {id: latency_p95}]\n")
    assert [project.metric_id(n) for n in ("area", "latency_p95", "F1 macro", None)] == [
        "auc_test",
        "latency_p95",
        "f1_macro",
        "",
    ]
    assert [m.percentile for m in project.metrics] == [None, "p95"]


def test_what_an_alert_watches() -> None:
    project, _ = manifest(
        "metrics: [{id: latency_p95, unit: s, series: [request_seconds]}, {id: recall, unit: fraction}]\n"
        "monitoring:\n"
        "  signals: [{id: quality, kind: quality, metric: recall}]\n"
        "  alerts:\n"
        "  - {name: a, metric: latency_p95, op: gte, threshold: 200, unit: ms}\n"
        "  - {name: b, signal: quality, op: lt, threshold: 0.5}\n"
        "  - {name: c, series: ['request_seconds_bucket{le=\"1\"}'], op: gt, threshold: 1}\n"
        "  - {name: d, metric: recall}\n"
    )
    alerts, (latency, _) = project.monitoring.alerts, project.metrics
    assert [named_metrics(a, project) for a in alerts] == [{"latency_p95"}, {"recall"}, set(), {"recall"}]
    assert [asks_for(a, latency) for a in alerts] == [False, False, True, False]
    assert alert_level(alerts[0], "s") == Level(0.2, "s")
    assert alert_level(alerts[1], "fraction") == Level(0.5, "fraction")
    assert alert_level(alerts[3], "fraction") is None
    assert [alert_side(a) for a in alerts[:2]] == ["max", "min"]
    assert alert_percentile(alerts[0], "latency_p95") == "p95"
    assert plain_series("request_seconds_bucket") == "request_seconds"


def test_a_native_alert_counts_in_the_unit_of_its_series() -> None:
    rules = (
        "groups:\n- name: g\n  rules:\n"
        "  - {alert: a, expr: model_confidence < 0.8}\n"
        "  - {alert: b, expr: model_queue > 500}\n"
        "  - {alert: c, expr: request_seconds > 2}\n"
    )
    project, _ = manifest("metrics: [{id: recall, unit: fraction}]\n", **{"alerts.yml": rules})
    share, queue, time = project.monitoring.alerts
    assert alert_level(share, "fraction") == Level(0.8, "fraction")
    assert alert_level(queue, "s") == Level(500, "")
    assert alert_level(time, "ms") == Level(2, "s")


def test_references_to_metrics() -> None:
    project, _ = manifest(
        "metrics: [{id: recall, proxy_for: retention}]\n"
        "framing: {multi_objective: {weights: {recall: 0.5, ctr: 0.5}}}\n"
        "experiments: [{id: ab, primary_metrics: [ctr, recall]}]\n"
    )
    found = [(r.path, r.wanted, r.origin.pointer) for r in references_to("metrics", project)]
    assert found == [
        ("framing.multi_objective.weights", "recall", "/framing/multi_objective/weights/recall"),
        ("framing.multi_objective.weights", "ctr", "/framing/multi_objective/weights/ctr"),
        ("metrics[recall].proxy_for", "retention", "/metrics/0/proxy_for"),
        ("experiments[ab].primary_metrics", "ctr", "/experiments/0/primary_metrics/0"),
        ("experiments[ab].primary_metrics", "recall", "/experiments/0/primary_metrics/1"),
    ]
