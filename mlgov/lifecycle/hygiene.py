"""What is wrong with a manifest as a text: ids defined twice, references to nothing, placeholders, impossible dates."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from mlgov.lifecycle.book import Path
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record, refs_of
from mlgov.lifecycle.suggestion import meant

# pairs of fields of one record of which the first must not lie after the second
_ORDERED = (("start", "end"), ("from_", "to"), ("start", "stopped_on"))
# dates that tell what has happened, by record; plans may lie ahead
_PAST = {
    "MetricResult": "date",
    "EthicsReview": "date",
    "Decision": "date",
    "DeclaredChange": "date",
    "MonitoringReport": "date",
    "Candidate": "trained_on",
    "Approval": "on",
    "Review": "last_reviewed",
    "ExperimentResults": "stopped_on",
}


def own_defects(
    project: Project, placeholders: Iterable[tuple[Path, str]], tags: Iterable[tuple[Path, str]]
) -> Iterator[Defect]:
    """All defects of the manifest's own text, in the order of the model."""
    yield from _duplicates(project)
    for path, text in placeholders:
        subject = project.book.subject(path)
        yield Defect("INT007", f"{subject} holds the placeholder {text!r}", (project.at(*path),), subject)
    for path, tag in tags:
        subject = project.book.subject(path)
        yield Defect(
            "INT004", f"{subject}: the tag {tag} is not resolved; write the value itself", (project.at(*path),), subject
        )
    for record in project.every:
        yield from _references(record, project)
        if fields := _date_fields(type(record)):
            yield from _dates(record, fields, project)


def _duplicates(project: Project) -> Iterator[Defect]:
    """Two items of one list with one id; native files may repeat what the manifest says."""
    seen: dict[tuple[Path, str], Record] = {}
    for record in project.every:
        identity, path = record.__dict__.get("id"), record.path
        if not identity or not path or not isinstance(path[-1], int):
            continue
        first = seen.setdefault((path[:-1], str(identity)), record)
        if first is not record and project.book.is_own(path) and project.book.is_own(first.path):
            where = project.book.subject(path[:-1])
            places = (record.at("id"), first.at("id"))
            yield Defect("INT005", f"id {identity!r} is defined twice in {where}", places, where)


def _references(record: Record, project: Project) -> Iterator[Defect]:
    refs = refs_of(type(record))
    if not refs or not project.book.is_own(record.path):
        return
    for field, ref in refs:
        if ref.section == "metrics" or getattr(record, field) in (None, [], {}):
            continue  # FRM201 and DEP202 speak about metrics
        section, known = ref.section, [*project.ids(ref.section), *ref.words]
        stated = getattr(record, field)
        for i, wanted in enumerate(stated if isinstance(stated, list) else [stated]):
            if wanted and wanted not in known:
                part = (record.key(field), i) if isinstance(stated, list) else (record.key(field),)
                yield _unresolved(record, part, wanted, section, known)


def _unresolved(record: Record, part: Path, wanted: str, section: str, known: list[str]) -> Defect:
    near = next(iter(difflib.get_close_matches(wanted, known, n=1)), "")
    hint = f"; did you mean {near!r}?" if near else ""
    subject = f"{record.subject}.{part[0]}"
    words = f"{subject} refers to {wanted!r}, which {section} does not define{hint}"
    place = record.at(*part)
    fix = meant(wanted, known, place)
    return Defect("INT006", words, (place,), subject, fix)


@cache
def _date_fields(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The ordered pairs of dates of a record, and (field, "") for a date that lies in the past."""
    pairs = tuple(pair for pair in _ORDERED if set(pair) <= set(kind.model_fields))
    return (*pairs, (_PAST[kind.__name__], "")) if kind.__name__ in _PAST else pairs


def _dates(record: Record, fields: tuple[tuple[str, str], ...], project: Project) -> Iterator[Defect]:
    for early, late in ((e, x) for e, x in fields if x):
        first, last = getattr(record, early, None), getattr(record, late, None)
        if isinstance(first, str) and isinstance(last, str) and first[:10] > last[:10]:
            places = (record.at(record.key(late)), record.at(record.key(early)))
            words = f"{record.subject}: {record.key(late)} {last} lies before {record.key(early)} {first}"
            yield Defect("INT008", words, places, record.subject)
    field = _PAST.get(type(record).__name__, "")
    value = getattr(record, field, None) if field else None
    if isinstance(value, str) and _is_future(value, project.today):
        words = f"{record.subject}.{field}: {value} lies in the future (today is {project.today})"
        yield Defect("INT008", words, (record.at(field),), record.subject)


def _is_future(value: str, today: str) -> bool:
    """True if the day is later than tomorrow: one day of slack for time zones."""
    try:
        return bool(today) and date.fromisoformat(value[:10]) > date.fromisoformat(today) + timedelta(days=1)
    except ValueError:
        return False
