"""`mlgov init`: a first manifest, the policy, hooks and workflow, from what the repository already says."""

import os
import sys
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import OneOf, say
from mlgov.cli.options import request

if TYPE_CHECKING:
    from mlgov.beginning import Beginning, Wish
    from mlgov.report import Report

STAGES = ("ideation", "development", "validation", "pre_launch", "production")
PROFILES = ("prototype", "standard", "high-risk")


@click.command("init")
@click.argument("folder", type=click.Path(), default=".")
@click.option("--stage", type=OneOf(STAGES), help="Where the product stands; default: as far as its files tell.")
@click.option("--profile", type=OneOf(PROFILES), help="How strict to begin; default: by stage and risk tier.")
@click.option("--pre-commit/--no-pre-commit", "hooks", default=None, help="Write .pre-commit-config.yaml as well.")
@click.option("--ci", type=OneOf(("github", "none")), help="Write a workflow that checks every push as well.")
@click.option("--ratchet/--no-ratchet", default=None, help="Keep what is found today, so that only new findings fail.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: hooks, workflow where there is a .github, ratchet.")
@click.option("--dry-run", is_flag=True, help="Print the files instead of writing them.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
def command(folder: str, stage: str | None, profile: str | None, hooks: bool | None, ci: str | None,
            ratchet: bool | None, yes: bool, dry_run: bool, now: str | None) -> None:  # fmt: skip
    """Begin with mlgov in FOLDER: write a commented mlgov.yaml and the policy, from what the files already say.

    Values that a file proves point to that file; what the rules ask for at the product's stage stands there as a
    comment to fill in. Nothing is invented, and nothing is ever overwritten: what is there stays, and a second run
    does nothing. On a terminal it asks a few questions; elsewhere only the options count.

    \b
    mlgov init                          manifest and policy; asks for the rest on a terminal
    mlgov init --dry-run                what would be written
    mlgov init --yes                    hooks, workflow and ratchet too
    mlgov init --stage production models/fraud
    """
    from mlgov.beginning import Beginning, Wish

    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise click.UsageError(f"{folder} is not a folder; name the folder that mlgov.yaml should lie in")
    beginning = Beginning(request((folder,), "worktree", now), folder)
    asks = not yes and not dry_run and sys.stdin.isatty() and sys.stdout.isatty()
    if asks:
        _introduce(beginning)
    wish = Wish(stage or _stage(beginning, asks), profile or "", _hooks(hooks, beginning, yes, asks),
                _workflow(ci, beginning, yes, asks))  # fmt: skip
    files = beginning.files(wish)
    report = beginning.report(files)
    if ratchet or ratchet is None and (yes or asks and _keep(report)):
        files |= beginning.ratchet(report)
    _deliver(beginning, files, dry_run)
    if not dry_run:
        _conclude(beginning, files, report, wish)


def _introduce(beginning: "Beginning") -> None:
    """What was recognised, before anything is asked."""
    from mlgov.renderers.wording import many

    found = ", ".join(f"{count} {name}" for name, count in beginning.formats.most_common(6))
    say(f"{many(sum(beginning.formats.values()), 'file')} that mlgov reads{f': {found}' if found else ''}")


def _stage(beginning: "Beginning", asks: bool) -> str:
    if not asks or beginning.start is None:
        return ""
    words = "Where does the product stand"
    said: str = click.prompt(words, default=beginning.stage, type=OneOf(STAGES), show_choices=True)
    return said


def _hooks(said: bool | None, beginning: "Beginning", yes: bool, asks: bool) -> bool:
    """Hooks make sense in a git repository; where there is a configuration, its line is told instead."""
    if said is not None or not _is_git(beginning):
        return bool(said)
    return yes or asks and click.confirm("Check every commit with pre-commit", default=True)


def _workflow(said: str | None, beginning: "Beginning", yes: bool, asks: bool) -> bool:
    if said is not None or not _is_git(beginning):
        return said == "github"
    has_github = os.path.isdir(os.path.join(beginning.opened.folder, ".github"))
    return yes and has_github or asks and click.confirm("Check every push with GitHub Actions", default=has_github)


def _is_git(beginning: "Beginning") -> bool:
    return os.path.exists(os.path.join(beginning.opened.folder, ".git"))


def _keep(report: "Report") -> bool:
    """A repository that lived without mlgov has findings; they should not keep it from beginning."""
    from mlgov.renderers.wording import many

    if not report.findings:
        return False
    words = f"{many(len(report.findings), 'finding')} stand today. Keep them in a ratchet, so that only new ones fail"
    return click.confirm(words, default=True)


def _deliver(beginning: "Beginning", files: dict[str, str], dry_run: bool) -> None:
    for path, text in files.items():
        if dry_run:
            say(f"==> {path} <==\n{text}")
            continue
        full = os.path.join(beginning.opened.folder, *path.split("/"))
        try:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise click.ClickException(f"{full} cannot be written: {error.strerror}") from error
        say(f"wrote {full}")


def _conclude(beginning: "Beginning", files: dict[str, str], report: "Report", wish: "Wish") -> None:
    """What was left alone, and what to do next."""
    from mlgov.renderers.escaping import terminal
    from mlgov.renderers.wording import counts
    from mlgov.starter.files import HOOKS, RATCHET, hooks_entry

    for path, why in sorted(beginning.kept.items()):
        say(terminal(f"kept {path}: {why}"))
    if wish.hooks and HOOKS in beginning.kept and not beginning.names_hooks():
        say(f"add this to {HOOKS} by hand:\n{hooks_entry()}")
    kept = beginning.keepable(report) if RATCHET in files else []
    left = report._replace(findings=tuple(f for f in report.findings if f not in kept))
    if kept:
        say(
            f"{counts(report._replace(findings=tuple(kept)))} kept in {RATCHET}: mlgov check --show-ratcheted lists them"
        )
    if left.findings:
        hint = "" if kept or RATCHET in beginning.kept else "; mlgov init --ratchet keeps them for later"
        say(f"mlgov check will find {counts(left)}: mlgov todo names the places{hint}")
    else:
        say("mlgov check is quiet; fill in the prompts of mlgov.yaml that are true")
