"""Evidently: results of 0.7 and of 0.4; shares are fractions, p-values have an alpha, distances a threshold."""

import json
from typing import Any

import pytest

from mlgov.formats import evidently
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, project, values

REAL = folder(FIXTURES / "evidently" / "real")


def signal(**config: Any) -> dict[str, Any]:
    metric = {"config": {"type": "evidently:metric_v2:ValueDrift", "column": "age", **config}, "value": 0.3}
    (found,) = said(read(evidently, json.dumps({"metrics": [metric]}), "report.json"), "monitoring.signals[]")
    return dict(found)


def test_a_report_of_0_7() -> None:
    found = project({"report.json": REAL["report_0_7.json"]}).monitoring
    share, tenure, charge, contract, missing = found.signals
    assert (share.id, share.literal("threshold", "warn")) == ("data_drift", "0.5")
    assert (tenure.features, tenure.method, float(tenure.alpha), tenure.threshold) == (["tenure"], "ks", 0.05, None)
    assert (charge.method, charge.alpha, float(charge.threshold.critical)) == ("psi", None, 0.2)
    assert (contract.method, contract.form, float(contract.threshold.warn)) == ("js", "distance", 0.1)
    assert (missing.kind, missing.features) == ("input", ["tenure"])
    assert (found.reports[0].signal, found.reports[0].kind, found.reports[0].date) == ("data_drift", "drift", None)
    assert round(float(found.reports[0].value), 3) == 0.667
    assert {r.file for r in found.reports} == {"/report.json"}


def test_a_report_of_0_4() -> None:
    found = project({"report.json": REAL["report_0_4.json"]}).monitoring
    assert [s.id for s in found.signals] == ["data_drift", "drift_monthly_charge_ks", "drift_tenure_ks", "drift_contract",
                                             "drift_tenure_psi"]  # fmt: skip
    assert {r.date for r in found.reports} == {"2026-11-20 17:33:31.642025"}
    assert [r.literal("value") for r in found.reports][-1] == "0.06417984201604553"
    assert float(found.signals[-1].threshold.warn) == 0.2


def test_a_test_suite_of_0_4() -> None:
    found = values({"suite.json": REAL["suite_0_4.json"]}, "evidently", "monitoring.reports[]")
    assert [(r["signal"], r["value"]) for r in found] == [("drift_monthly_charge_ks", "0.0")]


def test_results_are_observed_and_versions_told() -> None:
    assert {f.how for f in facts(REAL, "evidently")} == {"observed"}
    assert [e.version for e in inventory(REAL).entries] == ["0.4.40", "0.7", "0.4.40"]


@pytest.mark.parametrize(
    ("method", "said_"),
    [
        ("K-S p_value", {"method": "ks", "alpha": "0.1"}),
        ("chi-square p_value", {"method": "chi2", "alpha": "0.1"}),
        ("Z-test p_value", {"alpha": "0.1"}),
        ("psi", {"method": "psi", "threshold": {"warn": "0.1"}}),
        ("Jensen-Shannon distance", {"method": "js", "form": "distance", "threshold": {"warn": "0.1"}}),
        ("Wasserstein distance (normed)", {"method": "wasserstein", "threshold": {"warn": "0.1"}}),
        ("my own", {}),
    ],
)
def test_p_values_and_distances(method: str, said_: dict[str, Any]) -> None:
    found = signal(method=method, threshold=0.1)
    assert {k: v for k, v in found.items() if k not in ("id", "kind", "features")} == said_


def test_the_prediction_drifts_on_its_own() -> None:
    assert signal(column="prediction", method="psi")["kind"] == "prediction_drift"


def test_what_is_not_finite_was_not_measured() -> None:
    text = '{"metrics": [{"config": {"type": "evidently:metric_v2:ValueDrift", "column": "age", "method": "psi"}, "value": NaN}]}'
    assert said(read(evidently, text, "r.json"), "monitoring.reports[]") == []


def test_a_quality_metric() -> None:
    text = '{"metrics": [{"config": {"type": "evidently:metric_v2:F1Score"}, "value": 0.71}]}'
    (found,) = said(read(evidently, text, "r.json"), "monitoring.signals[]")
    assert found == {"id": "f1", "kind": "quality", "metric": "f1"}
