"""The trace as a table for a terminal: one line for each metric, missing links below."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from mlgov.background import KINDS
from mlgov.finding import Origin, Place
from mlgov.renderers.escaping import terminal
from mlgov.renderers.wording import many

if TYPE_CHECKING:
    from mlgov.lifecycle.gaps import Gap
    from mlgov.lifecycle.trace import Thread, Trace

HEADS = {"result": "offline result", "guard": "experiment, rollout", "monitor": "monitor, alert"}
_WIDE = 30


def text(trace: "Trace", is_due: "Callable[[Gap], bool]", place: Callable[[Origin], Place]) -> str:
    """The table of one project. is_due: whether a gap counts at the stage of the project."""
    rows = [[HEADS.get(kind, kind) for kind in KINDS], *([_cell(t, kind) for kind in KINDS] for t in trace.threads)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(KINDS))]
    lines = [f"{terminal(trace.project or 'this project')}: stage {trace.stage}"]
    lines += ["  " + "  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    if not trace.threads:
        lines[1:] = ["  no metric, requirement or rollback is stated, so there is nothing to trace"]
    return "\n".join([*lines, "", *_gaps(trace, is_due, place)])


def _cell(thread: "Thread", kind: str) -> str:
    """What a thread has of one kind; MISSING where a link is asked for, - where nothing is."""
    if any(gap.missing == kind for gap in thread.gaps) and not thread.cells[kind]:
        return "MISSING"
    labels = [terminal(node.label) for node in thread.cells[kind]]
    shown = ", ".join(labels)
    if len(shown) > _WIDE and len(labels) > 1:
        shown = f"{labels[0]} +{len(labels) - 1}"
    return shown if len(shown) <= _WIDE else shown[: _WIDE - 1] + "…"


def _gaps(trace: "Trace", is_due: "Callable[[Gap], bool]", place: Callable[[Origin], Place]) -> Iterator[str]:
    due = [gap for gap in trace.gaps if is_due(gap)]
    later = [gap for gap in trace.gaps if not is_due(gap)]
    yield f"{many(len(due), 'broken link')}" + (f", {len(later)} more at a later stage" if later else "")
    for gap in due:
        yield terminal(f"  {gap.code}  {place(gap.origin)}: {gap.words}")
    for gap in later:
        yield terminal(f"  from {gap.stage} on  {place(gap.origin)}: {gap.words}")
