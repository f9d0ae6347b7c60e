"""Where a project speaks about each of its named things: a metric, a data set, an alert … in every file that does."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.book import Path
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.record import Record, record_types, refs_of
from mlgov.lifecycle.reference import references_to
from mlgov.lifecycle.trace import trace

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project

DEFINITION, REFERENCE, RESULT = "definition", "reference", "result"


class Thing(NamedTuple):
    """What has a name of its own: an item of the list `section` (`metrics`, `data.datasets`), by its id."""

    section: str
    id: str


class Mention(NamedTuple):
    """One place that speaks about a thing.

    kind: `definition`, `reference`, or for metrics one of the kinds of `trace` (`result`, `monitor` …); words: what it says.
    """

    thing: Thing
    kind: str
    words: str
    origin: Origin


def mentions(project: "Project") -> tuple[Mention, ...]:
    """Every mention of every thing, definitions first; a place that speaks in two ways counts as the first of them."""
    every = [*_definitions(project), *_traced(project), *_references(project)]
    found: dict[tuple[Thing, Origin], Mention] = {}
    for mention in every:
        found.setdefault((mention.thing, mention.origin), mention)
    return tuple(found.values())


@cache
def sections() -> tuple[str, ...]:
    """The lists whose items are referred to by id, in order of name."""
    seen: set[type[Record]] = set()
    waiting: list[type[Record]] = [Manifest]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            waiting += [kind for field in model.model_fields.values() for kind in record_types(field.annotation)]
    return tuple(sorted({ref.section for model in seen for _, ref in refs_of(model)}))


def thing_at(project: "Project", path: Path) -> Thing | None:
    """What a path of the model is about: the thing that stands there by name, else whose record it belongs to.

    A measured number is about its metric.
    """
    for end in range(len(path), 0, -1):
        record = _records(project).get(path[:end])
        if record is None:
            continue
        if (field := _field(record, path[end:])) and (thing := _named(project, field, path)):
            return thing
        if own := _own(record):
            return own
        refs = ((section, getattr(record, name)) for name, section in _refs(record))
        about = next(((s, v) for s, v in refs if s == "metrics" and isinstance(v, str)), None)
        if about:
            return Thing(about[0], resolved(project, *about))
    return None


def resolved(project: "Project", section: str, name: str) -> str:
    """The id that a name means, which may be an alias; the name itself where nothing defines it."""
    if section == "metrics":
        metric = project.metric(name)
        return str(metric.id) if metric and metric.id else name
    if section == "data.datasets":
        dataset = project.dataset(name)
        return str(dataset.id) if dataset and dataset.id else name
    return name


def ids(project: "Project", section: str) -> list[tuple[str, str, Record]]:
    """The items of a section that have a name: the key that says it, the name, the item."""
    return [(*named, record) for record in _items(project, section) if (named := _name(record))]


def _definitions(project: "Project") -> Iterator[Mention]:
    for section in sections():
        for key, name, record in ids(project, section):
            thing = Thing(section, name)
            yield Mention(thing, DEFINITION, name, record.at(key))
            yield from _elsewhere(project, thing, record)


def _elsewhere(project: "Project", thing: Thing, record: Record) -> Iterator[Mention]:
    """What other files say about the same item: the first place of each file."""
    told = {record.at().file}
    for path, claims in project.book.claims.items():
        if path[: len(record.path)] == record.path:
            for claim in claims:
                if claim.origin.file not in told:
                    told.add(claim.origin.file)
                    yield Mention(
                        thing, REFERENCE, f"{'.'.join(map(str, path[len(record.path) :]))} {claim.text}", claim.origin
                    )


def _references(project: "Project") -> Iterator[Mention]:
    for section in sections():
        for reference in references_to(section, project):
            thing = Thing(section, resolved(project, section, reference.wanted))
            number = reference.record.literal("value") if reference.field == "metric" else ""
            words = (RESULT, number) if number else (REFERENCE, reference.path)
            yield Mention(thing, *words, reference.origin)


def _traced(project: "Project") -> Iterator[Mention]:
    """What hangs on a metric without naming it by its id: alerts by their series, requirements by their goals."""
    known = {str(metric.id) for metric in project.metrics if metric.id}
    for thread in trace(project).threads:
        for kind, nodes in thread.cells.items() if thread.name in known else ():
            if kind not in ("metric", "owner"):
                yield from (Mention(Thing("metrics", thread.name), kind, n.label, n.origin) for n in nodes)


def _items(project: "Project", section: str) -> Iterable[Record]:
    value: Any = project
    for step in section.split("."):
        value = getattr(value, step, None)
    return value if isinstance(value, list) else ()


def _name(record: Record) -> tuple[str, str] | None:
    """Under which key a record says its name, and the name."""
    for key in ("id", "name"):
        if isinstance(said := getattr(record, key, None), str) and said:
            return key, said
    return None


def _records(project: "Project") -> dict[Path, Record]:
    return {record.path: record for record in project.every}


def _field(record: Record, rest: Path) -> tuple[Record, str, Path] | None:
    return (record, str(rest[0]), rest[1:]) if rest else None


def _named(project: "Project", field: tuple[Record, str, Path], path: Path) -> Thing | None:
    """The thing that a text of a record names, where its field refers to ids."""
    record, key, rest = field
    for name, section in _refs(record):
        if record.key(name) == key:
            said = getattr(record, name)
            word = rest[0] if isinstance(said, dict) and rest else project.book.raw(path)
            return Thing(section, resolved(project, section, str(word))) if isinstance(word, str) and word else None
    return None


def _own(record: Record) -> Thing | None:
    section = ".".join(str(step) for step in record.path[:-1])
    named = _name(record)
    return Thing(section, named[1]) if named and section in sections() and isinstance(record.path[-1], int) else None


def _refs(record: Record) -> list[tuple[str, str]]:
    return [(name, ref.section) for name, ref in refs_of(type(record))]
