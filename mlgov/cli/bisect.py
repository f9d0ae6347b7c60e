"""`mlgov bisect`: the first commit at which a finding appears."""

import click

from mlgov.cli.answers import complete_rules, output_option, say, say_json
from mlgov.cli.options import request


@click.command("bisect")
@click.argument("code", metavar="CODE|FINGERPRINT", shell_complete=complete_rules)
@click.option("--path", "paths", multiple=True, type=click.Path(), help="Only what lies below; repeatable.")
@click.option("--head", default="HEAD", show_default=True, metavar="REV", help="The newest commit that is looked at.")
@click.option("--commits", default=1000, show_default=True, type=click.IntRange(min=1), help="How far to look back.")
@click.option("--linear", is_flag=True, help="Look at every commit: exact where the finding came and went.")
@output_option("text", "json")
def command(code: str, paths: tuple[str, ...], head: str, commits: int, linear: bool, output: str) -> None:
    """Find the first commit with a finding, along first parents, without a checkout.

    The settings of the newest commit hold for all of them. Findings of change control are looked for in the change
    from each commit to the next.

    \b
    mlgov bisect EVA204               since which commit the finding stands
    """
    from mlgov.renderers.escaping import terminal
    from mlgov.retrospect import began

    found = began(request(paths, head), code, commits, linear)
    if output == "json":
        say_json({"version": 1} | found._asdict() | {"first": found.first._asdict()})
        return
    commit = found.first
    say(terminal(f"{commit.sha[:12]} {commit.date[:10]} {commit.author}: {commit.subject}"))
    note = "; it is the oldest commit that was looked at, so the finding may be older" if found.oldest else ""
    say(f"the first commit with {terminal(code)} ({found.looked} looked at{note})")
