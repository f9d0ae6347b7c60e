"""The calculator: reference sizes, refusals that say why, and pasted plans that the rules are content with."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.catalogue import installed_rules
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer
from mlgov.sizing.canary import Canary, canary
from mlgov.sizing.design import Design
from mlgov.sizing.drift import Drift, drift
from mlgov.sizing.evaluation import TestSet, test_set
from mlgov.sizing.experiment import ab
from mlgov.sizing.failures import Claim, failure_rate
from mlgov.testkit import judged

test_set.__test__ = False  # type: ignore[attr-defined]
TestSet.__test__ = False  # type: ignore[attr-defined]
HEADER = "apiVersion: mlgov/v1\nproject: {id: churn, stage: validation}\n"
RULES = {rule.code: rule for rule in installed_rules()}
JUDGES = ("EXP301", "EXP101", "EXP102", "EXP103", "EXP204", "DEP101", "DEP301", "DAT301", "MON301", "EVA305", "FRM201")


def faults(text: str, *codes: str) -> list[str]:
    """What reading and the rules say about a pasted text."""
    found = [v for code in codes for v in judged(RULES[code], {"mlgov.yaml": HEADER + text}).verdicts]
    return [f"{v.code}: {v.message}" for v in found]


def abstains(text: str, code: str) -> list[str]:
    return [a.reason for a in judged(RULES[code], {"mlgov.yaml": HEADER + text}).abstentions]


def value(answer: Answer, name: str) -> float:
    return next(figure.value for figure in answer.figures if figure.name == name)


def test_reference_sizes() -> None:
    assert value(ab(Design(0.10, 0.02)), "sample_size_per_arm") == 3841
    assert value(canary(Canary(0.01, 168000, 0.01, 0.02)), "requests_needed") == 793
    assert value(canary(Canary(0.05, 10000, 0.005, 0.02)), "requests_needed") == 244
    assert value(drift(Drift(0.1, 10, 10000)), "window_rows") == 173
    assert value(drift(Drift(0.2, 10, 10000)), "window_rows") == 86
    assert value(failure_rate(Claim(1e-4)), "trials") == 29956
    assert value(ab(Design(0.80, 0.02, guardrails=1)), "power_each") == pytest.approx(0.9)


PLANS: list[tuple[Answer, str]] = [
    (ab(Design(0.10, 0.02, daily_units=1000)), "EXP301"),
    (ab(Design(0.10, 0.2, relative=True, looks=5, method="pocock", guardrails=2, ratio=2)), "EXP301"),
    (ab(Design(0.10, 0.02, ratio=0.3, daily_units=250, exposure=0.5, rho=0.5)), "EXP301"),
    (ab(Design(0.03, 0.01, one_sided=True, lower_is_better=True, metric="churn_rate")), "EXP301"),
    (ab(Design(300, 5, sd=60, lower_is_better=True, metric="handling_time")), "EXP301"),
    (canary(Canary(0.01, 168000, 0.01, 0.02, hours=2)), "DEP301"),
    (canary(Canary(0.03, 7001, 0.92, 0.85, metric="precision")), "DEP301"),
    (test_set(TestSet(0.92, baseline=0.90)), "DAT301"),
    (test_set(TestSet(0.70, baseline=0.65, prevalence=0.12, metric="recall")), "DAT301"),
    (drift(Drift(0.1, 10, 10000)), "MON301"),
    (drift(Drift(0.1, 10, 10000, window_rows=5000)), "MON301"),
    (failure_rate(Claim(0.001)), "EVA305"),
    (failure_rate(Claim(0.001, failures=3)), "EVA305"),
]


@pytest.mark.parametrize(("answer", "code"), PLANS, ids=[f"{n}-{code}" for n, (_, code) in enumerate(PLANS)])
def test_a_pasted_plan_is_read_and_contents_the_rules(answer: Answer, code: str) -> None:
    assert faults(answer.yaml, *JUDGES) == []
    assert abstains(answer.yaml, code) == []


@pytest.mark.parametrize(
    ("answer", "old", "new", "code"),
    [
        (PLANS[0][0], "sample_size_per_arm: 3841", "sample_size_per_arm: 3800", "EXP301"),
        (PLANS[0][0], "duration: 14d", "duration: 10d", "EXP102"),
        (PLANS[5][0], "duration: 12h", "duration: 11h", "DEP301"),
        (PLANS[7][0], "rows: 713", "rows: 500", "DAT301"),
        (PLANS[9][0], "window_rows: 173", "window_rows: 172", "MON301"),
        (PLANS[11][0], "n: 2995", "n: 2994", "EVA305"),
    ],
)
def test_a_little_less_does_not(answer: Answer, old: str, new: str, code: str) -> None:
    assert old in answer.yaml
    assert [f for f in faults(answer.yaml.replace(old, new), code) if f.startswith(code)]


rates = st.floats(0.01, 0.9)


@given(rates, st.floats(0.005, 0.09), st.sampled_from([0.5, 0.8, 0.9]), st.floats(0.2, 5))
def test_any_plan_of_rates_contents_the_rules(base: float, mde: float, power: float, ratio: float) -> None:
    answer = ab(Design(round(base, 4), round(mde, 4), power=power, ratio=ratio, daily_units=5000))
    assert faults(answer.yaml, "EXP301", "EXP102", "EXP101") == []


@given(st.floats(0.001, 0.5), st.floats(0.005, 0.3), st.floats(0.01, 0.5), st.integers(100, 10**6))
def test_any_canary_contents_the_rule(before: float, rise: float, traffic: float, daily: int) -> None:
    asked = Canary(round(traffic, 4), daily, round(before, 4), round(before + rise, 4))
    assert faults(canary(asked).yaml, "DEP301") == []


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: ab(Design(1.5, 0.1)), "--baseline must lie strictly between 0 and 1, not 1.5: it is a rate"),
        (lambda: ab(Design(0.95, 0.1)), "which is no rate"),
        (lambda: ab(Design(0.1, -0.1)), "--mde must be above 0"),
        (lambda: ab(Design(0.1, 1e-9)), "too small"),
        (lambda: ab(Design(0.1, 0.02, looks=14)), "errs in 22.0% of all cases; add --method"),
        (lambda: ab(Design(0.1, 0.02, power=0.01)), "must exceed --alpha"),
        (lambda: ab(Design(0.1, 0.02, ratio=1000)), "less than 1 %"),
        (lambda: ab(Design(0.1, 0.02, looks=3, method="pocock", one_sided=True)), "--one-sided"),
        (lambda: ab(Design(math.nan, 0.02, sd=1)), "--baseline must be finite"),
        (lambda: ab(Design(0, 0.02, sd=1, relative=True)), "a share of nothing is nothing"),
        (lambda: ab(Design(0.1, 0.02, daily_units=0)), "--daily-units must be above 0"),
        (lambda: ab(Design(0.1, 0.02, rho=1)), "it is a correlation"),
        (lambda: ab(Design(0.1, 0.02, metric="a: b")), "is no id"),
        (lambda: canary(Canary(0.1, 100, 0.01, 0.01)), "a difference of nothing"),
        (lambda: test_set(TestSet(0.9)), "either --half-width"),
        (lambda: test_set(TestSet(0.9, baseline=0.95)), "no lead to show"),
        (lambda: test_set(TestSet(0.9, half_width=1e-7)), "widen it"),
        (lambda: drift(Drift(0.001, 10, 100)), "more reference rows, fewer bins or a higher threshold"),
        (lambda: failure_rate(Claim(0)), "--p-max must lie strictly between 0 and 1"),
    ],
)
def test_impossible_numbers_are_refused_with_the_reason(ask: Callable[[], Answer], words: str) -> None:
    with pytest.raises(UsageError) as refused:
        ask()
    assert words in str(refused.value)


def test_more_failures_need_more_trials() -> None:
    sizes = [value(failure_rate(Claim(0.01, failures=k)), "trials") for k in range(5)]
    assert sizes == sorted(set(sizes))
    assert sizes[1] == 473  # as tables of acceptance sampling have it
