"""The commands as a shell meets them: exit codes, streams, files, and the same answer from every folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CLEAN = """\
apiVersion: mlgov/v1
project: {id: churn, stage: ideation}
problem: {business_goal: keep customers, business_context: mobile contracts}
"""
BROKEN = CLEAN + """\
metrics:
- {id: roc_auc, scope: offline, role: primary, unit: fraction, acceptable: {min: 0.85}}
evaluation:
  results: [{metric: roc_auc, value: 0.80, split: test}]
"""  # fmt: skip
FORMATS = ("text", "concise", "json", "github", "statistics")
SELECT = ("--select", "EVA203")


def mlgov(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, as a new process."""
    return subprocess.run(
        [sys.executable, "-m", "mlgov", *arguments],
        cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with one project that breaks its own bound, and folders below it."""
    folder = tmp_path / "repository"
    (folder / "models" / "deep").mkdir(parents=True)
    (folder / "mlgov.yaml").write_text(BROKEN)
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CLEAN, (), 0),
        (BROKEN, (), 1),
        (BROKEN, ("--fail-on", "never"), 0),
        (BROKEN, ("--ignore", "EVA203"), 0),
        (BROKEN + "a: [\n", (), 2),
        (BROKEN + "a: [\n", ("--fail-on", "never"), 2),
        (BROKEN, ("--fail-on", "nevr"), 2),
    ],
)
def test_the_exit_code_is_0_1_or_2_and_no_format_changes_it(
    repository: Path, text: str, options: tuple[str, ...], code: int
) -> None:
    (repository / "mlgov.yaml").write_text(text)
    runs = [mlgov("check", *SELECT, *options, "-o", format_, cwd=repository) for format_ in FORMATS]
    assert [run.returncode for run in runs] == [code] * len(FORMATS), [run.stderr for run in runs]
    assert not any("Traceback" in run.stderr for run in runs)


def test_one_run_writes_any_number_of_outputs(repository: Path) -> None:
    wanted = [part for name in FORMATS for part in ("-o", f"{name}={name}.out")]
    run = mlgov("check", *SELECT, *wanted, "-o", "concise", cwd=repository)
    assert run.returncode == 1
    written = {name: (repository / f"{name}.out").read_text(encoding="utf-8") for name in FORMATS}
    assert run.stdout == written["concise"]
    assert run.stdout.startswith("mlgov.yaml:7:38: error[EVA203 target-not-met] ")
    assert json.loads(written["json"])["summary"]["exit_code"] == 1
    assert written["github"].startswith("::error file=mlgov.yaml,line=7,")
    assert "\x1b" not in "".join(written.values())


@pytest.mark.parametrize("target", ["missing/report.json", "models"])
def test_a_report_that_cannot_be_written_is_never_a_pass(repository: Path, target: str) -> None:
    (repository / "mlgov.yaml").write_text(CLEAN)
    run = mlgov("check", *SELECT, "-o", f"json={target}", cwd=repository)
    assert run.returncode == 2
    assert f"cannot be written to {target}" in run.stderr
    assert sorted(p.name for p in repository.iterdir()) == [".git", "mlgov.yaml", "models"]


def test_a_folder_that_is_missing_or_holds_nothing_is_no_pass(repository: Path, tmp_path: Path) -> None:
    run = mlgov("check", "nowhere", cwd=repository)
    assert (run.returncode, run.stderr) == (2, "mlgov: nowhere does not exist\n")
    (tmp_path / "empty").mkdir()
    run = mlgov("check", "empty", cwd=tmp_path)
    assert run.returncode == 2
    assert "mlgov init" in run.stderr
    assert mlgov("check", "empty", "--allow-empty", cwd=tmp_path).returncode == 0


def test_every_folder_of_a_repository_gives_the_same_findings(repository: Path, tmp_path: Path) -> None:
    here = mlgov("check", *SELECT, "-o", "json", cwd=repository)
    for folder, arguments in (("models", ()), ("models/deep", ()), ("..", ("repository",)), ("models", ("..",))):
        run = mlgov("check", *SELECT, "-o", "json", *arguments, cwd=repository / folder)
        assert json.loads(run.stdout)["findings"] == json.loads(here.stdout)["findings"]
        assert run.returncode == 1


def test_colour_follows_the_conventions(repository: Path) -> None:
    def colored(*options: str, **environment: str) -> bool:
        return "\x1b[" in mlgov("check", *SELECT, *options, cwd=repository, **environment).stdout

    assert not colored()
    assert colored("--color", "always")
    assert colored(FORCE_COLOR="1")
    assert not colored(FORCE_COLOR="1", NO_COLOR="1")
    assert not colored("--color", "never", FORCE_COLOR="1")


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_plain_locale_is_no_obstacle(repository: Path, locale: str) -> None:
    (repository / "mlgov.yaml").write_text(BROKEN.replace("roc_auc", "정확도"), encoding="utf-8")
    for format_ in FORMATS:
        run = mlgov(
            "check", *SELECT, "-o", format_, cwd=repository, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
        )
        assert run.returncode == 1, run.stderr


def test_the_second_run_says_the_same(repository: Path) -> None:
    first, second = (mlgov("check", *SELECT, cwd=repository) for _ in range(2))
    assert (first.stdout, first.returncode) == (second.stdout, second.returncode)


def test_init_then_check_then_settings_then_inventory(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text('{"roc_auc": 0.91}\n')
    assert mlgov("init", cwd=tmp_path).returncode == 0
    run = mlgov("check", "-o", "json", cwd=tmp_path)
    assert run.returncode in (0, 1), run.stderr
    assert not [f for f in json.loads(run.stdout)["findings"] if f["code"].startswith("INT")]
    assert mlgov("settings", cwd=tmp_path).returncode == 0
    assert mlgov("inventory", cwd=tmp_path).returncode == 0
    again = mlgov("init", cwd=tmp_path)
    assert again.returncode == 0
    assert "wrote" not in again.stdout


def test_bad_settings_stop_every_command_that_reads_them(repository: Path) -> None:
    (repository / ".mlgov.toml").write_text('profile = "hihg-risk"\n')
    for command in ("check", "settings", "inventory"):
        run = mlgov(command, cwd=repository)
        assert run.returncode == 2
        assert run.stderr.startswith("mlgov: .mlgov.toml:1:1: profile is 'hihg-risk'")
        assert "did you mean 'high-risk'?" in run.stderr


@pytest.mark.parametrize("arguments", [("explain", "EVA203"), ("rules",), ("schema",), ("completion", "bash")])
def test_commands_without_a_repository_need_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = mlgov(*arguments, cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout
    assert run.stderr == ""


def test_a_reader_that_stops_early_is_no_crash(tmp_path: Path) -> None:
    program = f"{sys.executable} -m mlgov rules -o markdown | head -n 1"
    run = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in run.stderr
    assert "internal error" not in run.stderr
