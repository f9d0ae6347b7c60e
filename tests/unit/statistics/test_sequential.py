"""Looking early: the published constants are met, and more looks always cost more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlgov.statistics import always_valid_half_width, group_sequential, n_two_means, naive_type1

# looks, naive type I error, Pocock c, its inflation at power .8 and .9, O'Brien-Fleming c, its inflation at .8 and .9
PUBLISHED = [
    (2, 0.083118, 2.17827, 1.11039, 1.10007, 1.97743, 1.00778, 1.00713),
    (3, 0.107256, 2.28948, 1.16631, 1.15061, 2.00404, 1.01740, 1.01610),
    (4, 0.126169, 2.36130, 1.20233, 1.18307, 2.02430, 1.02384, 1.02216),
    (5, 0.141689, 2.41318, 1.22837, 1.20647, 2.04007, 1.02841, 1.02649),
    (6, 0.154835, 2.45321, 1.24852, 1.22455, 2.05279, 1.03183, 1.02975),
    (7, 0.166227, 2.48549, 1.26483, 1.23915, 2.06332, 1.03451, 1.03230),
    (8, 0.176270, 2.51234, 1.27847, 1.25133, 2.07221, 1.03666, 1.03435),
    (9, 0.185247, 2.53519, 1.29014, 1.26174, 2.07985, 1.03842, 1.03604),
    (10, 0.193357, 2.55501, 1.30032, 1.27080, 2.08650, 1.03989, 1.03746),
]


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"looks-{row[0]}")
def test_design_meets_published_constants(row: tuple[float, ...]) -> None:
    looks, naive, *published = int(row[0]), *row[1:]
    pocock, fleming = (group_sequential(looks, method=method) for method in ("pocock", "obrien_fleming"))
    patient = [group_sequential(looks, power=0.9, method=method) for method in ("pocock", "obrien_fleming")]
    assert pocock.naive_type1 == fleming.naive_type1 == pytest.approx(naive, rel=1e-5)
    found = [pocock.critical_z, pocock.inflation, patient[0].inflation]
    found += [fleming.critical_z, fleming.inflation, patient[1].inflation]
    assert found == pytest.approx(published, rel=1e-5)


@pytest.mark.parametrize("method", ["pocock", "obrien_fleming"])
def test_single_look_is_the_fixed_design(method: str) -> None:
    design = group_sequential(1, alpha=0.01, power=0.9, method=method)
    assert design == pytest.approx((0.01, 2.5758293, 1.0), rel=1e-7)


def test_fourteen_daily_looks_double_and_double_again_the_error() -> None:
    assert naive_type1(14) == pytest.approx(0.219646, rel=1e-5)


def test_many_looks_still_rise_smoothly() -> None:
    errors = [naive_type1(looks) for looks in (14, 30, 60, 90, 150)]
    assert errors == sorted(errors)
    assert 0.3 < errors[-1] < 0.45


@settings(max_examples=25)
@given(st.integers(1, 8), st.floats(0.001, 0.3))
def test_naive_error_rises_with_looks_up_to_the_union_bound(looks: int, alpha: float) -> None:
    assert alpha * (1 - 1e-9) <= naive_type1(looks, alpha) < naive_type1(looks + 1, alpha) <= alpha * (looks + 1)


@settings(max_examples=15)
@given(st.integers(2, 6), st.floats(0.005, 0.2), st.floats(0.5, 0.95))
def test_pocock_pays_more_than_obrien_fleming(looks: int, alpha: float, power: float) -> None:
    pocock = group_sequential(looks, alpha, power, "pocock")
    fleming = group_sequential(looks, alpha, power, "obrien_fleming")
    assert pocock.critical_z > fleming.critical_z
    assert pocock.inflation > fleming.inflation > 0.999


def test_required_sample_is_the_fixed_one_times_the_inflation() -> None:
    fixed = n_two_means(0.5, 4.0, 4.0).n1
    assert fixed * group_sequential(5).inflation == pytest.approx(1234.1, abs=0.1)


@given(st.integers(1, 10**6), st.floats(0.01, 100), st.floats(0.01, 1000), st.floats(0.001, 0.2))
def test_always_valid_width_narrows_and_is_wider_than_a_fixed_one(n: int, sd: float, rho: float, alpha: float) -> None:
    width = always_valid_half_width(n, sd, rho, alpha)
    assert width > always_valid_half_width(2 * n, sd, rho, alpha)
    assert width > sd / n**0.5
