"""SageMaker Model Monitor: constraints, the size of their baseline, and violations."""

from mlgov.formats import sagemaker_monitor
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, inventory, project

REAL = folder(FIXTURES / "sagemaker_monitor" / "real")


def test_constraints_watch_drift_against_the_baseline_beside_them() -> None:
    quality, drift = project(REAL).monitoring.signals
    assert (quality.kind, quality.features) == ("input", ["tenure", "contract"])
    assert (drift.kind, float(drift.threshold.warn), drift.method) == ("data_drift", 0.1, None)
    assert float(drift.reference_rows) == 24000


def test_violations_are_reports() -> None:
    drift, quality = project(REAL).monitoring.reports
    assert (drift.kind, drift.signal, drift.literal("value")) == ("drift", "baseline_drift", "0.1711")
    assert (quality.kind, quality.signal, quality.value) == ("data_quality", "data_quality", None)
    assert drift.file == "/constraint_violations.json"
    assert drift.how == "observed"


def test_what_is_disabled_watches_nothing() -> None:
    head = '{"features": [{"name": "a", "inferred_type": "String"}], "monitoring_config": '
    off = read(sagemaker_monitor, head + '{"evaluate_constraints": "Disabled"}}', "constraints.json")
    assert not off
    partly = head + '{"distribution_constraints": {"perform_comparison": "Disabled"}}}'
    assert [s["id"] for s in said(read(sagemaker_monitor, partly, "c.json"), "monitoring.signals[]")] == [
        "data_quality"
    ]


def test_the_kind_of_file_is_told() -> None:
    assert {e.path: e.reason for e in inventory(REAL).entries} == {
        "constraint_violations.json": "violations", "constraints.json": "constraints", "statistics.json": "statistics",
    }  # fmt: skip
