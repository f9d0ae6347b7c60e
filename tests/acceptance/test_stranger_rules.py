"""A stranger's pack of rules, in Python and without code, is found through its entry point and used like any other."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACK = Path(__file__).parent / "packs" / "stranger_rules"
MANIFEST = """\
apiVersion: mlgov/v1
project: {id: otter, name: Otter, stage: ideation}
problem: {business_goal: keep customers, business_context: mobile contracts}
monitoring:
  alerts: [{name: Slow, severity: critical}, {name: Odd, severity: warning}]
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as an installer leaves it: the package, and beside it what names its entry point."""
    site = tmp_path / "site"
    shutil.copytree(PACK / "src", site, ignore=shutil.ignore_patterns("__pycache__"))
    about = site / "stranger_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-rules\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[mlgov.rules]\nstranger = stranger_rules\n")
    return site


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mlgov.yaml").write_text(MANIFEST)
    (folder / ".mlgov.toml").write_text('plugins = ["stranger_rules"]\n')
    return folder


def mlgov(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with what is installed in `site`."""
    return subprocess.run(
        [sys.executable, "-m", "mlgov", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(site)}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_both_kinds_are_listed_and_explained(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "rules", "--select", "STR", "--output", "json")
    rules = {rule["code"]: rule for rule in json.loads(run.stdout)["rules"]}
    assert {code: rule["family"] for code, rule in rules.items()} == {"STR101": "house", "STRANGER001": "custom"}
    assert "write a page that says what to do" in mlgov(installed, repository, "explain", "STRANGER001").stdout


def test_both_kinds_judge(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "check", "--select", "STR", "--output", "json")
    assert run.returncode == 1, run.stderr
    report = json.loads(run.stdout)
    assert [(f["code"], f["places"][0]["line"]) for f in report["findings"]] == [("STR101", 2), ("STRANGER001", 5)]
    assert report["completeness"]["rules_planned"] == report["completeness"]["rules_run"] == 2


def test_without_being_named_it_is_not_even_imported(installed: Path, repository: Path) -> None:
    (repository / ".mlgov.toml").unlink()
    (installed / "stranger_rules" / "__init__.py").write_text("raise SystemExit('imported')\n")
    run = mlgov(installed, repository, "check", "--output", "json")
    assert run.returncode == 1, run.stderr
    assert not any(f["code"].startswith("STR") for f in json.loads(run.stdout)["findings"])
    assert "no rule is called 'STR'" in mlgov(installed, repository, "rules", "--select", "STR").stderr


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ('"stranger-rule"', "names 'stranger-rule', which is not installed; did you mean 'stranger-rules'?"),
        ('"acme-mlgov-rules"', "names 'acme-mlgov-rules', which is not installed; pip install acme-mlgov-rules"),
        ('"click"', "which registers nothing in the entry-point group mlgov.rules or mlgov.formats"),
        ('"../evil; rm"', "names '../evil; rm', which is not installed"),
        ("3", "plugins must be a list of texts"),
    ],
)
def test_a_plug_in_that_cannot_be_used_is_told(installed: Path, repository: Path, names: str, words: str) -> None:
    (repository / ".mlgov.toml").write_text(f"# ours\nplugins = [{names}]\n")
    for command in ("check", "settings", "rules"):
        run = mlgov(installed, repository, command)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.startswith("mlgov: .mlgov.toml:2:1: ")
        assert words in run.stderr
        assert run.stderr.count("\n") == 1


@pytest.mark.parametrize("start", [(), ("PYTHONPATH", ".")])
def test_what_lies_in_the_checked_tree_is_not_installed(
    installed: Path, repository: Path, tmp_path: Path, start: tuple[str, ...]
) -> None:
    for item in installed.iterdir():
        shutil.copytree(item, repository / item.name)
    (repository / "stranger_rules" / "__init__.py").write_text("open('canary', 'w')\n")
    run = subprocess.run(
        [sys.executable, "-m", "mlgov", "check"],
        cwd=repository, env=os.environ | dict([start] if start else []), capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 2
    assert ("lies in the checked tree" if start else "is not installed") in run.stderr
    assert not (repository / "canary").exists()


@pytest.mark.parametrize("pack", ["stranger", "stranger-rules", "builtin"])
def test_the_examples_of_a_pack_are_run(installed: Path, repository: Path, pack: str) -> None:
    run = mlgov(installed, repository, "test", "--pack", pack)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    assert " 0 failed" in run.stdout.splitlines()[-1]


def test_an_example_that_lies_is_told(installed: Path, repository: Path) -> None:
    stated = installed / "stranger_rules" / "house.rules.yaml"
    stated.write_text(
        stated.read_text().replace("passes: {name: Slow, severity: warning}", "passes: {severity: critical}")
    )
    run = mlgov(installed, repository, "test", "--pack", "stranger")
    assert run.returncode == 1
    assert "FAIL  STRANGER001" in run.stdout


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("runbook != null", "runbok != null", "house.rules.yaml:6:12: require: no variable 'runbok'; did you mean 'runbook'?"),
        ("STRANGER001", "STR101", "STR101 is already taken"),
        ("- id", "id", "house.rules.yaml:"),
    ],
)  # fmt: skip
def test_a_broken_one_ends_the_run(installed: Path, repository: Path, before: str, after: str, words: str) -> None:
    stated = installed / "stranger_rules" / "house.rules.yaml"
    stated.write_text(stated.read_text().replace(before, after))
    run = mlgov(installed, repository, "check")
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr


def test_an_unknown_pack_is_told(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "test", "--pack", "strangers")
    assert run.returncode == 2
    assert "did you mean 'stranger'?" in run.stderr


def test_it_builds_as_a_distribution_with_its_rules_file(tmp_path: Path) -> None:
    import zipfile

    run = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(shutil.copytree(PACK, tmp_path / "pack"))],
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert "stranger_rules/house.rules.yaml" in zipfile.ZipFile(wheel).namelist()
