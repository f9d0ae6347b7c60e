"""What labels and annotations say about an alert: how bad it is, who acts, what to do, what it says."""

import re
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._draft import Draft
from mlgov.formats._quantities import is_templated, text_of
from mlgov.formats._watched import Watched

_SEVERITIES = {
    "critical": "critical", "crit": "critical", "page": "critical", "pager": "critical", "emergency": "critical",
    "warning": "warning", "warn": "warning", "ticket": "warning",
    "info": "info", "information": "info", "informational": "info", "notice": "info",
}  # fmt: skip
_OWNERS = ("team", "owner", "owned_by")
_RUNBOOKS = ("runbook_url", "runbook", "runbookURL", "runbookUrl", "playbook_url", "playbook")
_TEXTS = ("summary", "title", "description", "message")
_PATH = re.compile(r"[\w./#@+-]{1,300}").fullmatch


def label(draft: Draft, labels: Any, where: Origin) -> None:
    """Severity, owner and the labels themselves; those of a template are unknown."""
    if not labels and "labels" not in draft.values:  # most groups have none
        return
    known = {str(k): text for k, v in _rows(labels) if (text := text_of(v)) is not None}
    draft.put("severity", severity(known.get("severity")), where.at("severity"))
    owner = next((name for name in _OWNERS if name in known), None)
    if owner:
        draft.put("owner", known[owner], where.at(owner))
    draft.put("labels", {**draft.values.get("labels", {}), **known} or None, where)


def severity(word: str | None) -> str | None:
    """The severity that a word means; None for words that teams use in their own way, such as `high`."""
    return _SEVERITIES.get((word or "").strip().lower())


def annotate(draft: Draft, annotations: Any, where: Origin) -> None:
    """The runbook, and the texts that people read; a text keeps its placeholders."""
    notes = {str(k): v.strip() for k, v in _rows(annotations) if isinstance(v, str) and v.strip()}
    for name in _RUNBOOKS:
        if name in notes and _is_place(notes[name]):
            draft.put("runbook", notes[name], where.at(name))
            break
    texts = [name for name in _TEXTS if name in notes]
    if texts:
        place = where.at(texts[0]) if len(texts) == 1 else where
        draft.put("summary", "\n".join(notes[name] for name in texts)[:4000], place)


def _is_place(text: str) -> bool:
    """True for an address, and for a path; an address may hold a label of the alert."""
    return (
        text.startswith(("http://", "https://"))
        or bool(_PATH(text))
        and ("/" in text or "." in text)
        and not is_templated(text)
    )


def watch(draft: Draft, found: Watched, where: Origin) -> None:
    """What the expression of the alert says; all of it stands in the expression."""
    draft.put("series", list(found.series) or None, where)
    for field in ("op", "threshold", "unit", "percentile", "window", "metric"):
        draft.put(field, getattr(found, field), where)


def _rows(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, dict) else []
