"""A fingerprint survives moving, reordering and other units; another defect has another one."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlgov.evidence import about, evidence, fingerprint

FILES = ("docs/card.md", "card.md", "mlgov.yaml")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("latency is 200ms, the limit is 0.1s", "latency is 0.2s, the limit is 100ms"),
        ("60% does not reach 0.8", "0.60 does not reach 80 percent"),
        ("after 1h30m of 2 d", "after 5400s of 48h"),
        ("20MB of 1_000 items", "20000kB of 1,000 items"),
        ("p = 1e-3", "p = 0.001"),
        ("docs/card.md says 0.93", "mlgov.yaml says 0.930"),
        ("baselines[0] lacks a name", "baselines[7] lacks a name"),
        ("a, b and c are not measured", "c, a and b are not measured"),
    ],
)
def test_another_way_to_write_it_is_the_same(one: str, other: str) -> None:
    assert fingerprint("A", "p", "s", one, FILES) == fingerprint("A", "p", "s", other, FILES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recall = 0.84", "recall = 0.83"),
        ("recall = 0.84", "precision = 0.84"),
        ("latency is 200ms", "latency is 200s"),
        ("version 1.3.0", "version 1.30"),
        ("recall_at_5", "recall_at_6"),
        ("md5-0a1", "md5-0a2"),
        ("2026-06-30", "2026-07-30"),
    ],
)
def test_another_defect_is_another(one: str, other: str) -> None:
    assert fingerprint("A", "p", "s", one, FILES) != fingerprint("A", "p", "s", other, FILES)


def test_code_project_and_subject_tell_findings_apart() -> None:
    said = {
        fingerprint(code, project, subject, "x", ())
        for code in "AB"
        for project in "pq"
        for subject in ("s[a]", "s[b]")
    }
    assert len(said) == 8


def test_a_path_within_a_longer_one_is_left_alone() -> None:
    assert evidence("docs/card.md and my-card.md and card.md", ("card.md",)) == "docs/card.md and my-card.md and"
    assert about("risks[3].owner[ada]", ()) == "risks[].owner[ada]"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_units_change_nothing_and_values_do(a: int, b: int) -> None:
    one = fingerprint("A", "p", "s", f"latency is {a}ms", ())
    assert one == fingerprint("A", "p", "s", f"latency is {a / 1000!r}s", ())
    assume(a != b)
    assert one != fingerprint("A", "p", "s", f"latency is {b}ms", ())


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=6), st.integers(0, 100))
def test_the_order_of_a_list_changes_nothing(names: list[str], seed: int) -> None:
    other = random.Random(seed).sample(names, len(names))
    said = [fingerprint("A", "p", "s", f"{', '.join(n)} are not measured", ()) for n in (names, other)]
    assert said[0] == said[1]


@given(st.text(max_size=80))
def test_any_message_has_evidence_on_one_line(message: str) -> None:
    assert evidence(message, ()).split() == evidence(f"  {message}\n", ()).split()
    assert "\n" not in evidence(message, ())
