"""Alibi Detect: a saved detector is a signal with its test, its alpha and its reference data."""

import pytest

from mlgov.artifact import Artifact
from mlgov.formats import alibi_detect
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, folder, project


def test_a_detector_is_known_by_its_folder() -> None:
    found, tabular = project(folder(FIXTURES / "alibi_detect" / "real")).monitoring.signals
    assert (tabular.id, tabular.method, float(tabular.alpha)) == ("churn_tabular", None, 0.01)
    assert (found.id, found.kind, found.method, float(found.alpha)) == ("churn_drift", "data_drift", "ks", 0.05)
    assert found.reference == "/detectors/churn_drift/x_ref.npy"


@pytest.mark.parametrize("name", ["TabularDrift", "LSDDDrift"])
def test_tests_without_a_word_in_the_model(name: str) -> None:
    (found,) = said(read(alibi_detect, f'name = "{name}"\nx_ref = "x.npy"\n', "config.toml"), "monitoring.signals[]")
    assert "method" not in found


@pytest.mark.parametrize("text", ["name = 1\nx_ref = 2", 'name = "KSDrift"', "", 'name = ["KSDrift"]\nx_ref = "a"'])
def test_what_is_no_detector(text: str) -> None:
    assert alibi_detect.recognise(Artifact("config.toml", text.encode())) is None


def test_odd_values_state_nothing() -> None:
    found = said(
        read(alibi_detect, 'name = "KSDrift"\nx_ref = [1]\np_val = 7\n', "config.toml"), "monitoring.signals[]"
    )
    assert found == [{"id": "KSDrift", "kind": "data_drift", "method": "ks"}]
