"""The second pass over a YAML file: where keys and values stand, and where keys stand twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlgov.documents.characters import directive_flaw
from mlgov.documents.reading import DUPLICATE, LIMITS, Broken, Flaw, Limits
from mlgov.documents.trail import Span, Step
from mlgov.documents.yaml_documents import SMALL, each_document
from mlgov.documents.yaml_events import Get, kinds
from mlgov.documents.yaml_keys import key_text

Node = tuple[Any, str | None, Any]  # (key event, key text, first event of the value); (None, None, event) at an end


def fill_yaml(raw: bytes, wanted: Mapping[int, Step]) -> None:
    """Fill the wanted steps of each document; `raw` has no byte order mark."""

    if directive_flaw(raw):
        return

    def one(get: Get, index: int, lines: int) -> None:
        _fill(nodes(get, LIMITS.depth), wanted.get(index) or Step(), lines)

    if each_document(raw, one) and len(raw) <= SMALL:
        for step in wanted.values():
            step.forget()
        each_document(raw, one, pure=True)  # as the reader does


def duplicate_keys(raw: bytes, limits: Limits, *, pure: bool) -> list[Flaw]:
    """A flaw for every key that stands twice in one map, with both places."""
    flaws: list[Flaw] = []

    def one(get: Get, index: int, lines: int) -> None:
        for key, first, again in _doubles(nodes(get, limits.depth)):
            if len(flaws) < limits.flaws:
                places = [(mark.line + lines + 1, mark.column + 1) for mark in (first, again)]
                reason = f"duplicate key {key[:80]!r}; only the first counts here, remove one"
                flaws.append(Flaw(DUPLICATE, reason, *places[0], places[1], index))

    each_document(raw, one, limits, pure=pure)
    return flaws


def nodes(get: Get, depth: int) -> Iterator[Node]:
    """Every value of one document in the order of the text, and the end of every collection."""
    scalar, _, mapping, mapping_end, sequence, sequence_end, _, document_end, _ = kinds()
    anchors: dict[str, Any] = {}
    keyed = [False]
    opened: Any = None
    while (event := get()).__class__ is not document_end:
        key = text = None
        if keyed[-1] and event.__class__ is not mapping_end:
            key, is_scalar = event, event.__class__ is scalar
            if is_scalar and event.anchor:
                anchors[event.anchor] = event.value
            text = event.value if is_scalar else key_text(event, get, opened, depth, anchors)
            event = get()
        opened = None  # only the very next key is the first of its map
        kind = event.__class__
        if kind is scalar and event.anchor:
            anchors[event.anchor] = event.value
        if kind is mapping or kind is sequence:
            keyed.append(kind is mapping)
            opened = event
            if len(keyed) > depth + 1:
                raise Broken("nested too deeply", event.start_mark.line, event.start_mark.column)
        elif kind is mapping_end or kind is sequence_end:
            keyed.pop()
        yield key, text, event


def _doubles(nodes: Iterator[Node]) -> Iterator[tuple[str, Any, Any]]:
    """Key, mark of its first place, mark of each further place."""
    _, _, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    seen: list[dict[str, Any]] = [{}]
    for key, text, event in nodes:
        if key is not None and text is not None:
            first = seen[-1].setdefault(text, key.start_mark)
            if first is not key.start_mark:
                yield text, first, key.start_mark
        if event.__class__ is mapping or event.__class__ is sequence:
            seen.append({})
        elif event.__class__ is mapping_end or event.__class__ is sequence_end:
            seen.pop()


def _fill(nodes: Iterator[Node], root: Step, lines: int) -> None:
    _, _, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    top = Step()
    top.parts["0"] = root
    open_: list[tuple[Step | None, Any, Any]] = [(top, None, None)]  # (step, its key event, its start event)
    counts = [0]  # values seen so far in each open collection
    for key, text, event in nodes:
        kind = event.__class__
        if kind is mapping_end or kind is sequence_end:
            step, its_key, start = open_.pop()
            counts.pop()
            if step is not None:
                _note(step, its_key, start, event, lines)
            continue
        parent = open_[-1][0]
        step = parent.enter(str(counts[-1]) if text is None else text) if parent is not None else None
        counts[-1] += 1
        if kind is mapping or kind is sequence:
            open_.append((step, key, event))
            counts.append(0)
            if step is not None:
                _note(step, key, event, event, lines)  # children of a file that breaks off keep their parents
        elif step is not None:
            _note(step, key, event, event, lines)


def _note(step: Step, key: Any, start: Any, end: Any, lines: int) -> None:
    """Write down the places of one value; block collections, block scalars and empty values are not inline."""
    begin, close = start.start_mark, end.end_mark
    is_flow = bool(getattr(start, "flow_style", True)) and getattr(start, "style", None) not in ("|", ">")
    inline = is_flow and begin.line == close.line and begin.column < close.column
    value = Span(begin.line + lines + 1, begin.column + 1, close.line + lines + 1, close.column + 1)
    step.fill(
        _span(key, lines) if key is not None else None,
        value,
        inline and (start is not end or not hasattr(start, "flow_style")),
    )


def _span(event: Any, lines: int) -> Span:
    begin, close = event.start_mark, event.end_mark
    return Span(begin.line + lines + 1, begin.column + 1, close.line + lines + 1, close.column + 1)
