"""NannyML: calculators with the reference data and the schedule."""

from mlgov.formats import nannyml
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, project, values

REAL = folder(FIXTURES / "nannyml" / "real")


def test_calculators_that_are_not_disabled() -> None:
    drift, quality = project(REAL).monitoring.signals
    assert (drift.id, drift.kind, drift.features, drift.method) == (
        "churn_drift",
        "data_drift",
        ["tenure", "contract"],
        "js",
    )
    assert (drift.reference, float(drift.window_rows), float(drift.threshold.warn)) == ("data/reference.pq", 5000, 0.1)
    assert (quality.id, quality.kind, float(quality.window)) == ("cbpe", "quality", 7 * 86400)
    assert {float(s.cadence) for s in (drift, quality)} == {86400}


def test_an_interval_is_a_cadence() -> None:
    (found,) = values(folder(FIXTURES / "nannyml" / "minimal"), "nannyml", "monitoring.signals[]")
    assert found == {"id": "missing_values", "kind": "input", "reference": "s3://b/ref.pq", "cadence": "6h"}


def test_two_methods_are_none() -> None:
    text = ("input: {reference_data: {path: a}}\ncalculators: [{type: univariate_drift, params: "
            "{continuous_methods: [wasserstein], categorical_methods: [chi2], chunk_period: M}}]\n")  # fmt: skip
    (found,) = said(read(nannyml, text), "monitoring.signals[]")
    assert not {"method", "window", "threshold"} & found.keys()
