"""`mlgov waive`: accept a finding for a time, in `.mlgov/waivers.yaml`."""

import os
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import complete_rules, say
from mlgov.cli.options import request

if TYPE_CHECKING:
    from mlgov.policy.waivers import Stated
    from mlgov.report import Report, Waiver
    from mlgov.run import Opened


@click.command("waive")
@click.argument("code", shell_complete=complete_rules)
@click.option("--subject", required=True, help="What to accept it for: a record (metrics[recall]), a path, a project.")
@click.option("--reason", required=True, help="Why it is acceptable for now.")
@click.option("--until", "expires", required=True, metavar="DATE", help="The last day on which it is accepted.")
@click.option("--owner", default="", help="Who answers for it; default: who owns the file by CODEOWNERS.")
@click.option("--approved-by", default="", help="Who approved it, where the settings ask for that.")
@click.option("--ticket", default="", help="Where it is followed up.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
def command(code: str, now: str | None, **said: str) -> None:
    """Accept the findings of rule CODE about one subject, for a time.

    Adds an entry to .mlgov/waivers.yaml, or changes the one that is there; everything else in the file stays as it
    is. What would not hold is refused: a rule that cannot be waived, a subject without a finding, an end too far away.

    \b
    mlgov waive EVA301 --subject 'metrics[recall]' --until 2027-01-31 --reason 'waits for labels' --owner @ada
    """
    from mlgov import edits
    from mlgov.errors import EditError
    from mlgov.policy.waivers import FILE, Stated
    from mlgov.policy.waiving import waived
    from mlgov.run import check

    asked = request((), "worktree", now)
    report, opened = check(asked)
    words = {key: " ".join(text.split()) for key, text in said.items()}
    waiver, judged = _held(Stated(rule=code, **words), report, opened, asked.still)  # type: ignore[arg-type]
    raw = opened.snapshot.read(FILE) if FILE in opened.snapshot.files() else None
    path = os.path.join(opened.folder, *FILE.split("/"))
    if raw is None and os.path.lexists(path):
        raise EditError(f"{path} is there, but is no file that mlgov reads (ignored, or a link); edit it by hand")
    content = waived(raw, waiver)
    if content == raw:
        say(f"{FILE} says so already; nothing was changed")
        return
    edits.replace(path, content, raw)
    what = "1 finding" if judged.covers == 1 else f"{judged.covers} findings"
    say(f"{FILE}: {waiver.rule} is accepted for {waiver.subject} until {waiver.expires} ({what})")


def _held(stated: "Stated", report: "Report", opened: "Opened", today: str) -> "tuple[Stated, Waiver]":
    """The waiver with its code and owner, as it will be judged; refused where it would not hold."""
    from mlgov.policy.owners import owners_of
    from mlgov.policy.proposal import proposed
    from mlgov.run import load_settings

    settings = load_settings(request((), "worktree"), opened)
    owners = owners_of(opened.snapshot.files(), opened.snapshot.read)
    stated, waiver, known = proposed(stated, report, settings, owners, today)
    if waiver.problem:
        hint = f"; found are: {', '.join(known)}" if waiver.state == "unused" and known else ""
        raise click.UsageError(f"this waiver would not hold: {waiver.problem}{hint}")
    return stated, waiver
