"""`mlgov waivers`: everything that is accepted for a time, and when it ends."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import clock, request

if TYPE_CHECKING:
    from mlgov.report import Waiver

SOON = 14
_UNITS = {"d": 1, "w": 7}


@click.command("waivers")
@click.option("--due", metavar="DAYS", help="Only those that end within this time (30d, 4w), or have ended.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
@output_option("text", "json")
def command(due: str | None, now: str | None, output: str) -> None:
    """List the waivers of this repository, those in comments too, with their state.

    active, due (ends soon), expired, unused (covers nothing that was found), invalid (breaks a rule of waivers).

    \b
    mlgov waivers                     what is accepted, by whom, until when
    mlgov waivers --due 30d           what ends within a month
    """
    from mlgov.run import check

    report, _ = check(request((), "worktree", now))
    last = (date.fromisoformat(clock(now)) + timedelta(days=_days(due))).isoformat()
    rows = sorted(((w, _state(w, last)) for w in report.waivers), key=lambda row: (row[0].expires, row[0].place))
    rows = [row for row in rows if not due or row[0].expires <= last]
    if output == "json":
        data = [w._asdict() | {"state": state, "place": w.place._asdict()} for w, state in rows]
        say_json({"version": 1, "waivers": data})
    else:
        say("\n".join([*(_line(w, state) for w, state in rows), _sum([state for _, state in rows])]))


def _days(due: str | None) -> int:
    if not due:
        return SOON
    number, unit = (due[:-1], due[-1]) if due[-1] in _UNITS else (due, "d")
    if not number.isdecimal() or len(number) > 5:
        raise click.UsageError(f"--due takes a time such as 30d or 4w, not {due!r}")
    return int(number) * _UNITS[unit]


def _state(waiver: "Waiver", last: str) -> str:
    return "due" if waiver.state == "active" and waiver.expires <= last else waiver.state


def _line(waiver: "Waiver", state: str) -> str:
    from mlgov.renderers.escaping import terminal
    from mlgov.renderers.wording import allowed

    note = f" ({waiver.problem})" if waiver.problem else ""
    return f"{state:<7}  {terminal(f'{waiver.place}: {waiver.rule} for {waiver.subject} {allowed(waiver)}{note}')}"


def _sum(states: list[str]) -> str:
    counts = [f"{states.count(s)} {s}" for s in ("active", "due", "expired", "unused", "invalid") if s in states]
    what = "1 waiver" if len(states) == 1 else f"{len(states)} waivers"
    return f"{what}: {', '.join(counts)}" if counts else "no waivers"
