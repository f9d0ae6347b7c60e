"""A saved report is shown again in any format, and one that somebody made up can do no harm."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.catalogue import installed_rules
from mlgov.cli.render import _report
from mlgov.errors import UsageError
from mlgov.renderers import FORMATS, render
from mlgov.report import Report, to_data
from tests.unit.renderers.reports import CASES, finding, report, source

BROKEN = Path(__file__).resolve().parents[3] / "examples" / "churn-broken"
SHOWN = [output for output in FORMATS if output != "html"]


def mlgov(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mlgov", *arguments]
    return subprocess.run(command, cwd=BROKEN, input=given, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_saved_report_comes_back(case: str) -> None:
    assert _report(json.dumps(to_data(CASES[case])).encode()) == CASES[case]


@pytest.mark.parametrize("output", ["text", "concise", "sarif", "gitlab", "junit", "jsonl"])
def test_a_saved_report_prints_what_the_check_printed(output: str, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    checked = mlgov("check", ".", "-o", output, "-o", f"json={saved}", "--color", "never")
    again = mlgov("render", str(saved), "-o", output, "--root", str(BROKEN.parents[1]))
    assert again.returncode == 0, again.stderr
    assert again.stdout == checked.stdout


def test_laws_are_told_by_the_installed_rules(tmp_path: Path) -> None:
    """A report of a stranger must not lead readers to an address of the stranger's."""
    known = installed_rules()[0]
    made = report([finding(*CASES["several-files"].findings[0].places, code=known.code, name=known.name)])
    lured = made._replace(laws=tuple(law._replace(page="https://evil.example") for law in made.laws))
    shown = mlgov("render", "-", "-o", "markdown", given=json.dumps(to_data(lured)))
    assert shown.returncode == 0, shown.stderr
    assert "evil" not in shown.stdout
    assert f"https://mlgov.dev/rules/{known.code}" in shown.stdout


@pytest.mark.parametrize("given", ["", "{}", "[]", "null", '{"version": 2}', '{"version": 1}', "[" * 100_000, "\x00"])
def test_what_is_no_report_ends_with_two_and_a_sentence(given: str) -> None:
    run = mlgov("render", "-", given=given)
    assert run.returncode == 2
    assert "report" in run.stderr
    assert "Traceback" not in run.stderr
    assert "defect of mlgov" not in run.stderr


def spots(data: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value within data."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*way, key)
        yield from spots(value, (*way, key))


FULL = json.loads(json.dumps(to_data(report(
    CASES["several-files"].findings + CASES["fixable"].findings, waived=CASES["one-file"].findings,
    ratcheted=CASES["change"].findings, abstentions=CASES["abstentions"].abstentions,
    projects=CASES["several-projects"].projects,
))))  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just("\ud800"),
    st.just(-1), st.just(10**30), st.just([{}]), st.just("error"),
)  # fmt: skip


@given(way=st.sampled_from(sorted(spots(FULL), key=str)), value=ODD, drop=st.booleans())
def test_a_report_with_anything_in_it_is_refused_or_shown(way: tuple[str | int, ...], value: Any, drop: bool) -> None:
    data = copy.deepcopy(FULL)
    *above, key = way
    inner = data
    for step in above:
        inner = inner[step]
    if drop:
        del inner[key]
    else:
        inner[key] = value
    try:
        read: Report = _report(json.dumps(data).encode())
    except UsageError:
        return
    for output in SHOWN:
        assert render(output, read, source)
