"""`mlgov new` writes beginnings that run, are red until they are filled in, and green once they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run

RULE = '''\
"""An approval must not be older than the model.

## Why
Nobody approved what runs.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: example, name: Bad}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: example, name: Good}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: example}
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: example, name: Good}
~~~

## Remedy
rename it

## References
none
"""

from mlgov.rulekit import Findings, Project, abstain, repair, rule


@rule("ACME201", severity="IWE")
def stale_approval(project: Project) -> Findings:
    name = project.identity.name
    if name is None:
        yield abstain("no name")
    elif name == "Bad":
        place = project.at("project", "name")
        yield place, "the name is bad", [], repair.fix("call it 'Good'", repair.replace(place, "Good"))
'''
ADAPTER = '''\
"""Scorecards."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

NAME = "scorecard"
PATHS = ("*.scorecard",)
MARKERS = (b"scorecard",)
ROLE = "anchor"


def recognise(artifact: Artifact) -> Claim | None:
    """By its first word."""
    return Claim("1") if artifact.head.startswith(b"scorecard 1") else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One result."""
    name, equals, value = artifact.raw.decode().partition("\\n")[2].strip().partition("=")
    if equals:
        yield Fact("evaluation.results[]", {"metric": name, "value": value}, Origin(artifact.path, "@2:1"))
    else:
        yield Flaw("INT004", "no value", 2, 1)
'''


def outcome(folder: Path) -> tuple[int, str]:
    """How the pack's own tests end."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def pack(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("new", "pack", "acme-governance").code == 0
    monkeypatch.chdir(folder / "acme-governance")
    return folder / "acme-governance"


def test_stubs_are_red_until_they_are_filled_in(run: Run, pack: Path) -> None:
    for words in (("rule", "house/stale-approval"), ("rule", "team/role-missing", "--kind", "presence"),
                  ("adapter", "scorecard", "--pattern", "*.scorecard")):  # fmt: skip
        done = run("new", *words)
        assert done.code == 0, done.err
    code, out = outcome(pack)
    assert code == 1
    for red in ("[ACME201-stale-approval]", "[ACME001-role-missing]", "test_scorecard.py::test_fixtures_are_read"):
        assert red in out
    (pack / "src" / "acme_governance_rules" / "team" / "role_missing.py").unlink()
    (pack / "src" / "acme_governance_rules" / "house" / "stale_approval.py").write_text(RULE)
    (pack / "src" / "acme_governance_formats" / "scorecard.py").write_text(ADAPTER)
    fixtures = pack / "tests" / "fixtures" / "scorecard"
    for kind, text in (("real", "scorecard 1\nauc=0.9\n"), ("minimal", "scorecard 1\na=1\n"), ("broken", "scorecard 1\n?\n"),
                       ("near_miss", "scorecards of the season\n")):  # fmt: skip
        (fixtures / kind / "example.scorecard").write_text(text)
    code, out = outcome(pack)
    assert code == 0, out


def test_codes_follow_their_neighbours(run: Run, pack: Path) -> None:
    assert "ACME201" in run("new", "rule", "house/one").out
    assert "ACME202" in run("new", "rule", "house/two").out
    assert "ACME301" in run("new", "rule", "house/three", "--kind", "statistical", "--at", "src").out
    assert "TEAM207" in run("new", "rule", "people/four", "--code", "TEAM207").out
    assert "TEAM208" in run("new", "rule", "people/five").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rule", "house/one"), "never overwrites"),
        (("rule", "one"), "write FAMILY/NAME"),
        (("rule", "house/../../evil"), "lower-case words"),
        (("rule", "house/x", "--code", "EVA203"), "is taken"),
        (("rule", "house/x", "--code", "eva1"), "two to five capitals"),
        (("rule", "house/x", "--kind", "crss"), "did you mean 'cross'?"),
        (("adapter", "Score Card"), "lower-case words"),
        (("adapter", "score", "--pattern", '"'), "a pattern of file names"),
        (("pack", "../evil"), "lower-case words"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, pack: Path, words: tuple[str, ...], said: str) -> None:
    run("new", "rule", "house/one")
    before = sorted(pack.rglob("*"))
    done = run("new", *words)
    assert done.code == 2
    assert said in done.err
    assert sorted(pack.rglob("*")) == before


def test_outside_of_a_pack_nothing_is_begun(run: Run, folder: Path) -> None:
    done = run("new", "rule", "house/one")
    assert done.code == 2
    assert "mlgov new pack" in done.err


def test_in_our_own_repository_a_rule_has_its_fragment(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "mlgov"\n[project.entry-points."mlgov.rules"]\nbuiltin = "mlgov_rules"\n'
        '[tool.hatch.build.targets.wheel]\npackages = ["mlgov", "rules/mlgov_rules"]\n'
    )
    family = folder / "rules" / "mlgov_rules" / "evaluation"
    family.mkdir(parents=True)
    (family / "__init__.py").write_text("")
    (family / "a.py").write_text('@rule("EVA299", severity="E")\n')
    (folder / "changelog.d").mkdir()
    done = run("new", "rule", "evaluation/stale-card", "--kind", "statistical")
    assert done.code == 0, done.err
    assert "EVA3" in done.out
    assert "pytest tests/rules -k stale-card" in done.out
    assert (folder / "changelog.d" / "+stale_card.rule.md").exists()
