"""Files of predictions are found, read and paired as declared; what cannot be is said."""

from pathlib import Path

import pytest

from mlgov.lifecycle.measured import MeasuredGain, MeasuredGroups, MeasuredMetric
from tests.unit.verification.ground import HEAD, measured, written

ROWS = "label,prediction,score,sex,n\n1,1,0.9,f,1\n1,0,0.4,f,2\n0,0,0.2,m,3\n0,1,0.6,m,4\n"
RESULTS = "  results: [{metric: accuracy, value: 0.5, split: test}]\n"
OWN = "framing: {output: {type: binary}}\nevaluation:\n  predictions: {file: p.csv}\n"


def metrics(root: Path) -> list[MeasuredMetric]:
    return [m for m in measured(root).measurements if isinstance(m, MeasuredMetric)]


def test_usual_names_of_columns_are_known(tmp_path: Path) -> None:
    (found,) = metrics(written(tmp_path, {"mlgov.yaml": HEAD + OWN + RESULTS, "p.csv": ROWS}))
    assert (found.values, found.n, found.about) == ((0.5,), 4, ("evaluation", "results", 0))


def test_a_result_names_its_own_predictions(tmp_path: Path) -> None:
    text = "evaluation:\n  results: [{metric: accuracy, value: 0.5, split: test, source: {file: p.csv}}]\n"
    (found,) = metrics(written(tmp_path, {"mlgov.yaml": HEAD + text, "p.csv": ROWS}))
    assert found.values == (0.5,)


def test_a_table_of_results_is_no_file_of_predictions(tmp_path: Path) -> None:
    text = "evaluation:\n  results: [{metric: accuracy, value: 0.5, source: {file: m.csv}}]\n"
    found = measured(written(tmp_path, {"mlgov.yaml": HEAD + text, "m.csv": "metric,value\naccuracy,0.5\n"}))
    assert (found.measurements, found.defects) == ((), ())


def test_results_of_other_data_are_left_alone(tmp_path: Path) -> None:
    both = (
        "  results: [{metric: accuracy, value: 0.5, split: test}, {metric: accuracy, value: 0.9, split: validation}]\n"
    )
    text = OWN.replace("file: p.csv", "file: p.csv, split: test") + both
    (found,) = metrics(written(tmp_path, {"mlgov.yaml": HEAD + text, "p.csv": ROWS}))
    assert found.about[-1] == 0


@pytest.mark.parametrize(
    ("columns", "rows", "reason"),
    [
        ("target: truth", ROWS, "has no column 'truth'"),
        ("weight: label", "a,b\n1,2\n", "has no column 'label'"),
        ("target: a", "a,b\n1,2\n", "has no columns of truth and prediction"),
        ("target: label", ROWS.replace("1,1,0.9", ",1,0.9"), "1 rows without a value in column 'label'"),
        ("target: label", ROWS.replace("0.9", "nan"), "1 rows without a number in column 'score'"),
    ],
)
def test_a_file_that_is_not_as_declared_is_a_gap(tmp_path: Path, columns: str, rows: str, reason: str) -> None:
    text = OWN.replace("file: p.csv", f"file: p.csv, {columns}") + RESULTS
    found = measured(written(tmp_path, {"mlgov.yaml": HEAD + text, "p.csv": rows}))
    (defect,) = found.defects
    assert reason in defect.message
    assert found.measured < found.planned


def test_a_slice_is_cut_by_its_column(tmp_path: Path) -> None:
    results = "  results: [{metric: accuracy, value: 1, split: test, slice: 'n=1'}, {metric: accuracy, value: 1, slice: old}]\n"
    one, other = metrics(written(tmp_path, {"mlgov.yaml": HEAD + OWN + results, "p.csv": ROWS}))
    assert (one.values, one.n) == ((1.0,), 1)
    assert "slice" in other.lack


def test_groups_are_counted_and_a_threshold_decides(tmp_path: Path) -> None:
    text = OWN + "  fairness: {limits: [{measure: demographic_parity_difference, attribute: sex, max: 0.1}]}\n"
    root = written(tmp_path, {"mlgov.yaml": HEAD + text + "training: {threshold: {value: 0.5}}\n", "p.csv": ROWS})
    (found,) = (m for m in measured(root).measurements if isinstance(m, MeasuredGroups))
    assert [(g.value, g.tp, g.fp, g.fn, g.tn) for g in found.groups] == [("f", 1, 0, 1, 0), ("m", 0, 1, 0, 1)]


PAIR = """metrics: [{id: accuracy, role: primary}]
baselines: [{id: old, kind: heuristic, predictions: {file: old.csv, item: id}}]
evaluation: {predictions: {file: new.csv, item: id}}
"""
NEW = "id,label,prediction\na,1,1\nb,0,0\nc,1,1\n"


def gains(root: Path, old: str) -> tuple[list[MeasuredGain], list[str]]:
    found = measured(written(root, {"mlgov.yaml": HEAD + PAIR, "new.csv": NEW, "old.csv": old}))
    return [m for m in found.measurements if isinstance(m, MeasuredGain)], [d.message for d in found.defects]


def test_rows_are_paired_by_their_names_whatever_the_order(tmp_path: Path) -> None:
    ((gain,), _) = gains(tmp_path, "id,label,prediction\nc,1,0\na,1,1\nb,0,1\n")
    assert (gain.ours, gain.n, gain.only_ours, gain.only_theirs) == (1, 3, 2, 0)


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("id,label,prediction\na,1,1\na,0,0\nc,1,1\n", "names a row twice"),
        ("id,label,prediction\na,1,1\nb,0,0\n", "does not hold the same rows"),
        ("id,label,prediction\na,1,1\nb,1,0\nc,1,1\n", "has other true values"),
        ("label,prediction\n1,1\n0,0\n1,1\n", "has no column 'id'"),
    ],
)
def test_rows_that_do_not_belong_together_are_not_paired(tmp_path: Path, old: str, reason: str) -> None:
    found, reasons = gains(tmp_path, old)
    assert not found
    assert any(reason in said for said in reasons)
