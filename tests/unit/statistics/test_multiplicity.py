"""Corrections for many tests: order kept, bounds ordered, known numbers met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import alpha_adjust, expected_false_alerts, fwer, guardrail_power, joint_power, p_adjust

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_holm_and_bh_meet_known_values_in_input_order() -> None:
    p = [0.04, 0.01, 0.03, 0.005]
    assert p_adjust(p, "holm").adjusted == pytest.approx([0.06, 0.03, 0.06, 0.02])
    assert p_adjust(p, "bh").adjusted == pytest.approx([0.04, 0.02, 0.04, 0.02])
    assert p_adjust(p, "bonferroni").adjusted == pytest.approx([0.16, 0.04, 0.12, 0.02])


@given(p_values)
def test_no_correction_makes_p_smaller_and_none_beats_bonferroni(p: list[float]) -> None:
    adjusted = {method: p_adjust(p, method).adjusted for method in ("holm", "bh", "sidak", "bonferroni")}
    for index, value in enumerate(p):
        assert value <= adjusted["bh"][index] + 1e-15
        assert adjusted["bh"][index] <= adjusted["holm"][index] + 1e-15 <= adjusted["bonferroni"][index] + 2e-15
        assert adjusted["sidak"][index] <= adjusted["bonferroni"][index] + 1e-12


@given(p_values, st.randoms(use_true_random=False), st.sampled_from(["holm", "bh"]))
def test_adjusted_values_follow_their_p_values(p: list[float], random: object, method: str) -> None:
    order = list(range(len(p)))
    random.shuffle(order)  # type: ignore[attr-defined]
    adjusted = p_adjust(p, method).adjusted
    assert p_adjust([p[index] for index in order], method).adjusted == [adjusted[index] for index in order]


@given(st.floats(1e-9, 0.5), st.integers(1, 1000))
def test_sidak_level_and_family_error_are_inverse(alpha: float, m: int) -> None:
    sidak = alpha_adjust(alpha, m, "sidak").alpha_each
    assert fwer(sidak, m).fwer == pytest.approx(alpha, rel=1e-9)
    assert alpha_adjust(alpha, m).alpha_each <= sidak * (1 + 1e-12)


def test_known_numbers() -> None:
    assert fwer(0.05, 4).fwer == pytest.approx(0.185494, rel=1e-5)
    assert guardrail_power(0.8, 5) == pytest.approx(0.966667, rel=1e-6)
    assert guardrail_power(0.8, 0) == pytest.approx(0.8)
    assert joint_power(0.8, 5) == pytest.approx(0.32768)
    assert expected_false_alerts(0.05, 60 * 7) == pytest.approx(21)


@given(st.floats(0.5, 0.99), st.integers(0, 50))
def test_guardrail_power_keeps_the_joint_power(power: float, guardrails: int) -> None:
    assert joint_power(guardrail_power(power, guardrails), guardrails + 1) >= power - 1e-12
