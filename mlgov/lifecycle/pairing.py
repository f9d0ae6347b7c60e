"""Which record of one tree is which record of another: by identity, else by what it says."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from mlgov.lifecycle.record import Record

R = TypeVar("R", bound=Record)


class Pair(NamedTuple, Generic[R]):
    """One record before and after; None where it was added or removed."""

    before: R | None
    after: R | None


def paired(before: list[Record], after: list[Record], names: Mapping[str, str]) -> Iterator[Pair[Record]]:
    """All records of one type, paired. names: what things of the first side are called on the second."""
    moved = list(_moved(before, after))
    yield from moved
    known = {id(r) for pair in moved for r in pair}
    old, new = (_by_identity([r for r in side if id(r) not in known]) for side in (before, after))
    gone = [r for k, r in old.items() if k not in new]
    fresh = [r for k, r in new.items() if k not in old]
    yield from (Pair(old[k], r) for k, r in new.items() if k in old)
    for record in gone:
        twin = next((f for f in fresh if same_definition(record, f, names)), None)
        if twin is not None:
            fresh.remove(twin)
        yield Pair(record, twin)
    yield from (Pair(None, record) for record in fresh)


def _moved(before: list[Record], after: list[Record]) -> Iterator[Pair[Record]]:
    """Items known by nothing but their position, which another order of the list would pair with strangers."""
    left = [r for r in after if _is_numbered(r)]
    for record in before if left else ():
        if _is_numbered(record) and (twin := next((r for r in left if same_definition(record, r)), None)):
            left.remove(twin)
            yield Pair(record, twin)


def _is_numbered(record: Record) -> bool:
    return bool(record.path) and isinstance(record.path[-1], int) and record.subject.endswith(f"[{record.path[-1]}]")


def _by_identity(records: list[Record]) -> dict[tuple[str, str, int], Record]:
    """Canonical path, how it was stated, and a number for the n-th of one kind."""
    found: dict[tuple[str, str, int], Record] = {}
    for record in records:
        n = 0
        while (record.subject, record.how, n) in found:
            n += 1
        found[record.subject, record.how, n] = record
    return found


def same_definition(a: Record, b: Record, names: Mapping[str, str] = MappingProxyType({})) -> bool:
    """True if two records say the same, whatever they are called; an empty record says nothing.

    names: what things of `a` are called in `b`.
    """
    first = _translated(_content(a), names)
    return bool(first) and first == _content(b)


def statements(records: Iterable[Record]) -> frozenset[str]:
    """What records say, each as one text, whatever they are called and wherever they stand."""
    return frozenset(f"{type(r).__name__} {said!r}" for r in records if (said := _content(r)))


def _translated(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _translated(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_translated(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _content(record: Record) -> dict[str, object]:
    return record.model_dump(exclude={"id", "name"}, exclude_none=True, exclude_defaults=True)
