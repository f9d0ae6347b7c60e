"""The example with data: each planted fault is reported from the rows themselves, and the clean twin has no finding."""

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from mlgov.report import Report
from mlgov.run import Request, check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def judged(name: str) -> Report:
    """The report on one example with its data measured."""
    options = {"data": {"verify": True}}
    report, _ = check(Request((str(EXAMPLES / name),), today="2026-11-20", options=options, use_cache=False))
    return report


def test_the_clean_twin_has_no_finding() -> None:
    report = judged("credit-default-clean")
    assert [(f.code, f.message) for f in report.findings] == []
    assert report.completeness.completed


# the planted fault -> the rule, and what it says
FAULTS = {
    "customers of the training data in the test data": ("DAT402", "60 values of customer_id stand in both train and test"),
    "an input that is known only after the default": ("DAT406", "collection_calls alone tells defaulted"),
    "a test period that begins too early": ("DAT405", "before train ends"),
    "rows before the declared period": ("DAT404", "lie before its first day"),
    "a wrong count of rows": ("DAT410", "the number of rows should be 1800"),
    "a card with a number of the validation split": ("EVA401", "Recall = 0.707, recomputed from"),
    "an overstated area under the curve": ("EVA401", "roc_auc = 0.8608, recomputed from"),
    "a group that no report shows": ("EVA402", "60_and_over (n = 202)"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported(fault: str) -> None:
    code, words = FAULTS[fault]
    found = [f for f in judged("credit-default").findings if f.code == code and words in f.message]
    assert found
    assert all(place.line for f in found for place in f.places)


def test_the_data_are_those_that_the_script_makes(tmp_path: Path) -> None:
    spec = spec_from_file_location("make_credit_default", EXAMPLES / "make_credit_default.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    script.main(tmp_path)
    for made in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        kept = EXAMPLES / made.relative_to(tmp_path)
        assert made.read_bytes() == kept.read_bytes(), kept
