"""Printed numbers: whatever a real evaluation prints is possible, and known impossible prints are not."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlgov.statistics import (
    accuracy_identity,
    admissible_counts,
    balanced_accuracy_identity,
    confusion_metrics,
    error_identity,
    f1_identity,
    grim_is_informative,
    grim_possible,
    order_possible,
    paired_counts_possible,
    precision_identity,
    r2_possible,
    rounding_interval,
    sizes_possible,
    weighted_mean_identity,
)

decimals = st.integers(0, 6)
cells = st.integers(0, 400)


def printed(value: float | None, digits: int) -> tuple[float, float]:
    assert value is not None
    return rounding_interval(round(value, digits), digits)


@given(st.integers(1, 3000), st.data(), decimals)
def test_every_real_proportion_is_possible(n: int, data: st.DataObject, digits: int) -> None:
    k = data.draw(st.integers(0, n))
    value = round(k / n, digits)
    assert grim_possible(value, digits, n).possible
    assert k in admissible_counts(value, digits, n)


@given(st.integers(1, 60), st.integers(0, 1000))
def test_grim_agrees_with_exact_arithmetic(n: int, thousandths: int) -> None:
    value = Fraction(thousandths, 1000)
    exact = [k for k in range(n + 1) if abs(Fraction(k, n) - value) <= Fraction(1, 2000)]
    assert list(admissible_counts(thousandths / 1000, 3, n)) == exact
    assert grim_possible(thousandths / 1000, 3, n).possible == bool(exact)


def test_known_prints() -> None:
    assert not grim_possible(0.9137, 4, 200).possible
    assert grim_possible(0.915, 3, 200).possible
    assert grim_possible(1.0, 4, 7).possible
    assert grim_possible(0.0, 4, 7).possible
    assert grim_is_informative(4, 200)
    assert not grim_is_informative(2, 100)
    assert rounding_interval(0.93, 2) == pytest.approx((0.925, 0.935))


@given(cells, cells, cells, cells, st.integers(2, 5))
def test_every_real_confusion_matrix_is_possible(tp: int, fp: int, fn: int, tn: int, digits: int) -> None:
    assume(tp and fp + tn)
    found = confusion_metrics(tp, fp, fn, tn)
    recall, specificity = printed(found.recall, digits), printed(found.specificity, digits)
    prevalence, precision = printed(found.prevalence, digits), printed(found.precision, digits)
    assert f1_identity(printed(found.f1, digits), precision, recall).possible
    assert accuracy_identity(printed(found.accuracy, digits), recall, specificity, prevalence).possible
    assert balanced_accuracy_identity(printed(found.balanced_accuracy, digits), recall, specificity).possible
    fpr = printed(found.false_positive_rate, digits)
    assert precision_identity(precision, recall, fpr, prevalence).possible


def test_impossible_metrics_are_seen() -> None:
    def two(value: float) -> tuple[float, float]:
        return rounding_interval(value, 2)

    assert not f1_identity(two(0.95), two(0.80), two(0.90)).possible
    assert f1_identity(two(0.85), two(0.80), two(0.90)).possible
    assert not accuracy_identity(two(0.97), two(0.80), two(0.90), two(0.50)).possible
    assert not balanced_accuracy_identity(two(0.90), two(0.80), two(0.90)).possible
    assert not precision_identity(two(0.90), two(0.80), two(0.10), two(0.10)).possible
    assert precision_identity(two(0.47), two(0.80), two(0.10), two(0.10)).possible
    assert not weighted_mean_identity(two(0.95), [two(0.90), two(0.92)], [100, 300]).possible
    assert weighted_mean_identity(two(0.92), [two(0.90), two(0.92)], [100, 300]).possible


def test_precision_of_a_silent_model_is_a_convention() -> None:
    assert precision_identity((0.995, 1.0), (0.0, 0.005), (0.0, 0.005), (0.1, 0.2)).possible


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20), decimals)
def test_every_real_error_list_is_possible(errors: list[float], digits: int) -> None:
    mae = sum(abs(error) for error in errors) / len(errors)
    rmse = (sum(error * error for error in errors) / len(errors)) ** 0.5
    assert error_identity(printed(mae, digits), printed(rmse, digits), len(errors)).possible


def test_impossible_errors_are_seen() -> None:
    assert not error_identity((2.45, 2.55), (1.75, 1.85)).possible
    assert not error_identity((0.95, 1.05), (10.95, 11.05), 100).possible
    assert error_identity((0.95, 1.05), (10.95, 11.05)).possible


def test_order_bound_and_sizes() -> None:
    assert order_possible([(10, 11), (10.5, 10.6), (50, 51)])
    assert not order_possible([(10, 11), (50, 51), (20, 21)])
    assert order_possible([])
    assert r2_possible((0.995, 1.005))
    assert not r2_possible((1.005, 1.015))
    assert sizes_possible(100, [60, 70])
    assert not sizes_possible(100, [60, 101])
    assert sizes_possible(100, [60, 40], partition=True)
    assert not sizes_possible(100, [60, 41], partition=True)


@given(st.integers(1, 12), st.data())
def test_paired_counts_agree_with_enumeration(n: int, data: st.DataObject) -> None:
    new, ref, b, c = (data.draw(st.integers(0, n)) for _ in range(4))
    both_right = new - b
    expected = both_right >= 0 and both_right + c == ref and b + c + both_right <= n
    assert paired_counts_possible(round(new / n, 6), round(ref / n, 6), n, b, c, 6, 6).possible == expected
