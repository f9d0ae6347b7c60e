"""What a change does to a project, in words: one difference per value, substantive or only written otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.moves import moves
from mlgov.lifecycle.pairing import Pair
from mlgov.lifecycle.record import Bound, Record, inner_fields
from mlgov.units import literal

TOPICS = (
    "project", "intended use", "data", "model", "metrics", "thresholds", "results", "limits", "rollout", "monitors",
    "owners", "process",
)  # fmt: skip
_BY_SECTION = {
    "project": "project", "problem": "intended use", "framing": "intended use", "product": "intended use",
    "data": "data", "training": "model", "metrics": "metrics", "baselines": "results", "evaluation": "results",
    "experiments": "rollout", "serving": "rollout", "rollout": "rollout", "monitoring": "monitors",
    "feedback": "monitors", "team": "owners", "risks": "limits",
}  # fmt: skip
_BY_PART = {
    ("evaluation", "limitations"): "limits", ("evaluation", "fairness"): "limits", ("serving", "guardrails"): "limits",
    ("evaluation", "abuse_cases"): "limits",
}  # fmt: skip
_USE = ("intended_use", "out_of_scope_use", "domain", "risk_tier", "regulatory")
_OWNERS = ("owner", "on_call", "contact", "backup")


class Difference(NamedTuple):
    """One difference. what: `added`, `removed`, `changed`, `loosened`, `tightened`, `renamed`, `rewritten`, `moved`.

    before, after: as printed, "" where nothing stood. at: where it stands now, or stood.
    """

    topic: str
    subject: str
    what: str
    before: str
    after: str
    substantive: bool
    at: Origin

    @property
    def words(self) -> str:
        """`metrics[recall].acceptable.min loosened: 0.90 to 0.84`."""
        values = " to ".join(filter(None, (self.before, self.after)))
        return f"{self.subject} {self.what}: {values}" if values else f"{self.subject} {self.what}"


def differences(change: Change) -> list[Difference]:
    """Everything that differs, by topic, then in the order of the model."""
    found = [*_limits(change), *_records(change), *_moved(change)]
    return sorted(dict.fromkeys(found), key=lambda d: TOPICS.index(d.topic))


def _limits(change: Change) -> Iterator[Difference]:
    for move in moves(change):
        what = "changed" if move.looser is None else "loosened" if move.looser else "tightened"
        yield Difference("thresholds", move.subject, what, move.before or "none", move.after or "none", True, move.at)


def _records(change: Change) -> Iterator[Difference]:
    told = {m.at for m in moves(change)}
    kinds = dict.fromkeys(type(r) for r in (*change.base.every, *change.head.every))
    pairs = [pair for kind in kinds for pair in change.pairs(kind)]
    whole = {_side(pair).path for pair in pairs if None in pair and len(_side(pair).path) > 1}
    for pair in pairs:
        if pair.before is not None and pair.after is not None:
            yield from (d for d in _fields(pair.before, pair.after, change.renamed) if d.at not in told)
        elif len(_side(pair).path) == 1:
            yield from _section(_side(pair), "removed" if pair.after is None else "added")
        elif not any(_side(pair).path[:end] in whole for end in range(2, len(_side(pair).path))):
            record, what = _side(pair), "removed" if pair.after is None else "added"
            if _says(record) and record.at() not in told:
                yield Difference(_topic(record, ""), record.subject, what, "", "", True, record.at())


def _side(pair: Pair[Record]) -> Record:
    record = pair.before if pair.after is None else pair.after
    assert record is not None
    return record


def _says(record: Record) -> bool:
    return bool(record.model_dump(exclude_none=True, exclude_defaults=True))


def _own_fields(record: Record) -> Iterator[str]:
    """The fields that hold values, not records."""
    inner = {name for name, _ in inner_fields(type(record))}
    return (name for name in type(record).model_fields if name not in inner)


def _section(record: Record, what: str) -> Iterator[Difference]:
    """A section that came or went is told value by value, and record by record elsewhere."""
    for name in _own_fields(record):
        if text := _text(getattr(record, name)):
            values = (text, "") if what == "removed" else ("", text)
            subject, at = f"{record.subject}.{record.key(name)}", record.at(record.key(name))
            yield Difference(_topic(record, name), subject, what, *values, True, at)


def _fields(old: Record, new: Record, names: Mapping[str, str]) -> Iterator[Difference]:
    """The values of two records, without those of the records inside them."""
    for name in _own_fields(new):
        before, after, key = getattr(old, name), getattr(new, name), new.key(name)
        if isinstance(before, dict) and isinstance(after, dict):
            for part in dict.fromkeys([*before, *after]):
                yield from _value(old, new, (key, part), before.get(part), after.get(part), names)
        else:
            yield from _value(old, new, (key,), before, after, names)


def _value(
    old: Record, new: Record, steps: tuple[str, ...], before: Any, after: Any, names: Mapping[str, str]
) -> Iterator[Difference]:
    first, second = _text(before), _text(after)
    if first == second:
        return
    renamed = steps in (("id",), ("name",)) and bool(first and second) or names.get(first) == second
    # bounds of metrics are told as limits, each in its own unit; what is not told there is written otherwise only
    same = _plain(before) == _plain(after) or type(new) is Bound and new.path[0] == "metrics"
    what = "renamed" if renamed else "rewritten" if same else _what(first, second)
    subject = ".".join((new.subject, *steps)).lstrip(".")
    at = new.at(*steps) if second else old.at(*steps)
    yield Difference(_topic(new, steps[0]), subject, what, first, second, not (same or renamed), at)


def _what(before: str, after: str) -> str:
    return "changed" if before and after else "added" if after else "removed"


def _plain(value: Any) -> Any:
    """A value without its spelling: numbers in base units, texts with single blanks, lists without order."""
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, list):
        return sorted(map(str, map(_plain, value)))
    return " ".join(str(value).split()) if value is not None else None


def _text(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    return ", ".join(map(_text, value)) if isinstance(value, list) else literal(value)


def _topic(record: Record, field: str) -> str:
    section = str(record.path[0]) if record.path else "project"
    if field in _OWNERS:
        return "owners"
    if section == "project" and field in _USE:
        return "intended use"
    return _BY_PART.get(
        (section, str(record.path[1]) if len(record.path) > 1 else ""), _BY_SECTION.get(section, "process")
    )


def _moved(change: Change) -> Iterator[Difference]:
    """Sections that another file states now: no difference of what is said."""
    for section in (s for s in _BY_SECTION if change.base.has_section(s) and change.head.has_section(s)):
        old, new = change.base.at(section), change.head.at(section)
        if old.file != new.file:
            yield Difference(_BY_SECTION[section], section, "moved", old.file, new.file, False, new)
