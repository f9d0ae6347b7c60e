"""Results, baselines and targets that stand in single lines of a model card."""

import re
from collections.abc import Iterator

from mlgov.formats._card import Card, Line, said_in
from mlgov.formats._card_names import meaning
from mlgov.formats._card_tables import Found, measured
from mlgov.formats._metric_words import BASELINE, bounded, side_of
from mlgov.formats._numbers import Limit, amount, limit
from mlgov.formats._results import Context, Said, acceptance
from mlgov.lifecycle.metric_name import words

_CRITERION = re.compile(
    r"^(?P<metric>[^<>≤≥=:]{1,60}?)\s*(?:must|should|has to|needs to|shall)?\s*(?:be|reach|stay|is|of)?\s*"
    r"(?P<bound>(?:>=|≥|=>|>|<=|≤|=<|<|at least|at most|no less than|no more than|above|below|over|under)\s*.{1,60})$",
    re.IGNORECASE,
)
# what may follow a value: `0.95 (95 %)`, `0.95 on the test set`, `0.95 at 0.5`, an arrow or a tick
_AFTER = re.compile(r"$|[(\[↑↓✅✔✓❌,;–—.-]|(?:on|at|for|over|with|after|in|and|±|\W)(?:\W|$)", re.IGNORECASE)


def numbers(card: Card, said: list[Line], above: Context) -> Iterator[Found]:
    """Results, baselines and targets that stand in single lines."""
    for line in said:
        if card.is_read(line.line):
            yield from _number(card, line, above)
    for item in card.page.items:
        if card.topics(item.line) & {"targets"} and card.is_read(item.line):
            yield from _criterion(
                card, item.text, Line("", item.text, item.line, item.column, item.column + len(item.text))
            )


def _number(card: Card, line: Line, above: Context) -> Iterator[Found]:
    if meaning(line.name) == "target":
        yield from _criterion(card, line.value, line)
        return
    if meaning(line.name) == "baseline":
        if named := re.match(r"(?P<metric>[^\d=]{2,40}?)\s*(?:=|of|:)?\s*(?P<value>[$~]?[\d.].*)$", line.value):
            yield from _result(card, named["metric"], named["value"], line, above, "baseline")
        return
    bound = bounded(line.name)
    if bound is not None and (found := limit(line.value)) is not None:
        said = Said(found.text, card.at(line.line, line.column, line.end))
        yield Found(acceptance(bound[1], found.side or bound[0], said, "declared"))
        return
    name = line.name
    is_baseline = bool(set(words(name)) & BASELINE) or "baseline" in card.topics(line.line)
    if is_baseline and card.metric(name) is None:
        name = " ".join(w for w in words(name) if w not in BASELINE)
    yield from _result(card, name, line.value, line, above, "baseline" if is_baseline else "")


def _result(card: Card, name: str, text: str, line: Line, above: Context, baseline: str) -> Iterator[Found]:
    if card.metric(name) is None:
        return
    bound = limit(text)
    if bound is not None and (bound.side or "targets" in card.topics(line.line)):
        said = Said(bound.text, card.at(line.line, line.column, line.end))
        yield Found(acceptance(name, bound.side or side_of(name), said, "declared"))
        return
    number = amount(text)
    if number is None or not _AFTER.match(number.rest):
        return
    around = {**above, **card.around(line.line), **_said_after(card, number.rest, line)}
    yield Found(measured(name, Said(number.text, card.at(line.line, line.column, line.end)), around), baseline)


def _said_after(card: Card, rest: str, line: Line) -> dict[str, Said]:
    """`0.95 on the test set (n = 500)`."""
    place = card.at(line.line, line.column, line.end)
    return {field: Said(value, place) for field, value in said_in(rest, False)}


def criterion(card: Card, text: str) -> tuple[str, Limit] | None:
    """Metric and bound of `recall >= 0.6` and `recall must be at least 75 %`; None for any other text."""
    found = _CRITERION.match(text.strip())
    if not found or card.metric(metric := found["metric"].strip()) is None:
        return None
    bound = limit(found["bound"])
    return (metric, bound) if bound is not None and bound.side else None


def _criterion(card: Card, text: str, line: Line) -> Iterator[Found]:
    if (found := criterion(card, text)) is not None:
        said = Said(found[1].text, card.at(line.line, line.column, line.end))
        yield Found(acceptance(found[0], found[1].side, said, "declared"))
