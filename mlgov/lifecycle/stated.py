"""Where a project states something: a path of the model (`a.b[].c`), with wanted values (`= x, y`) if need be.

`file:PATTERN` is a file below the project, or below the root where the pattern begins with `/`. `alert:KINDS` is an
alert on a signal of one of these kinds. `A & B` asks for both.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.lifecycle.book import Path
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.watching import named_metrics
from mlgov.snapshot import matches
from mlgov.units import literal


def stated(evidence: str, project: Project) -> list[Origin]:
    """The places of the first statement of each part; empty where a part is stated nowhere."""
    found = [next(_places(part.strip(), project), None) for part in evidence.split("&")]
    return [origin for origin in found if origin] if all(found) else []


def sections_of(evidence: str) -> set[str]:
    """The sections of the model that a piece of evidence looks at; alerts are of monitoring."""
    parts = (part.strip() for part in evidence.split("&"))
    return {
        "monitoring" if p.startswith("alert:") else p.partition(".")[0].rstrip("[]") for p in parts if p[:5] != "file:"
    }


def _places(part: str, project: Project) -> Iterator[Origin]:
    if part.startswith("file:"):
        yield from _files(part.removeprefix("file:"), project)
    elif part.startswith("alert:"):
        yield from _alerts(_words(part.removeprefix("alert:")), project)
    else:
        path, _, values = part.partition(" = ")
        steps = [step for name in path.split(".") for step in ([name[:-2], "[]"] if name[-2:] == "[]" else [name])]
        yield from (project.at(*at) for at in _walk(project.book.tree, steps, (), _words(values)))


def _files(pattern: str, project: Project) -> Iterator[Origin]:
    folder = "" if pattern.startswith("/") or not project.folder else f"{project.folder}/"
    below = (f for f in sorted(project.tree.files()) if f.startswith(folder))
    return (Origin(f) for f in below if matches(f[len(folder) :], pattern.lstrip("/")))


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",") if word.strip()}


def _walk(value: Any, steps: list[str], at: Path, wanted: set[str]) -> Iterator[Path]:
    """The paths at which something is filled in."""
    if not steps:
        if _is_filled(value) and (not wanted or _text(value) in wanted):
            yield at
    elif steps[0] == "[]":
        items = enumerate(value) if isinstance(value, list) else ()
        for number, item in items:
            yield from _walk(item, steps[1:], (*at, number), wanted)
    elif isinstance(value, dict) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:], (*at, steps[0]), wanted)


def _is_filled(value: Any) -> bool:
    if value is None or isinstance(value, (list, dict)):
        return bool(value)
    return not (isinstance(value, str) and (not value.strip() or is_placeholder(value)))


def _text(value: Any) -> str:
    return "" if isinstance(value, (list, dict)) else literal(value)


def _alerts(kinds: set[str], project: Project) -> Iterator[Origin]:
    """Alerts on a signal of one of the kinds, by name or by its metric."""
    signals = [s for s in project.monitoring.signals if s.kind in kinds]
    ids, metrics = {s.id for s in signals if s.id}, {project.metric_id(s.metric) for s in signals if s.metric}
    for alert in project.monitoring.alerts:
        fires = alert.expr or alert.threshold is not None
        if fires and (alert.signal in ids or named_metrics(alert, project) & metrics):
            yield alert.at()
