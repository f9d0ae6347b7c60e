"""One module per output: each turns a report into text, and decides nothing."""

import importlib
from collections.abc import Callable
from typing import NamedTuple

from mlgov.report import Report

# each is a module of this package, imported when it is asked for
FORMATS = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "rdjson",
    "markdown",
    "html",
    "statistics",
)

# path -> bytes of a file of the snapshot, for code frames; may raise
Source = Callable[[str], bytes]


class View(NamedTuple):
    """How a report is to be shown; no output heeds all of it.

    columns: of the screen, 0 = not known. abstentions, ratcheted: whether an output for people lists them; otherwise
    it counts them. suppressed: whether SARIF holds accepted findings. category: what tells two SARIF reports of one
    commit apart. blob: the address below which a forge shows the files of the judged commit; "" = none.
    """

    color: bool = False
    columns: int = 0
    abstentions: bool = False
    ratcheted: bool = False
    suppressed: bool = False
    category: str = ""
    blob: str = ""


PLAIN = View()


def render(name: str, report: Report, source: Source, view: View = PLAIN) -> str:
    """The report in one output format; the text ends with a newline."""
    module = importlib.import_module(f"mlgov.renderers.{name}")
    text: str = module.render(report, source, view)
    return text
