"""No command runs what a hostile repository, or the environment of a hook, names as a program: canary files stay absent."""

import subprocess
from pathlib import Path

import pytest

from mlgov.cli import COMMANDS

from .scratch import MANIFEST, Scratch

BROKEN = MANIFEST + "evaluation: {results: [{metric: recall, value: 0.8, split: test}]}\n"
METRIC = (
    "metrics: [{id: recall, acceptable: {min: 0.9}}]\n"
    "data: {datasets: [{id: calls, role: train}], columns: [{name: age, dataset: calls, type: integer, min: 0}]}\n"
)
RULES = (Path(__file__).parent / "packs/stranger_rules/src/stranger_rules/house.rules.yaml").read_text("utf-8")
SHARED = {".gitattributes": "* filter=evil diff=evil merge=evil\n", "fresh/notes.txt": "none", "house.rules.yaml": RULES,
          ".mlgov.toml": 'custom = ["house.rules.yaml"]\n'}  # fmt: skip
# each command with the arguments that make it go furthest; one that is not here is tried without any
TRIED: dict[str, tuple[str, ...]] = {
    "check": ("--base main --no-cache", "--base main --new-only --scope staged", "--base main --scope HEAD"),
    "fix": ("", "--diff"),
    "todo": ("",),
    "render": ("report.json",),
    "diff": ("main", "main HEAD"),
    "blame": ("", "EVA001"),
    "bisect": ("EVA203", "EVA203 --linear"),
    "waive": ("EVA203 --subject churn --reason known --owner ada --until 2026-12-01 --now 2026-11-20",),
    "waivers": ("",),
    "ratchet": ("write", "check --base main", "prune"),
    "explain": ("EVA203",),
    "rules": ("--select EVA203", "--explain-applicability ."),
    "inventory": ("",),
    "settings": ("",),
    "schema": ("",),
    "trace": ("",),
    "score": ("",),
    "coverage": ("",),
    "size": ("ab --baseline 0.1 --mde 0.02",),
    "test": ("",),
    "mutate": (".",),
    "server": ("",),
    "init": ("fresh",),
    "expectations": ("",),
    "export": ("", "--format model-card"),
    "completion": ("bash",),
}
CONFIGURED = (
    "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "diff.external",
    "diff.evil.textconv", "diff.evil.command", "merge.evil.driver", "filter.evil.clean", "filter.evil.smudge",
    "filter.evil.process", "credential.helper", "gpg.program", "gpg.ssh.program", "sequence.editor",
    "uploadpack.packObjectsHook", "trailer.evil.command", "alias.log", "alias.rev-list", "alias.cat-file", "pager.log",
)  # fmt: skip
EXPORTED = (
    "GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PAGER", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR", "GIT_ASKPASS",
    "GIT_PROXY_COMMAND", "SSH_ASKPASS", "PAGER", "EDITOR",
)  # fmt: skip
HOOKS = (
    "post-checkout",
    "pre-commit",
    "reference-transaction",
    "post-index-change",
    "fsmonitor-watchman",
    "pre-auto-gc",
)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """What the program writes when it runs."""
    return tmp_path / "canary"


@pytest.fixture
def program(tmp_path: Path, canary: Path) -> Path:
    made = tmp_path / "evil"
    made.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{canary}'\nexit 1\n")
    made.chmod(0o755)
    return made


@pytest.fixture
def hostile(tmp_path: Path, program: Path) -> Scratch:
    """A change in a repository whose configuration names the program wherever it can."""
    scratch = Scratch(tmp_path / "scratch")
    scratch.change(SHARED | {"mlgov.yaml": MANIFEST + METRIC}, SHARED | {"mlgov.yaml": BROKEN + METRIC})
    (scratch.folder / "report.json").write_text(scratch.mlgov("check", "-o", "json").stdout)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for folder in (hooks, scratch.folder / ".git" / "hooks"):
        for hook in HOOKS:
            (folder / hook).symlink_to(program)
    every = dict.fromkeys(CONFIGURED, str(program)) | {
        "core.hooksPath": str(hooks), "log.showSignature": "true", "core.untrackedCache": "true",
        "remote.origin.url": f"ext::{program}", "remote.origin.promisor": "true", "extensions.partialClone": "origin",
    }  # fmt: skip
    with (scratch.folder / ".git" / "config").open("a") as config:
        config.writelines(map(_section, every, every.values()))
    return scratch


def _section(key: str, value: str) -> str:
    section, _, name = key.rpartition(".")
    first, dot, second = section.partition(".")
    return f'[{first} "{second}"]\n\t{name} = {value}\n' if dot else f"[{first}]\n\t{name} = {value}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_runs_what_the_repository_or_a_hook_names(
    hostile: Scratch, program: Path, canary: Path, command: str
) -> None:
    exported = dict.fromkeys(EXPORTED, str(program)) | {
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": str(program),
        "GIT_CONFIG_GLOBAL": str(hostile.folder / ".git" / "config"), "GIT_TRACE": str(canary),
        "GIT_EXEC_PATH": str(program.parent), "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_NAMESPACE": "evil",
    }  # fmt: skip
    for arguments in TRIED.get(command, ("",)):
        run = hostile.mlgov(command, *arguments.split(), **exported | {"CI": ""})
        assert "Traceback" not in run.stderr
        assert run.returncode in (0, 1) or command not in TRIED, run.stderr
        assert not canary.exists(), canary.read_text()


def test_the_canary_can_sing(hostile: Scratch, canary: Path) -> None:
    """What git itself does in that repository."""
    subprocess.run(["git", "status"], cwd=hostile.folder, capture_output=True, check=False)
    assert canary.exists()
