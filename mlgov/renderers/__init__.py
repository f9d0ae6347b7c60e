"""One module per output: each turns a report into text, and decides nothing."""

import importlib
from collections.abc import Callable

from mlgov.report import Report

FORMATS = ("text", "concise", "json", "github", "statistics")

# path -> bytes of a file of the snapshot, for code frames; may raise
Source = Callable[[str], bytes]


def render(
    name: str,
    report: Report,
    source: Source,
    *,
    color: bool = False,
    abstentions: bool = False,
    ratcheted: bool = False,
) -> str:
    """The report in one output format; the text ends with a newline.

    abstentions, ratcheted: whether an output for people lists them; otherwise it counts them.
    """
    module = importlib.import_module(f"mlgov.renderers.{name}")
    text: str = module.render(report, source, color=color, abstentions=abstentions, ratcheted=ratcheted)
    return text
