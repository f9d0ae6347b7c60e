"""The ratchet knows findings by what they say, counts equal ones, and is written in one way."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.errors import SettingsError
from mlgov.evidence import fingerprint
from mlgov.finding import Finding, Place, Severity
from mlgov.policy.ratchet import Entry, counted, entries, entry, grown, held, text

NONE: frozenset[str] = frozenset()


def finding(code: str = "EVA203", message: str = "recall = 0.84", file: str = "a.yaml", line: int = 1,
            subject: str = "metrics[recall]") -> Finding:  # fmt: skip
    print_ = fingerprint(code, "churn", subject, message, {file})
    return Finding(code, "n", Severity.ERROR, message, "", "churn", subject, print_, (Place(file, line, 1, line, 2),))


FOUND = st.builds(
    finding,
    code=st.sampled_from(["EVA203", "DAT001"]),
    message=st.sampled_from(["recall = 0.84", "recall = 0.83", "a.yaml says 200ms", "x, y"]),
    file=st.sampled_from(["a.yaml", "b.yaml"]),
    line=st.integers(1, 5),
    subject=st.sampled_from(["", "risks[0]", "metrics[recall]"]),
)


@given(FOUND)
def test_an_entry_has_the_fingerprint_of_its_finding(found: Finding) -> None:
    assert entry(found).fingerprint == found.fingerprint


@given(st.lists(FOUND, max_size=12))
def test_what_is_written_is_read_and_knows_all_of_it(found: list[Finding]) -> None:
    written = text(counted(map(entry, found)))
    known = entries("r.json", written.encode())
    done = held(found, known, NONE)
    assert (done.new, dict(done.fixed)) == ((), {})
    assert text(counted(known)) == written
    assert sum(e.times for e in known) == len(found)


@given(st.lists(FOUND, max_size=12), st.integers(0, 100))
def test_the_order_of_findings_does_not_change_the_file(found: list[Finding], seed: int) -> None:
    other = random.Random(seed).sample(found, len(found))
    written = [text(counted(map(entry, some))) for some in (found, other)]
    assert written[0] == written[1]


@given(st.lists(FOUND, max_size=8), st.lists(FOUND, max_size=8))
def test_new_known_and_fixed_add_up(before: list[Finding], after: list[Finding]) -> None:
    known = counted(map(entry, before))
    done = held(after, known, NONE)
    assert sorted([*done.new, *done.known]) == sorted(after)
    assert len(done.known) + sum(done.fixed.values()) == len(before)
    assert bool(done.new) == bool(grown(known, counted(map(entry, after))))


def test_one_more_of_the_same_is_new() -> None:
    known = counted([entry(finding())])
    done = held([finding(line=3), finding(line=9)], known, NONE)
    assert (done.known, done.new) == ((finding(line=3),), (finding(line=9),))


def test_rules_that_nobody_can_silence_are_never_known() -> None:
    known = counted([entry(finding("CHG518"))])
    assert held([finding("CHG518")], known, frozenset({"CHG518"})).known == ()


def test_growth_counts_entries_and_their_number() -> None:
    one, two = Entry("EVA203", "p", "s", "x"), Entry("EVA203", "p", "s", "y")
    assert grown([one], [one]) == []
    assert grown([one], [one, two]) == [(1, two)]
    assert grown([one], [one._replace(times=2)]) == [(0, one._replace(times=2))]
    assert grown([one, two], []) == []


def test_words_of_an_entry_that_is_known_already_are_kept() -> None:
    old, new = Entry("EVA007", "p", "", "b, a lack"), Entry("EVA007", "p", "", "a, b lack")
    assert counted([new], [old]) == [old]


def test_the_file_has_one_line_for_each_entry() -> None:
    assert text(counted([entry(finding()), entry(finding(line=2)), entry(finding("DAT001", "é"))])) == (
        '{\n  "version": 1,\n  "findings": [\n'
        '    {"rule": "DAT001", "project": "churn", "subject": "metrics[recall]", "evidence": "é"},\n'
        '    {"rule": "EVA203", "project": "churn", "subject": "metrics[recall]", "evidence": "recall = 0.84", "count": 2}\n'
        "  ]\n}\n"
    )
    assert json.loads(text([])) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("{", "r.json:"),
        ("[]", "no ratchet of version 1"),
        ('{"version": 2, "findings": []}', "no ratchet of version 1"),
        ('{"version": 1, "findings": [\n{"rule": "A"}]}', "r.json:2:1: an entry needs rule"),
        (
            '{"version": 1, "findings": [{"rule": "A", "project": "", "subject": "", "evidence": "", "count": 0}]}',
            "r.json:1:",
        ),
        ('{"version": 1, "findings": [7]}', "an entry needs"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(raw: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        entries("r.json", raw.encode())
    assert words in str(caught.value)
