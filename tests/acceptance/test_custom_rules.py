"""Rules without code as the guide tells them: stated, tested, selected, waived, and safe from the change they judge."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.scratch import Scratch

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "custom-rules.md"
BLOCKS = dict(
    re.findall(r"^```\w+\n(?:# (\S+)\n)(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
RULES = "policy/acme.rules.yaml"
MANIFEST = """\
apiVersion: mlgov/v1
project: {id: churn, stage: production, risk_tier: high}
monitoring: {alerts: [{name: Slow, severity: critical}, {name: Odd, severity: warning}]}
experiments: [{id: ranking, duration: 14d}]
"""
FILES = {"mlgov.yaml": MANIFEST, ".mlgov.toml": BLOCKS[".mlgov.toml"], RULES: BLOCKS[RULES]}
QUIET = ("--select", "ACME", "--now", "2026-11-20")


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    scratch = Scratch(tmp_path / "repository")
    scratch.commit(FILES)
    return scratch


def found(run: "subprocess.CompletedProcess[str]") -> list[tuple[str, int, str]]:
    """Code, line and message of every finding."""
    assert run.stdout, run.stderr
    return [(f["code"], f["places"][0]["line"], f["message"]) for f in json.loads(run.stdout)["findings"]]


def test_the_rules_of_the_guide_judge(repository: Scratch) -> None:
    run = repository.mlgov("check", *QUIET, "-o", "json")
    assert run.returncode == 1
    assert found(run) == [
        ("ACME001", 3, "alert Slow is critical and has no runbook"),
        ("ACME002", 4, "experiment ranking runs 14d; we ask for 3 weeks"),
    ]
    completeness = json.loads(run.stdout)["completeness"]
    assert completeness["rules_planned"] == completeness["rules_run"] == 2


def test_the_table_of_the_guide_judges(repository: Scratch) -> None:
    repository.commit({".mlgov.toml": None, "pyproject.toml": BLOCKS["pyproject.toml"]})
    assert found(repository.mlgov("check", *QUIET, "-o", "json")) == [("ACME003", 2, "project churn names no card")]


def test_the_guide_shows_what_the_tests_of_rules_say(repository: Scratch) -> None:
    (console,) = re.findall(
        r"^```console\n\$ mlgov test\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    run = repository.mlgov("test")
    assert (run.returncode, run.stdout) == (0, console)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ('ignore = ["ACME001"]\n', ["ACME002"]),
        ('severity = {ACME001 = "off"}\n', ["ACME002"]),
        ("rules = {ACME002 = {weeks = 2}}\n", ["ACME001"]),
        ('ignore = ["custom"]\nallow_empty = true\n', []),
    ],
)
def test_settings_reach_them_like_any_other(repository: Scratch, more: str, codes: list[str]) -> None:
    repository.commit({".mlgov.toml": FILES[".mlgov.toml"] + more})
    assert [code for code, *_ in found(repository.mlgov("check", *QUIET, "-o", "json"))] == codes


def test_a_waiver_accepts_a_finding(repository: Scratch) -> None:
    waiver = {
        "rule": "ACME001",
        "subject": "monitoring.alerts[Slow]",
        "reason": "the page is being written",
        "owner": "ada@example.org",
        "expires": "2026-12-20",
    }
    repository.commit({".mlgov/waivers.yaml": json.dumps([waiver])})
    run = repository.mlgov("check", *QUIET, "-o", "json")
    report = json.loads(run.stdout)
    assert [f["code"] for f in report["findings"]] == ["ACME002"], report["waivers"]
    assert len(report["waived"]) == 1


def test_they_are_listed_and_explained_below_their_settings(repository: Scratch) -> None:
    (repository.folder / "deep").mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "mlgov", "explain", "experiment-too-short"],
        cwd=repository.folder / "deep", capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "options   weeks = 3" in run.stdout


def test_a_change_cannot_loosen_the_rule_that_judges_it(repository: Scratch) -> None:
    repository.git("checkout", "-q", "-b", "pr")
    repository.commit({RULES: FILES[RULES].replace("runbook != null", "runbook != null || true")})
    assert "ACME001" in [code for code, *_ in found(repository.mlgov("check", *QUIET, "--base", "main", "-o", "json"))]
    repository.commit({RULES: FILES[RULES][FILES[RULES].index("- id: ACME002") :]})
    told = found(repository.mlgov("check", "--select", "ACME,CHG518", "--base", "main", "-o", "json"))
    assert {"ACME001", "ACME002", "CHG518"} == {code for code, *_ in told}


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ("runbook != null", "runbok != null", "6:12", "no variable 'runbok'; did you mean 'runbook'?"),
        ("runbook != null", "runbook != (null", "6:28", "missing ')'"),
        ("for: alerts", "for: alert", "4:8", "no 'alert'; did you mean 'alerts'?"),
        ("for: alerts", "for: results", "4:8", "may be training.candidates.results"),
        ("{name} is", "{nam} is", "3:12", "no field 'nam'; did you mean 'name'?"),
        ("at: duration", "at: duraton", "19:7", "no field 'duraton'; did you mean 'duration'?"),
        ("id: ACME002", "id: EVA301", "13:7", "id EVA301 is already taken by improvement-within-noise"),
        ("id: ACME002", "id: ACME001", "13:7", "id ACME001 is already taken by alert-without-runbook"),
        ("id: ACME002", "id: acme-2", "13:7", "expected letters of your own and three digits"),
        ("severity: error", "severity: eror", "7:13", "did you mean 'error'?"),
        ("remedy:", "remdy:", "8:3", "unknown key 'remdy' in a custom rule; did you mean 'remedy'?"),
        ("- fails: {name: Slow", "- fail: {name: Slow", "10:5", "an example is `fails: {…}`"),
    ],
)
def test_a_wrong_rule_ends_the_run_with_its_place(
    repository: Scratch, before: str, after: str, place: str, words: str
) -> None:
    assert before in FILES[RULES]
    repository.commit({RULES: FILES[RULES].replace(before, after, 1)})
    run = repository.mlgov("check")
    assert (run.returncode, run.stdout) == (2, "")
    assert f"{RULES}:{place}: " in run.stderr
    assert words in run.stderr


def test_a_file_that_is_not_there_ends_the_run(repository: Scratch) -> None:
    repository.commit({".mlgov.toml": 'custom = ["policy/none.rules.yaml"]\n'})
    run = repository.mlgov("check")
    assert run.returncode == 2
    assert ".mlgov.toml:1:1: custom names policy/none.rules.yaml, which cannot be read" in run.stderr


def test_without_the_library_the_run_names_it(repository: Scratch, tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "cel.py").write_text("raise ImportError\n")
    run = repository.mlgov("check", "--no-cache", PYTHONPATH=str(tmp_path / "hidden"))
    assert run.returncode == 2
    assert "common-expression-language" in run.stderr


def test_nothing_is_imported_where_no_rule_is_stated(repository: Scratch) -> None:
    repository.commit({".mlgov.toml": "allow_empty = true\n"})
    program = (
        "import sys; from mlgov.run import Request, check; check(Request(today='2026-11-20', use_cache=False)); "
        "print([m for m in sys.modules if m.partition('.')[0] == 'cel' or m.startswith('mlgov.custom')])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=repository.folder, capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr
