"""`mlgov ratchet`: the findings that a legacy repository begins with, so that only new ones fail."""

import os
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import say
from mlgov.cli.options import request
from mlgov.errors import MlgovError, SnapshotError

if TYPE_CHECKING:
    from mlgov.finding import Finding
    from mlgov.policy.ratchet import Entry
    from mlgov.report import Report
    from mlgov.run import Opened

_NOW = click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")


@click.group("ratchet")
def command() -> None:
    """Keep the findings of today in a file, so that only new ones fail.

    A finding is known by rule, project, subject and evidence, never by its line: moving, reformatting and renaming
    change nothing. The file is .mlgov/ratchet.json, or what the setting ratchet.file says; mlgov check uses it.

    \b
    mlgov ratchet write               keep what is found today
    mlgov ratchet prune               take out what was settled
    mlgov ratchet check               for CI
    """


@command.command("write")
@_NOW
def write(now: str | None) -> None:
    """Write every finding of now that is not waived into the file; in CI (CI=true) never more than it holds."""
    from mlgov.policy import ratchet

    run = _Run(now)
    found = ratchet.counted(map(ratchet.entry, run.findings), run.known)
    more, less = ratchet.grown(run.known, found), ratchet.grown(found, run.known)
    if more and os.environ.get("CI", "").lower() in ("true", "1"):
        names = "; ".join(f"{e.rule} {e.evidence}" for _, e in more[:3])
        raise click.UsageError(f"the ratchet must not grow in CI: {len(more)} entries are new ({names}); fix them")
    run.replace(found)
    say(f"{run.file}: {_many(sum(e.times for e in found))}, {len(more)} entries more and {len(less)} fewer than before")


@command.command("prune")
@_NOW
def prune(now: str | None) -> None:
    """Take out of the file what is fixed, so that it is new if it ever returns."""
    from mlgov.policy import ratchet

    run = _Run(now)
    fixed = run.fixed()
    left = [e._replace(times=e.times - fixed.get(e, 0)) for e in run.known]
    if fixed:
        run.replace(ratchet.counted(left))
    say(f"{run.file}: {_many(sum(fixed.values()))} fixed and taken out, {_many(sum(e.times for e in left))} left")


@command.command("check")
@click.option("--base", default="", metavar="REF", help="The file must not have grown since REF either.")
@_NOW
@click.pass_context
def check_(ctx: click.Context, base: str, now: str | None) -> None:
    """Fail (exit code 1) where a finding is not in the file, or the file still holds what is fixed."""
    from mlgov.renderers import render

    run = _Run(now, base, whole=False)
    report = run.report._replace(waived=(), ratcheted=(), abstentions=())
    fixed = run.fixed()
    if text := render("concise", report, run.opened.snapshot.read):
        say(text)
    for one in sorted(fixed):
        say(f"{run.file}: fixed: {one.rule} {one.evidence}")
    say(
        f"{run.file}: {_many(len(run.report.ratcheted))} known, {len(report.findings)} new, {sum(fixed.values())} fixed"
    )
    if fixed:
        say("run mlgov ratchet prune, so that what is fixed is new if it returns")
    ctx.exit(2 if not run.report.completeness.completed else int(bool(report.findings or fixed)))


class _Run:
    """A run over the whole repository, and the ratchet file that it found. whole: what could not decide is an error."""

    def __init__(self, now: str | None, base: str = "", *, whole: bool = True) -> None:
        from mlgov.policy import ratchet
        from mlgov.policy.own_rules import every_rule
        from mlgov.policy.validity import laws_of
        from mlgov.run import check, load_settings

        asked = request((), "worktree", now, base=base)
        self.report: Report
        self.opened: Opened
        self.report, self.opened = check(asked)
        if whole and not self.report.completeness.completed:
            raise SnapshotError(
                "the run is incomplete, so what is fixed is not known; mlgov check says what is missing"
            )
        settings = load_settings(asked, self.opened)
        self.file: str = settings["ratchet"]["file"]
        has_file = self.file in self.opened.snapshot.files()
        self.raw = self.opened.snapshot.read(self.file) if has_file else None
        self.known: list[Entry] = ratchet.entries(self.file, self.raw) if self.raw is not None else []
        fixed_codes = laws_of(every_rule(settings), settings["waivers"]["forbidden"]).fixed
        found = (*self.report.findings, *self.report.ratcheted)
        self.findings: list[Finding] = [f for f in found if f.code not in fixed_codes]

    def fixed(self) -> "dict[Entry, int]":
        """The entries that count more than was found."""
        from mlgov.policy import ratchet

        return dict(ratchet.held(self.findings, self.known, frozenset()).fixed)

    def replace(self, entries: "list[Entry]") -> None:
        """Write the file; it is left alone where it says so already."""
        from mlgov import edits
        from mlgov.policy import ratchet

        content = ratchet.text(entries).encode("utf-8", "backslashreplace")
        path = os.path.join(self.opened.folder, *self.file.split("/"))
        if self.raw is None and os.path.lexists(path):
            raise MlgovError(f"{path} is there, but is no file that mlgov reads (ignored, or a link)")
        if content != self.raw:
            edits.replace(path, content, self.raw)


def _many(count: int) -> str:
    return "1 finding" if count == 1 else f"{count} findings"
