"""The same report through every output carries the same findings, in the same order, as often."""

from pathlib import Path

import pytest

from mlgov.finding import Place, Severity
from mlgov.renderers import FORMATS, render
from mlgov.run import Request, check

from .reading import RANKED, READERS, Told, meant, worst_first
from .reports import CASES, finding, report, source

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
# show counts only, or are read back by tests of their own
UNREAD = {"statistics", "html"}


def test_every_output_is_read_back() -> None:
    assert set(READERS) == set(FORMATS) - UNREAD


@pytest.mark.parametrize("output", READERS)
@pytest.mark.parametrize("case", sorted(set(CASES) - {"many"}))
def test_an_output_carries_every_finding(output: str, case: str) -> None:
    found = list(READERS[output](render(output, CASES[case], source)))
    assert found == (worst_first if output in RANKED else list)(meant(CASES[case]))


@pytest.mark.parametrize("output", sorted(set(READERS) - {"github"}))
def test_an_output_carries_every_finding_of_a_broken_example(output: str) -> None:
    made, opened = check(Request(paths=(str(EXAMPLES / "churn-broken"),), today="2026-11-20"))
    wanted = [Told(f.code, f.severity.word, f.places[0].file) for f in made.findings]
    assert len(wanted) > 10
    found = list(READERS[output](render(output, made, opened.snapshot.read)))
    assert found == (worst_first if output in RANKED else list)(wanted)


NAMES = (
    "a b.md",
    "a,b.md",
    "100%.md",
    "카드.md",
    "a'b\".md",
    "a&b<c>.md",
    "a|b.md",
    "`a`.md",
    "[a](b).md",
    "a]]>b.md",
    "x:1.md",
)


@pytest.mark.parametrize("output", sorted(set(READERS) - {"text", "concise"}))
@pytest.mark.parametrize("name", NAMES)
def test_a_strange_name_still_names_the_file(output: str, name: str) -> None:
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    made = report([finding(Place(name, 1, 1, 1, 2), severity=level) for level in levels])
    assert [told.file for told in READERS[output](render(output, made, source))] == [name] * 3
