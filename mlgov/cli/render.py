"""`mlgov render`: a saved JSON report in another format, without judging anything again."""

import json
from collections.abc import Callable
from typing import Any

import click

from mlgov.cli.answers import OneOf
from mlgov.cli.screen import columns, wants_color
from mlgov.errors import UsageError
from mlgov.renderers import FORMATS, View, render
from mlgov.report import Report

LARGEST = 200_000_000  # bytes


@click.command("render")
@click.argument("file", type=click.File("rb"), metavar="REPORT")
@click.option("--output", "-o", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
@click.option("--color", type=OneOf(("auto", "always", "never")), default="auto", show_default=True)
@click.option(
    "--root", metavar="FOLDER", help="Where the files lie that the report speaks about, to quote their lines."
)
@click.option(
    "--blob", default="", metavar="ADDRESS", help="Where these files are shown, for outputs that link to them."
)
@click.option("--sarif-category", default="", metavar="NAME", help="Tells two SARIF reports of one commit apart.")
def command(file: Any, output: str, color: str, root: str | None, blob: str, sarif_category: str) -> None:
    """Print a report that `mlgov check -o json=REPORT` wrote in another format; - reads it from standard input.

    The report may come from a machine that is not trusted: nothing in it can act, and what a rule asks for is told by
    the rules that are installed here. Exit codes: 0 printed, whatever the report says; 2 it is no report.

    \b
    mlgov render report.json -o markdown
    """
    from mlgov.catalogue import installed_rules
    from mlgov.laws import laws_behind

    report = _report(file.read(LARGEST))
    every = (*report.findings, *(w.finding for w in report.waived), *report.ratcheted)
    report = report._replace(laws=laws_behind(every, installed_rules()))
    view = View(wants_color(color), columns(), category=sarif_category, blob=blob)
    click.echo(
        render(output, report, _source(root), view).encode("utf-8", "backslashreplace"), nl=False, color=view.color
    )


def _report(raw: bytes) -> Report:
    """The report in a file, every value of the type that the format says."""
    from pydantic import TypeAdapter, ValidationError

    from mlgov.report import VERSION, from_data

    try:
        data = json.loads(raw)
        if data["version"] != VERSION:
            raise UsageError(f"the report is of version {data['version']!r}; this mlgov reads {VERSION}")
        data.pop("background", None)
        read = {key: value for key, value in data.items() if key not in ("version", "summary")}
        report = from_data(read)
        TypeAdapter(Report).validate_python(report, strict=True)
        return _complete(report)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"this is no report of mlgov: {where}: {first['msg']}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"this is no report of mlgov (mlgov check -o json=REPORT writes one): {error}") from error


def _complete(report: Report) -> Report:
    """The report, if it holds what types do not say; `ValueError` where it lacks a place or the policy."""
    if not all(f.places for f in (*report.findings, *(w.finding for w in report.waived), *report.ratcheted)):
        raise ValueError("a finding has no place")
    if report.policy.get("fail_on") not in ("error", "warning", "info", "never") or "profile" not in report.policy:
        raise ValueError("the policy lacks profile or fail_on")
    return report


def _source(root: str | None) -> Callable[[str], bytes]:
    if root is None:
        return _nothing
    from mlgov.snapshot import open_snapshot

    return open_snapshot(root, "worktree").read


def _nothing(path: str) -> bytes:
    raise FileNotFoundError(path)
