"""A model card in Markdown with the nine sections of Mitchell et al. (2019); what is unknown stays unknown."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mlgov.exports.headline import headline, name
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.result import MetricResult

UNKNOWN = "not stated"
_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


def export(project: Project) -> str:
    """The page; every section is there, also where nothing is known."""
    parts = [f"# Model card: {_text(project.identity.name or project.id or 'model')}"]
    for title, lines in _sections(project):
        parts += [f"## {title}", "\n".join(lines) or UNKNOWN]
    return "\n\n".join(parts) + "\n"


def _sections(project: Project) -> Iterator[tuple[str, list[str]]]:
    identity = project.identity
    yield "Model details", list(_details(project))
    yield "Intended use", _paragraph(identity.intended_use)
    yield "Out-of-scope use", _bullets(identity.out_of_scope_use)
    yield "Factors", _bullets(identity.card.factors if identity.card else ())
    yield "Metrics", _bullets(_metric(metric) for metric in project.metrics if metric.id)
    yield "Evaluation data", _data(project, ("test", "validation", "golden"))
    yield "Training data", _data(project, ("train",))
    yield "Quantitative analyses", list(_table(project))
    yield "Ethical considerations", _bullets(_risk(risk) for risk in project.risks if risk.description)
    yield "Caveats and recommendations", _bullets(row.statement for row in project.evaluation.limitations)


def _details(project: Project) -> Iterator[str]:
    licence, ownership, architecture = project.identity.license, project.team.ownership, project.training.architecture
    rows = (
        ("Version", project.identity.version),
        ("Description", project.identity.description),
        ("License", licence.weights if licence else None),
        ("Owner", ownership.model if ownership else None),
        ("Architecture", architecture.name if architecture else None),
    )
    yield from (f"- {label}: {_text(value) if value else UNKNOWN}" for label, value in rows)


def _paragraph(text: str | None) -> list[str]:
    return [_text(text)] if text else []


def _bullets(texts: Iterable[Any]) -> list[str]:
    return [f"- {_text(text)}" for text in texts if text]


def _metric(metric: Any) -> str:
    parts = [str(metric.id), *(f"({word})" for word in (metric.role, metric.direction) if word)]
    return " ".join(parts) + (f" – {metric.definition}" if metric.definition else "")


def _risk(risk: Any) -> str:
    return f"{risk.description}" + (f" – {risk.mitigation}" if risk.mitigation else "")


def _data(project: Project, roles: tuple[str, ...]) -> list[str]:
    found = [dataset for dataset in project.data.datasets if dataset.role in roles and dataset.id]
    return [f"- {_text(d.id)}" + (f" – {d.literal('rows')} rows" if d.rows is not None else "") for d in found]


def _table(project: Project) -> Iterator[str]:
    results = headline(project)
    if results:
        yield "| Metric | Value | Dataset | Split | Slice | n | Notes |"
        yield "|---|---|---|---|---|---|---|"
        for result in results:
            yield "| " + " | ".join(_row(project, result)) + " |"


def _row(project: Project, result: MetricResult) -> Iterator[str]:
    yield _text(name(project, result))
    yield _text(result.literal("value"))
    for field in ("dataset", "split", "slice", "n"):
        yield _text(result.literal(field)) if getattr(result, field) is not None else ""
    notes = []
    if result.ci and result.ci.low is not None and result.ci.high is not None:
        notes.append(f"interval from {result.ci.literal('low')} to {result.ci.literal('high')}")
    notes += [f"variant {result.variant}"] if result.variant else []
    notes += [f"threshold {result.literal('threshold')}"] if result.threshold is not None else []
    yield _text("; ".join(notes))


def _text(value: Any) -> str:
    """One line in which nothing of a stranger's is markup."""
    return _MARKS.sub(r"\\\1", " ".join(str(value).split())).replace("\\_", "_")
