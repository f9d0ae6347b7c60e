"""The documentation: the tutorial does what it says, every page is built, and each rule has one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlgov.catalogue import installed_rules

from .tutorial import ROOT, followed

_COUNTED = re.compile(r"\d+ rules over")  # there are more of them in each release


def test_the_tutorial_prints_what_it_shows(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = list(followed(page, tmp_path))
    assert len(blocks) >= 8
    for block, printed in blocks:
        shown, real = (_COUNTED.sub("N rules over", text) for text in (block[3], printed))
        assert real == shown, "python tests/acceptance/tutorial.py docs/tutorial.md writes what is printed now"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the documentation with the pages that are made from the code."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(
        ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("rules", "lifecycle.md", "commands.md")
    )
    shutil.copy(ROOT / "mkdocs.yml", folder)
    subprocess.run([sys.executable, folder / "docs" / "generate.py"], check=True, cwd=folder)
    return folder


@pytest.mark.parametrize("builder", [("mkdocs", "build", "--strict", "-q"), ("zensical", "build", "--strict")], ids=str)
def test_the_site_is_built(site: Path, builder: tuple[str, ...]) -> None:
    program = Path(sys.executable).parent / builder[0]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [program, *builder[1:]], cwd=site, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = site / "site"
    assert (made / "index.html").is_file()
    assert (made / "tutorial" / "index.html").is_file()
    for rule in installed_rules():
        assert rule.name in (made / "rules" / rule.code / "index.html").read_text(encoding="utf-8")
    shutil.rmtree(made)


def test_every_page_is_in_the_navigation() -> None:
    named = set(re.findall(r": ([\w/-]+\.md)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    docs = ROOT / "docs"
    pages = {p.relative_to(docs).as_posix() for p in docs.rglob("*.md")}
    left = {p for p in pages - named if not p.startswith(("rules/", "decisions/"))}
    assert not left


def test_what_says_mlgov_in_a_shell_block_is_a_command() -> None:
    from mlgov.cli import COMMANDS

    for page in sorted((ROOT / "docs").rglob("*.md")):
        for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for name in re.findall(r"^mlgov ([a-z]+)", block, re.MULTILINE):
                assert name in COMMANDS, f"{page.name}: mlgov {name}"
