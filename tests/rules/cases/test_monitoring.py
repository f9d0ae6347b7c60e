"""Monitoring rules: single faults in a complete project, native alerts, other units, the other side removed."""

from pathlib import Path

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"
EXAMPLE = Path(__file__).parents[3] / "examples" / "churn"
COMPLETE = {str(p.relative_to(EXAMPLE)): p.read_text("utf-8") for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}


def messages(code: str, manifest: str | None, more: dict[str, str] | None = None) -> list[str]:
    """What one rule reports about a manifest (None = there is none); nothing else may be wrong with it."""
    files = ({} if manifest is None else {"mlgov.yaml": HEAD + manifest}) | (more or {})
    verdicts = judged(RULES[code], files).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


def rules(*alerts: str) -> str:
    """A rule file of Prometheus."""
    return "groups:\n- name: churn\n  rules:\n" + "".join(f"  - {{{alert}}}\n" for alert in alerts)


PLANTED = {
    "MON001": ("  - {id: cpu, kind: utilization, window: 5m}\n", ""),
    "MON002": ("  - {id: scores, kind: output, features: [churn_probability], window: 1d}\n", ""),
    "MON003": ("reference: train_2026, reference_rows: 180000, ", ""),
    "MON004": ("metric: precision, range: {min: 0.60}, window: 30d", "metric: precision, window: 30d"),
    "MON005": ("severity: critical, owner: di, runbook", "severity: critical, runbook"),
    "MON006": ("triggers: [{kind: schedule}, {kind: drift, signal: input_drift, above: 0.15}], cadence: 90d, staleness_limit: 120d, ", ""),
    "MON007": ("alerts: [ChurnFeatureTableStale], owner: di", "owner: di"),
    "MON101": ("method: psi, bins: 10,", "method: psi,"),
    "MON201": ("op: gt, threshold: 0.2, unit: s, percentile: p95", "op: gt, threshold: 500, unit: ms, percentile: p95"),
    "MON202": ("  - {id: complaints, kind: business, metric: complaint_rate, window: 7d}\n", ""),
    "MON203": ("kind: data_drift, features: [", "kind: data_drift, features: [zip, "),
    "MON204": ("features: [tenure_months, monthly_charge, tickets_30d, payment_failures_90d]", "features: [monthly_charge]"),
    "MON205": (", proxy_for: precision}", "}"),
    "MON208": ("{name: ChurnErrorRateHigh, ", "{name: ChurnErrorRateHigh, summary: errors above 3 %, "),
    "MON212": ("  detection_sla: 7d", "  reports: [{file: docs/runbook.md, signal: input_drift, value: 0.31, date: 2026-11-15}]\n  detection_sla: 7d"),
    "MON301": ("window_rows: 1000, threshold", "window_rows: 50, threshold"),
    "MON302": ("window_rows: 3500, severity: warning", "window_rows: 35, severity: warning"),
    "MON303": ("method: psi, bins: 10, reference: train_2026, reference_rows: 180000, window: 1d", "method: ks, alpha: 5%, reference: train_2026, window: 1h"),
}  # fmt: skip


@pytest.mark.parametrize("code", PLANTED)
def test_the_complete_project_is_clean_and_one_fault_is_found(code: str) -> None:
    old, new = PLANTED[code]
    text = COMPLETE["mlgov.yaml"]
    assert old in text
    for manifest, count in ((text, 0), (text.replace(old, new), 1)):
        found = judged(RULES[code], {**COMPLETE, "mlgov.yaml": manifest}, "standard").verdicts
        assert len([v for v in found if v.code == code]) == count


QUIET = {
    "an analysis": ("MON001", "problem: {constraints: {platform: none}}"),
    "an excused section": ("MON001", "monitoring: {not_applicable: {reason: a library}}"),
    "excused signals": ("MON003", "monitoring: {signals: {not_applicable: {reason: a library}}, detection_sla: 1d}"),
    "another side": (
        "MON201",
        (
            "metrics: [{id: load, unit: fraction, acceptable: {max: 0.8}}]\n"
            "monitoring: {alerts: [{name: idle, metric: load, op: lt, threshold: 0.9}]}"
        ),
    ),
    "the bound itself": (
        "MON201",
        (
            "metrics: [{id: latency_p95, unit: s, acceptable: {max: 300ms}}]\n"
            "monitoring: {alerts: [{name: slow, metric: latency_p95, op: gt, threshold: 0.3}]}"
        ),
    ),
    "a percent that is no fraction": (
        "MON201",
        (
            "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.9}}]\n"
            "monitoring: {alerts: [{name: low, metric: recall, op: lt, threshold: 85}]}"
        ),
    ),
    "a higher percentile within the bound": (
        "MON201",
        (
            "metrics: [{id: latency_p95, unit: s, acceptable: {max: 300ms}}]\n"
            "monitoring: {alerts: [{name: slow, metric: latency_p95, percentile: p99, op: gt, threshold: 0.9}]}"
        ),
    ),
    "an embedding": (
        "MON101",
        (
            "data: {features: [{name: e, dtype: embedding}]}\n"
            "monitoring: {signals: [{id: d, kind: data_drift, method: ks, features: [e], alpha: 0.01}]}"
        ),
    ),
    "all features at once": (
        "MON203",
        (
            "training: {signature: {inputs: [{name: a}]}}\n"
            "monitoring: {signals: [{id: d, kind: data_drift, features: ['card_*', A, 'a_mean']}]}"
        ),
    ),
    "no importance and nothing required": (
        "MON204",
        (
            "training: {signature: {inputs: [{name: a}, {name: b}]}}\n"
            "monitoring: {signals: [{id: d, kind: data_drift, features: [a]}]}"
        ),
    ),
    "a text about something else": (
        "MON208",
        (
            "monitoring: {alerts: [{name: slow, op: gt, threshold: 0.2, unit: s, for: 10m, window: 5m,"
            " summary: 'p95 high for more than 10m, more than 3 pods, now {{ $value }}s, 5xx above 2%'}]}"
        ),
    ),
    "a percent without a unit": (
        "MON208",
        "monitoring: {alerts: [{name: e, op: gt, threshold: 5, summary: above 5 %}, {name: f, op: gt, threshold: 0.5, summary: over the limit of 5%}]}",
    ),
    "a pair of waits": (
        "MON209",
        (
            "monitoring: {alerts: [{name: e, op: gt, threshold: 5%, for: 5m, severity: critical},"
            " {name: e, op: gt, threshold: 5%, for: 1m, severity: warning}]}"
        ),
    ),
    "two windows": (
        "MON209",
        "monitoring: {alerts: [{name: burn, op: gt, threshold: 14.4, window: 1h}, {name: burn, op: gt, threshold: 6, window: 6h}]}",
    ),
    "falling levels are a pair": (
        "MON209",
        (
            "monitoring: {alerts: [{name: e, op: lt, threshold: 0.8, severity: warning},"
            " {name: e, op: lt, threshold: 0.7, severity: critical}]}"
        ),
    ),
    "a job with a word of the service": (
        "MON210",
        (
            "serving: {endpoints: [{id: churn_api, service: churn-service}]}\n"
            "monitoring: {scrape_jobs: [{name: churn, targets: ['host.docker.internal:5000']}]}"
        ),
    ),
    "no alertmanager": ("MON211", "monitoring: {alerts: [{name: a, op: gt, threshold: 1, labels: {team: ml}}]}"),
    "a default that calls": (
        "MON211",
        "monitoring: {alerts: [{name: a, op: gt, threshold: 1}], routes: [{receiver: default, targets: [slack]}]}",
    ),
    "a receiver told without targets": (
        "MON211",
        "monitoring: {alerts: [{name: a, op: gt, threshold: 1}], routes: [{receiver: chat}]}",
    ),
    "a later report is fine again": (
        "MON212",
        (
            "training: {candidates: [{id: m, trained_on: 2026-01-01}], selection: {selected: m}}\n"
            "monitoring: {signals: [{id: d, kind: data_drift}], reports: [{signal: d, value: 0.4, date: 2026-05-01},"
            " {signal: d, value: 0.1, date: 2026-06-01}]}\n"
            "feedback: {retraining: {triggers: [{kind: drift, signal: d, above: 0.2}]}}"
        ),
    ),
    "exactly at the trigger": (
        "MON212",
        (
            "training: {candidates: [{id: m, trained_on: 2026-01-01}], selection: {selected: m}}\n"
            "monitoring: {signals: [{id: d, kind: data_drift}], reports: [{signal: d, value: 0.2, date: 2026-05-01}]}\n"
            "feedback: {retraining: {triggers: [{kind: drift, signal: d, above: 0.2}]}}"
        ),
    ),
    "an average over classes": (
        "MON302",
        (
            "framing: {output: {type: multiclass}}\nmetrics: [{id: recall, average: macro, unit: fraction}]\n"
            "evaluation: {results: [{metric: recall, value: 0.92, split: test}]}\n"
            "monitoring: {alerts: [{name: low, metric: recall, op: lt, threshold: 0.9, window_rows: 50}]}"
        ),
    ),
    "a result of training data": (
        "MON302",
        (
            "metrics: [{id: accuracy, unit: fraction}]\nevaluation: {results: [{metric: accuracy, value: 0.92, split: train}]}\n"
            "monitoring: {alerts: [{name: low, metric: accuracy, op: lt, threshold: 0.9, window_rows: 50}]}"
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []


SLOW = (
    "alert: Slow, expr: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > %s'"
)


@pytest.mark.parametrize(("threshold", "fires"), [("0.5", True), ("0.2", False), ("0.15", False)])
@pytest.mark.parametrize("bound", ["{max: 200ms}", "{max: 0.2}"])
def test_a_native_alert_is_held_against_the_bound_of_the_manifest(threshold: str, fires: bool, bound: str) -> None:
    manifest = f"metrics: [{{id: latency_p95, unit: s, acceptable: {bound}}}]\n"
    assert bool(messages("MON201", manifest, {"alerts.yml": rules(SLOW % threshold)})) is fires


def test_a_native_alert_on_another_percentile_or_in_staging_says_nothing() -> None:
    bound = "metrics: [{id: latency_p99, unit: s, acceptable: {max: 0.2}}]\n"
    assert messages("MON201", bound, {"alerts.yml": rules(SLOW % "0.5")}) == []
    same = bound.replace("p99", "p95")
    assert messages("MON201", same, {"overlays/staging/alerts.yml": rules(SLOW % "0.5")}) == []
    assert len(messages("MON201", same, {"overlays/production/alerts.yml": rules(SLOW % "0.5")})) == 1


def test_a_strict_alert_in_staging_does_not_excuse_a_late_one() -> None:
    files = {"overlays/staging/alerts.yml": rules(SLOW % "0.1"), "alerts.yml": rules(SLOW % "0.5")}
    assert len(messages("MON201", "metrics: [{id: latency_p95, unit: s, acceptable: {max: 0.2}}]\n", files)) == 1


def test_an_alert_that_shares_a_series_may_count_something_else() -> None:
    bound = "metrics: [{id: error_rate, unit: fraction, series: [jobs_total], acceptable: {max: 0.01}}]\n"
    busy = rules("alert: Busy, expr: 'sum(rate(jobs_total[5m])) > 1000'")
    assert messages("MON201", bound, {"alerts.yml": busy}) == []


@pytest.mark.parametrize("gone", ["metrics", "monitoring"])
def test_without_one_side_nothing_is_compared(gone: str) -> None:
    manifest = (
        "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.8}}]\n"
        "monitoring: {alerts: [{name: low, metric: recall, op: lt, threshold: 0.5}]}\n"
    )
    assert len(messages("MON201", manifest)) == 1
    lines = [line for line in manifest.splitlines(keepends=True) if not line.startswith(gone)]
    assert messages("MON201", "".join(lines)) == []


PROMETHEUS = "scrape_configs: [{job_name: churn, static_configs: [{targets: ['churn:8000']}]}]\n"
ALERTS = rules("alert: A, expr: a > 1", "alert: B, expr: b > 1")


@pytest.mark.parametrize(
    ("pattern", "file", "fires"),
    [
        ("rules/*.yaml", "monitoring/rules/churn.yaml", False), ("rules/*.yaml", "monitoring/alerts/churn.yaml", True),
        ("/etc/prometheus/rules/*.yml", "monitoring/alerts/churn.yml", False), ("/etc/*.yml", "alerts/churn.yaml", True),
        ("alerts.yml", "monitoring/alerts.yml", False), ("./alerts.yml", "monitoring/alerts.yml", False),
        ("../rules/*.yml", "rules/a.yml", False), ("/etc/prometheus/first.yml", "monitoring/second.yml", True),
    ],
)  # fmt: skip
def test_rule_files_are_matched_as_prometheus_would(pattern: str, file: str, fires: bool) -> None:
    config = f"rule_files: ['{pattern}']\n" + PROMETHEUS
    assert bool(messages("MON206", None, {"monitoring/prometheus.yml": config, file: ALERTS})) is fires


def test_a_configuration_without_rule_files_is_one_finding() -> None:
    files = {"monitoring/prometheus.yml": PROMETHEUS, "monitoring/a.yml": ALERTS, "monitoring/b.yml": ALERTS}
    (found,) = messages("MON206", None, files)
    assert (
        found
        == "the Prometheus configuration loads no rule files, so 4 alerts in monitoring/a.yml, monitoring/b.yml never fire"
    )


def test_rules_in_a_config_map_are_named_by_their_key() -> None:
    inner = "".join(f"    {line}\n" for line in ALERTS.splitlines())
    config_map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules}\ndata:\n  alerts.yml: |\n" + inner
    config = "rule_files: [%s]\n" + PROMETHEUS
    for pattern, count in (("/etc/prometheus/alerts.yml", 0), ("/etc/prometheus/others.yml", 1)):
        found = messages("MON206", None, {"prometheus.yml": config % pattern, "k8s/rules.yaml": config_map})
        assert len(found) == count


def test_without_a_prometheus_configuration_nothing_is_said_about_loading() -> None:
    assert messages("MON206", None, {"alerts.yml": ALERTS}) == []


def test_recording_rules_and_listed_series_are_known() -> None:
    record = rules("record: 'churn:psi:max', expr: max(model_psi)", "alert: Drift, expr: 'churn:psi:max > 0.2'")
    listed = "monitoring: {exports: [%s]}\n"
    assert messages("MON207", listed % "model_psi", {"alerts.yml": record}) == []
    (found,) = messages("MON207", listed % "model_psi_mean", {"alerts.yml": record})
    assert "model_psi, which nothing here exports; did you mean 'model_psi_mean'?" in found
    assert messages("MON207", "", {"alerts.yml": record}) == []


def test_the_text_of_a_native_alert() -> None:
    late = "alert: E, expr: 'errors_ratio > 0.05', annotations: {summary: 'error ratio above %s'}"
    assert messages("MON208", None, {"alerts.yml": rules(late % "5%")}) == []
    (found,) = messages("MON208", None, {"alerts.yml": rules(late % "3%")})
    assert found == "alert E says 3 % in its text, the rule fires at 0.05"


def test_one_name_in_two_environments_is_no_conflict() -> None:
    files = {
        "overlays/staging/a.yml": rules("alert: A, expr: a > 1"),
        "overlays/prod/a.yml": rules("alert: A, expr: a > 2"),
    }
    assert messages("MON209", None, files) == []
    files = {"one/a.yml": rules("alert: A, expr: a > 1"), "two/a.yml": rules("alert: A, expr: a > 2")}
    assert len(messages("MON209", "", files)) == 1


ALERTMANAGER = """
route:
  receiver: default
  routes:
  - {matchers: ['severity="critical"'], receiver: pager}
receivers:
- {name: default%s}
- {name: pager, pagerduty_configs: [{routing_key: k}]}
"""


@pytest.mark.parametrize(
    ("severity", "target", "fires"),
    [
        ("page", "", True), ("critical", "", False), ("page", ", slack_configs: [{channel: c}]", False),
        ("page", ", email_configs: [{to: devnull@example.com}]", True),
    ],
)  # fmt: skip
def test_labels_are_routed_as_they_are_written(severity: str, target: str, fires: bool) -> None:
    alert = rules(f"alert: A, expr: a > 1, labels: {{severity: {severity}}}")
    found = messages("MON211", None, {"alerts.yml": alert, "alertmanager.yml": ALERTMANAGER % target})
    assert bool(found) is fires


def test_repeating_entities_make_a_window_smaller() -> None:
    manifest = (
        "data: {datasets: [{id: ref, rows: 180000}]%s}\n"
        "monitoring: {signals: [{id: d, kind: data_drift, method: psi, bins: 10, reference: ref, window_rows: 1000,"
        " threshold: {warn: 0.1}}]}\n"
    )
    assert messages("MON301", manifest % "") == []
    (found,) = messages("MON301", manifest % ", entity: {key: user, rows_per_entity: 10}")
    assert "window 100, counting entities of 10 rows" in found


@pytest.mark.parametrize(("threshold", "unit"), [("0.90", "fraction"), ("90%", "fraction"), ("90", "percent")])
def test_a_noisy_alert_in_any_unit(threshold: str, unit: str) -> None:
    value = "92" if unit == "percent" else "0.92"
    (found,) = messages(
        "MON302",
        f"metrics: [{{id: accuracy, unit: {unit}}}]\nevaluation: {{results: [{{metric: accuracy, value: {value}, split: test}}]}}\n"
        f"monitoring: {{alerts: [{{name: low, metric: accuracy, op: lt, threshold: {threshold}, window_rows: 150}}]}}\n",
    )
    assert "fires in 0.146 of all windows" in found


@pytest.mark.parametrize(
    ("receiver", "fires"), [("{name: ml}", True), ("{name: ml, email_configs: [{to: a@b.c}]}", False)]
)
def test_a_route_to_an_empty_receiver_goes_nowhere(receiver: str, fires: bool) -> None:
    routes = "route: {receiver: all, routes: [{matchers: ['team=\"ml\"'], receiver: ml}]}\n"
    receivers = f"receivers: [{{name: all, webhook_configs: [{{url: 'http://bot.example'}}]}}, {receiver}]\n"
    alert = rules("alert: Slow, expr: a_seconds > 1, labels: {team: ml, severity: critical}")
    found = messages("MON211", None, {"alertmanager.yml": routes + receivers, "rules/a.yml": alert})
    assert bool(found) is fires
