"""`mlgov record`: measure the data, and keep what was measured for later runs without them."""

import json

import click

from mlgov.cli.answers import say
from mlgov.cli.options import paths_argument, request
from mlgov.errors import MlgovError


@click.command("record")
@paths_argument
@click.option("--output", "-o", "path", metavar="FILE", help="Where to; default: .mlgov/measurements.json of the tree.")
@click.option("--statement", metavar="FILE", help="Write the verdict as an in-toto statement (test-result) as well.")
@click.option("--spark", default="", metavar="URL", help="Measure on this Spark cluster, such as local[2].")
@click.option("--now", metavar="DATE", help="The date of the record; default: SOURCE_DATE_EPOCH, else today.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], path: str | None, statement: str | None, spark: str, now: str | None
) -> None:
    """Measure the data that projects declare, and write down what was measured, with the digests of the data.

    Later runs of mlgov check read the record as observed facts, without the data and without the extra mlgov[data], as
    long as the digests match; after that the record is stale, which is a finding. Needs mlgov[data].

    \b
    mlgov record                                   write .mlgov/measurements.json
    mlgov record --statement verdict.intoto.json   and a statement to be signed

    Exit codes: 0 measured, 1 measured and the data contradict what is declared (errors of data rules), 2 something
    could not be measured, and nothing is written.
    """
    import os

    from mlgov.recording import FILE, recorded
    from mlgov.run import open_tree

    asked = request(paths, "worktree", now, False, data={"verify": True})._replace(spark=spark)
    opened = open_tree(asked)
    found = recorded(asked, opened)
    if found.report.exit_code == 2:
        lost = [f.message for f in found.report.findings if f.code in ("INT013", "INT001", "INT002")]
        raise MlgovError("nothing is recorded, because not everything could be measured: " + "; ".join(lost[:3]))
    if not found.record["projects"]:
        raise MlgovError("there is nothing to measure: no project declares data or predictions that are here")
    where = path or os.path.join(opened.folder, *FILE.split("/"))
    _write(where, found.record)
    if statement:
        _write(statement, found.statement)
    count = sum(len(p["measurements"]) for p in found.record["projects"])
    say(f"{where}: {count} measurements; {found.statement['predicate']['result'].lower()}")
    ctx.exit(int(found.statement["predicate"]["result"] == "FAILED"))


def _write(path: str, data: object) -> None:
    """One file, whole or not at all."""
    import os

    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        raise MlgovError(f"{path} cannot be written: {error.strerror}") from error
