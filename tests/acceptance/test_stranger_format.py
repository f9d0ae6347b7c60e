"""A stranger's adapter is found through its entry point, used, and listed; a broken one is told and ends the run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACK = Path(__file__).parent / "packs" / "stranger_format"
CARD = "# Model card: churn\n\n## Results\n\n- Test accuracy: 0.95\n\n## Limitations\n\nEnglish only.\n"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as an installer leaves it: the package, and beside it what names its entry point."""
    site = tmp_path / "site"
    shutil.copytree(PACK / "src", site, ignore=shutil.ignore_patterns("__pycache__"))
    about = site / "stranger_format-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-format\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[mlgov.formats]\nstranger = stranger_format\n")
    return site


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "churn.scorecard").write_text("scorecard 1\naccuracy = 0.91\n")
    (folder / "MODEL_CARD.md").write_text(CARD)
    (folder / ".mlgov.toml").write_text('plugins = ["stranger-format"]\n')
    return folder


def mlgov(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with what is installed in `site`."""
    environment = os.environ | {"PYTHONPATH": str(site), "MLGOV_CACHE": str(folder.parent / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "mlgov", *arguments, str(folder)],
        env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def test_it_is_listed(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "inventory", "--output", "json")
    assert run.returncode == 0, run.stderr
    (entry,) = [file for file in json.loads(run.stdout)["files"] if file["path"] == "churn.scorecard"]
    assert (entry["state"], entry["format"], entry["version"]) == ("claimed", "scorecard", "1")


def test_its_facts_are_used(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "export", "--format", "facts")
    (project,) = json.loads(run.stdout)["projects"]
    (value,) = [f for f in project["facts"] if f["file"] == "churn.scorecard" and f["path"].endswith(".value")]
    assert (value["value"], value["text"], value["line"]) == (0.91, "0.91", 2)


def test_what_it_says_can_contradict_a_card(installed: Path, repository: Path) -> None:
    run = mlgov(installed, repository, "check", "--output", "json")
    found = [f for f in json.loads(run.stdout)["findings"] if any(p["file"] == "churn.scorecard" for p in f["places"])]
    assert [f["code"] for f in found] == ["EVA212"]


def test_without_being_named_nobody_knows_the_file(installed: Path, repository: Path) -> None:
    (repository / ".mlgov.toml").unlink()
    run = mlgov(installed, repository, "inventory", "--output", "json")
    (entry,) = [file for file in json.loads(run.stdout)["files"] if file["path"] == "churn.scorecard"]
    assert entry["state"] == "unclaimed"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('NAME = "scorecard"', "import no_such_module", "cannot be imported: ModuleNotFoundError"),
        ('NAME = "scorecard"', 'NAME = "model-card"', "format 'model-card' is already taken"),
        ('NAME = "scorecard"', "", "needs NAME, a text"),
        ('PATHS = ("*.scorecard",)', 'PATHS = "*.scorecard"', "needs PATHS, a tuple"),
        ('MARKERS = (b"scorecard",)', 'MARKERS = ("scorecard",)', "MARKERS holds bytes"),
        ('ROLE = "anchor"', 'ROLE = "leader"', "ROLE is 'leader'"),
        ("def read(", "def peruse(", "needs the functions recognise and read"),
    ],
)
def test_a_broken_one_ends_the_run(installed: Path, repository: Path, before: str, after: str, words: str) -> None:
    module = installed / "stranger_format" / "scorecard.py"
    text = module.read_text()
    assert before in text
    module.write_text(text.replace(before, after))
    run = mlgov(installed, repository, "check")
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert run.stderr.count("\n") == 1


def test_it_builds_as_a_distribution(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(shutil.copytree(PACK, tmp_path / "pack"))],
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert [wheel.name for wheel in tmp_path.glob("*.whl")] == ["stranger_format-1.0-py3-none-any.whl"]


def test_the_guide_shows_what_is_installed_here() -> None:
    """Every block of the guide that is code stands in the package, word for word."""
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "adapters.md").read_text(encoding="utf-8")
    files = [PACK / "pyproject.toml", PACK / "src" / "stranger_format" / "scorecard.py"]
    shipped = "\n".join(file.read_text(encoding="utf-8") for file in files)
    blocks = re.findall(r"^```(?:toml|python)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    assert [block for block in blocks if block not in shipped] == []
