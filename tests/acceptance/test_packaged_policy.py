"""An organisation's policy as an installed distribution: repositories build on it, and what it locks holds."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .scratch import MANIFEST, Scratch

PACKS = Path(__file__).parent / "packs"
TODAY = "2026-11-20"
NUMBERS = MANIFEST + (
    "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.9}}]\n"
    "evaluation: {results: [{metric: recall, value: 0.84, split: test}]}\n"
)
EXTENDS = 'extends = "acme-mlgov-policy"\n'


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    source = shutil.copytree(PACKS / "acme_policy", folder / "source")
    run = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source)], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture
def site(wheel: Path, tmp_path: Path) -> Path:
    """Where it is installed: the wheel, unpacked as every installer does, and a pack of rules beside it."""
    folder = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(folder)
    shutil.copytree(PACKS / "stranger_rules" / "src" / "stranger_rules", folder / "stranger_rules")
    about = folder / "stranger_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-rules\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[mlgov.rules]\nstranger = stranger_rules\n")
    return folder


@pytest.fixture
def scratch(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("MLGOV_CACHE_DIR", str(tmp_path / "cache"))
    made = Scratch(tmp_path / "scratch")
    made.commit({"mlgov.yaml": NUMBERS, ".mlgov.toml": EXTENDS})
    return made


def write(scratch: Scratch, settings: str, name: str = ".mlgov.toml") -> None:
    (scratch.folder / ".mlgov.toml").unlink(missing_ok=True)
    (scratch.folder / name).write_text(settings)


def report(scratch: Scratch, *arguments: str) -> dict:  # type: ignore[type-arg]
    run = scratch.mlgov("check", "-o", "json", "--now", TODAY, *arguments)
    assert run.stdout, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]


def found(scratch: Scratch, *arguments: str) -> list[tuple[str, str, str]]:
    return [(f["code"], f["severity"], f["message"]) for f in report(scratch, *arguments)["findings"]]


def test_each_value_says_whether_it_is_the_policys_and_whether_it_is_locked(scratch: Scratch) -> None:
    write(scratch, EXTENDS + 'fail_on = "info"\n[severity]\nDAT201 = "info"\n')
    said = scratch.mlgov("settings")
    rows = {row.split()[0]: row.partition("# ")[2] for row in said.stdout.splitlines()}
    assert rows["profile"] == "acme-mlgov-policy"
    assert rows["fail_on"] == ".mlgov.toml:2:1, locked"
    assert rows["severity.EVA203"] == "acme-mlgov-policy, locked"
    assert rows["severity.DAT"] == "acme-mlgov-policy"
    assert rows["severity.DAT201"] == ".mlgov.toml:4:1"
    assert rows["waivers.max_days"] == "acme-mlgov-policy, locked"
    assert rows["ratchet.file"] == "default"
    data = json.loads(scratch.mlgov("settings", "-o", "json").stdout)
    assert data["settings"]["exclude"] == {"value": ["archive/"], "origin": "acme-mlgov-policy", "locked": True}
    assert data["locked"] == ["fail_on", "exclude", "waivers", "EVA2", "improvement-within-noise"]


def test_a_run_follows_the_policy_and_what_the_repository_adds(scratch: Scratch) -> None:
    assert ("EVA203", "error") in [row[:2] for row in found(scratch)]
    write(
        scratch,
        EXTENDS
        + 'profile = "high-risk"\nexclude = []\n[severity]\nALL = "info"\nEVA203 = "error"\nEVA2 = "error"\nEVA301 = "error"\n',
    )
    assert report(scratch)["policy"]["profile"] == "high-risk"


LOWERED = [
    ('fail_on = "error"\n', ":2:1: ", "fail_on raised: fail_on (warning to error)"),
    ('exclude = ["archive/", "models/"]\n', ":2:1: ", "exclude widened: models/"),
    ("waivers = {max_days = 60}\n", ":2:12: ", "waivers live longer: waivers.max_days (30 to 60)"),
    ("waivers = {forbidden = []}\n", ":2:12: ", "waivers allowed: EVA204"),
    ('ignore = ["EVA203"]\n', ":2:1: ", "rule off: EVA203 target-not-met (error to off)"),
    ('select = ["DAT"]\n', ":2:1: ", "rule off: EVA"),
    ('severity = {EVA203 = "warning"}\n', ":2:13: ", "severity lowered: EVA203 target-not-met (error to warning)"),
    ('[severity]\ntarget-not-met = "off"\n', ":2:2: ", "EVA203 target-not-met (error to off)"),
    ('profile = "prototype"\n', ":2:1: ", "severity lowered: EVA"),
    ("[rules.EVA301]\nalpha = 0.05\n", ":2:8: ", "threshold option loosened: EVA301.alpha (0.01 to 0.05)"),
]  # fmt: skip


@pytest.mark.parametrize(("lowered", "place", "words"), LOWERED, ids=lambda value: str(value)[:20])
def test_what_is_locked_cannot_be_lowered(scratch: Scratch, lowered: str, place: str, words: str) -> None:
    write(scratch, EXTENDS + lowered)
    run = scratch.mlgov("check")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"mlgov: .mlgov.toml{place}acme-mlgov-policy locks what is lowered here: ")
    assert words in run.stderr
    assert run.stderr.count("\n") == 1


def test_every_attempt_is_named_with_its_place_in_pyproject_too(scratch: Scratch) -> None:
    write(
        scratch, f'[tool.mlgov]\n{EXTENDS}fail_on = "never"\n[tool.mlgov.severity]\nEVA203 = "off"\n', "pyproject.toml"
    )
    for command in ("check", "settings"):
        run = scratch.mlgov(command)
        assert (run.returncode, run.stdout) == (2, "")
        assert "pyproject.toml:3:1: acme-mlgov-policy locks what is lowered here: fail_on raised" in run.stderr
        assert "; pyproject.toml:5:1 rule off: EVA203 target-not-met (error to off)" in run.stderr


@pytest.mark.parametrize(
    "stricter",
    [
        'fail_on = "info"', "exclude = []", "waivers = {max_days = 7, forbidden = ['EVA204', 'FRM']}",
        'severity = {EVA301 = "error"}', 'rules = {EVA301 = {alpha = 0.001}}', 'ignore = ["DAT"]', 'profile = "high-risk"',
        'severity = {DAT = "off"}', 'plugins = ["stranger-rules"]',
    ],
)  # fmt: skip
def test_what_is_stricter_or_not_locked_is_for_the_repository(scratch: Scratch, stricter: str) -> None:
    write(scratch, f"{EXTENDS}{stricter}\n")
    run = scratch.mlgov("check")
    assert run.returncode == 1, run.stderr


def test_a_policy_that_is_not_installed_ends_the_run_with_the_command(scratch: Scratch) -> None:
    for command in (("check",), ("diff", "HEAD"), ("rules",), ("ratchet", "check")):
        run = scratch.mlgov(*command, PYTHONPATH="")
        assert (run.returncode, run.stdout) == (2, "")
        assert ".mlgov.toml:1:1: extends names 'acme-mlgov-policy'" in run.stderr
        assert "pip install acme-mlgov-policy" in run.stderr


def test_a_waiver_of_what_the_policy_forbids_to_waive_waives_nothing(scratch: Scratch) -> None:
    entry = "- {rule: EVA204, subject: churn, reason: known, owner: ada, expires: 2026-12-01}\n"
    scratch.commit({".mlgov/waivers.yaml": entry})
    assert any(
        code == "CHG508" and "EVA204 card-result-mismatch cannot be waived" in said for code, _, said in found(scratch)
    )


def test_the_cache_knows_the_policy(scratch: Scratch, site: Path) -> None:
    assert report(scratch) == report(scratch)
    policy = site / "acme_mlgov_policy" / "policy.toml"
    policy.write_text(policy.read_text().replace('EVA203 = "error"', 'EVA203 = "info"'))
    assert ("EVA203", "info") in [row[:2] for row in found(scratch)]


def test_a_policy_brings_plug_ins(scratch: Scratch, site: Path) -> None:
    policy = site / "acme_mlgov_policy" / "policy.toml"
    policy.write_text(
        policy.read_text().replace("locked = [", 'plugins = ["stranger-rules"]\nlocked = ["plugins", "STR101", ')
    )
    scratch.commit({"mlgov.yaml": NUMBERS.replace("churn", "otter").replace("otter", "otter, name: Otter", 1)})
    assert "STR101" in [code for code, *_ in found(scratch)]
    assert "locks what is lowered here: rule off: STR101" in lowered(scratch, 'ignore = ["STR101"]')
    assert "plug-in added: acme-mlgov-rules" in lowered(scratch, 'plugins = ["acme-mlgov-rules"]', site)


def lowered(scratch: Scratch, settings: str, site: Path | None = None) -> str:
    """What is said about settings; with a site, a pack of rules that has nothing in it is installed there."""
    if site:
        (site / "acme_mlgov_rules").mkdir()
        (site / "acme_mlgov_rules" / "__init__.py").write_text("")
        about = site / "acme_mlgov_rules-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-mlgov-rules\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text("[mlgov.rules]\nacme = acme_mlgov_rules\n")
    write(scratch, f"{EXTENDS}{settings}\n")
    return scratch.mlgov("check").stderr


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("profile =", "profle =", "acme-mlgov-policy:policy.toml:3:1: unknown setting 'profle'; did you mean 'profile'?"),
        ('"fail_on",', '"fail_onn",', "locked: no rule is called 'fail_onn'"),
        ("locked = [", "locked = [3, ", "locked must be a list"),
        ("profile =", 'extends = "other"\nprofile =', "a packaged policy cannot state extends"),
        ("profile =", 'custom = ["a.rules.yaml"]\nprofile =', "its own rules belong in a pack that plugins names"),
        ("profile =", 'plugins = ["nowhere"]\nprofile =', "plugins names 'nowhere', which is not installed"),
        ("alpha = 0.01", "beta = 0.01", "rule EVA301 has no option 'beta'"),
        ("[severity]", "[severity", "acme-mlgov-policy:policy.toml:"),
    ],
)  # fmt: skip
def test_a_broken_policy_is_told_with_its_place(
    scratch: Scratch, site: Path, before: str, after: str, words: str
) -> None:
    policy = site / "acme_mlgov_policy" / "policy.toml"
    policy.write_text(policy.read_text().replace(before, after))
    run = scratch.mlgov("check")
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert run.stderr.count("\n") == 1


def weakened(scratch: Scratch) -> list[str]:
    """What the change since `main` weakens; nothing in the head silences it."""
    return [said for code, level, said in found(scratch, "--base", "main") if (code, level) == ("CHG518", "error")]


def test_a_change_cannot_leave_the_policy(scratch: Scratch) -> None:
    scratch.git("checkout", "-q", "-b", "pr")
    scratch.commit({".mlgov.toml": 'ignore = ["CHG", "EVA"]\nfail_on = "never"\n'})
    said = weakened(scratch)
    assert "policy no longer extended: acme-mlgov-policy" in said
    assert "waivers allowed: EVA204" in said
    data = report(scratch, "--base", "main")
    assert ("EVA203", "error") in [(f["code"], f["severity"]) for f in data["findings"]]
    assert data["summary"]["exit_code"] == 1
    scratch.commit({".mlgov.toml": None})
    assert "policy no longer extended: acme-mlgov-policy" in weakened(scratch)


def test_a_change_cannot_take_a_plug_in_away_nor_add_one_unseen(scratch: Scratch) -> None:
    otter = NUMBERS.replace("churn", "otter, name: Otter", 1)
    scratch.commit({"mlgov.yaml": otter, ".mlgov.toml": 'plugins = ["stranger-rules"]\n'})
    scratch.git("checkout", "-q", "-b", "pr")
    scratch.commit({".mlgov.toml": "plugins = []\n"})
    assert weakened(scratch) == ["plug-in removed: stranger-rules"]
    assert "STR101" in [code for code, *_ in found(scratch, "--base", "main")]
    scratch.git("checkout", "-q", "-b", "more", "main")
    scratch.commit({".mlgov.toml": 'plugins = ["Stranger.Rules"]\n'})
    assert weakened(scratch) == []
    scratch.git("branch", "-f", "main", "pr")
    scratch.git("checkout", "-q", "-b", "added", "pr")
    scratch.commit({".mlgov.toml": 'plugins = ["stranger-rules"]\n'})
    assert weakened(scratch) == ["plug-in added: stranger-rules"]


def test_nothing_of_a_policy_is_imported(scratch: Scratch, site: Path) -> None:
    source = (site / "acme_mlgov_policy" / "__init__.py").read_text()
    assert "raise ImportError" in source
    assert os.environ["PYTHONPATH"] == str(site)
    assert scratch.mlgov("check").returncode == 1


def test_the_guide_shows_what_is_installed_here() -> None:
    """Every file of the package that the guide shows stands in it, word for word."""
    guide = (PACKS.parents[2] / "docs" / "how-to" / "policy.md").read_text(encoding="utf-8")
    source = PACKS / "acme_policy"
    for file in (source / "pyproject.toml", source / "src" / "acme_mlgov_policy" / "policy.toml"):
        blocks = [block for block in guide.split("```toml\n") if block.partition("```")[0] in file.read_text()]
        assert len(blocks) == 1
