"""The ratchet in a real repository: only new findings fail, whatever is moved, and the file never grows unseen."""

import json
from pathlib import Path

import pytest

from .repository import MANIFEST, Repository

FILE = ".mlgov/ratchet.json"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose findings of today are known."""
    made = Repository(tmp_path)
    done = made.mlgov("ratchet", "write")
    assert done.returncode == 0, done.stderr
    made.commit("ratchet")
    return made


def test_known_findings_do_not_fail_and_are_counted(repository: Repository) -> None:
    done = repository.mlgov("check")
    assert done.returncode == 0, done.stdout
    assert "All clear (2 ratcheted" in done.stdout
    assert "EVA203" not in done.stdout
    shown = repository.mlgov("check", "--show-ratcheted")
    assert "2 findings known to the ratchet" in shown.stdout
    assert shown.stdout.count("[EVA203 target-not-met]") == 2
    data = json.loads(repository.mlgov("check", "-o", "json").stdout)
    assert (len(data["ratcheted"]), data["summary"]["ratcheted"], data["findings"]) == (2, 2, [])
    assert repository.mlgov("ratchet", "check").returncode == 0


TWINS = {
    "moved lines": {"mlgov.yaml": "# more\n\n\n" + MANIFEST},
    "another order": {
        "mlgov.yaml": MANIFEST.replace("value: 0.84, split: test", "split: test, value: 0.84").replace(
            "  - {metric: roc_auc, value: 0.80, split: test}\n", ""
        )
        + "  - {metric: roc_auc, value: 0.80, split: test}\n"
    },
    "another layout": {
        "mlgov.yaml": MANIFEST.replace(
            "  - {metric: recall, value: 0.84, split: test}", "  - metric: recall\n    split: test\n    value: 0.84"
        )
    },
    "other units": {"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 84%").replace("min: 0.9}", "min: 90%}")},
    "other digits": {"mlgov.yaml": MANIFEST.replace("min: 0.85", "min: 0.850")},
    "windows": {"mlgov.yaml": MANIFEST.replace("\n", "\r\n")},
    "another file": {
        "mlgov.yaml": MANIFEST.partition("evaluation:")[0],
        "governance/evaluation.yaml": "apiVersion: mlgov/v1\nevaluation:" + MANIFEST.partition("evaluation:")[2],
    },
    "another name": {"mlgov.yaml": None, "mlgov.yml": MANIFEST},
}


@pytest.mark.parametrize("twin", TWINS)
def test_what_is_only_rewritten_stays_known(repository: Repository, twin: str) -> None:
    repository.commit(twin, **TWINS[twin])
    assert repository.check() == []
    before = (repository.folder / FILE).read_bytes()
    done = repository.mlgov("ratchet", "write", CI="true")
    assert done.returncode == 0, done.stderr
    assert (repository.folder / FILE).read_bytes() == before


def test_another_defect_is_new(repository: Repository) -> None:
    repository.commit("worse", **{"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 0.83")})
    (line,) = repository.check()
    assert "recall = 0.83" in line
    done = repository.mlgov("ratchet", "check")
    assert done.returncode == 1
    assert "1 finding known, 1 new, 1 fixed" in done.stdout


def test_what_was_fixed_is_told_pruned_and_new_when_it_returns(repository: Repository) -> None:
    repository.commit("fixed", **{"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 0.94")})
    done = repository.mlgov("check")
    assert done.returncode == 0
    assert f"1 finding of {FILE} is fixed; mlgov ratchet prune removes what is fixed" in done.stdout
    assert repository.mlgov("ratchet", "check").returncode == 1
    assert "1 finding fixed and taken out, 1 finding left" in repository.mlgov("ratchet", "prune").stdout
    assert repository.mlgov("ratchet", "check").returncode == 0
    repository.commit("again", **{"mlgov.yaml": MANIFEST})
    assert ["recall = 0.84" in line for line in repository.check()] == [True]


def test_ci_refuses_growth(repository: Repository) -> None:
    repository.commit("worse", **{"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 0.83")})
    before = (repository.folder / FILE).read_bytes()
    done = repository.mlgov("ratchet", "write", CI="true")
    assert done.returncode == 2
    assert "must not grow in CI" in done.stderr
    assert (repository.folder / FILE).read_bytes() == before
    assert repository.mlgov("ratchet", "write").returncode == 0


def test_an_entry_that_the_change_adds_is_told_and_pruning_is_not(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.write(**{"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 0.83")})
    repository.mlgov("ratchet", "write")
    repository.commit("grown", **{".mlgov.toml": 'select = ["EVA203"]\nignore = ["CHG518"]\n'})
    said = repository.check("--base", base)
    added = [line for line in said if "ratchet entry added" in line]
    assert len(added) == 1
    assert added[0].startswith(f"{FILE}:4:")
    assert "recall = 0.83" in added[0]
    assert not any("EVA203 target-not-met] recall" in line for line in said)
    repository.git("checkout", "-q", base)
    repository.write(**{"mlgov.yaml": MANIFEST.replace("value: 0.84", "value: 0.94")})
    repository.mlgov("ratchet", "prune")
    repository.commit("pruned")
    assert not any("CHG518" in line for line in repository.check("--base", base))


def test_moving_the_ratchet_file_is_told(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    text = (repository.folder / FILE).read_text()
    settings = 'select = ["EVA203", "CHG5"]\n[ratchet]\nfile = "known.json"\n'
    repository.commit("moved", **{FILE: None, "known.json": text, ".mlgov.toml": settings})
    said = repository.check("--base", base)
    assert any("ratchet moved" in line for line in said)
    assert not any("entry added" in line or "EVA203" in line for line in said)


def test_an_incomplete_run_writes_nothing(repository: Repository) -> None:
    repository.commit("broken", **{"more/mlgov.yaml": "a: [\n"})
    before = (repository.folder / FILE).read_bytes()
    for what in ("write", "prune"):
        assert repository.mlgov("ratchet", what).returncode == 2
    assert repository.mlgov("ratchet", "check").returncode == 2
    assert (repository.folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('ratchet = {file = "../r.json"}', "ratchet.file is"),
        ('ratchet = {path = "r.json"}', "unknown setting 'ratchet.path'"),
        ("waivers = {max_days = 400}", "waivers.max_days is 400, expected 1 to 180"),
        ('waivers = {max_days = "9"}', "waivers.max_days must be like its default 90"),
        ("waivers = {max_dys = 9}", "did you mean 'max_days'?"),
    ],
)
def test_settings_that_mean_nothing_are_refused(repository: Repository, settings: str, words: str) -> None:
    repository.commit("settings", **{".mlgov.toml": settings + "\n"})
    done = repository.mlgov("check")
    assert done.returncode == 2
    assert words in done.stderr
