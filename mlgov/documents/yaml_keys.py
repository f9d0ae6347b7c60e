"""Keys of a YAML map that are not plain text: aliases, lists and maps become the text that a person would write."""

from typing import Any

from mlgov.documents.reading import TEMPLATED, Broken
from mlgov.documents.scalars import text_of
from mlgov.documents.yaml_events import Get, kinds


def key_text(event: Any, get: Get, opened: Any, depth: int, anchors: dict[str, Any]) -> str:
    """The text of a key that starts with `event`: `[1, 2]`, `{a: 1}`, or what an alias stands for.

    opened: the start of the map when this is its first key, else None.
    """
    if event.__class__ is kinds().alias:
        return _alias_text(event, anchors)
    _refuse_double_brace(event, opened)
    return _collection_text(event, get, depth, anchors)


def _alias_text(event: Any, anchors: dict[str, Any]) -> str:
    value = anchors.get(event.anchor)
    if event.anchor in anchors and not isinstance(value, dict | list):
        return text_of(value)
    return f"*{event.anchor}"


def _refuse_double_brace(event: Any, opened: Any) -> None:
    """Raise when a map used as a key is the inner half of `{{ name }}`: valid YAML, but for a template engine."""
    is_inner = opened is not None and event.__class__ is opened.__class__ is kinds().mapping and event.flow_style
    if is_inner:
        outer, inner = opened.start_mark, event.start_mark
        if outer.line == inner.line and outer.column + 1 == inner.column:
            raise Broken("", outer.line, outer.column, TEMPLATED)


def _collection_text(event: Any, get: Get, depth: int, anchors: dict[str, Any]) -> str:
    """Read events up to the end of the collection and write it in one line."""
    scalar, _, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    open_: list[tuple[bool, list[str]]] = []
    before: Any = None
    while True:
        kind = event.__class__
        if kind is mapping or kind is sequence:
            if len(open_) >= depth:
                raise Broken(
                    "a key nested too deeply; use a text as key",
                    event.start_mark.line,
                    event.start_mark.column,
                )
            _refuse_double_brace(event, before)
            open_.append((kind is mapping, []))
        else:
            if kind is mapping_end or kind is sequence_end:
                text = _written(*open_.pop())
            else:
                text = event.value if kind is scalar else _alias_text(event, anchors)
            if not open_:
                return text
            open_[-1][1].append(text)
        before, event = event, get()


def _written(is_map: bool, parts: list[str]) -> str:
    if not is_map:
        return f"[{', '.join(parts)}]"
    return f"{{{', '.join(f'{key}: {value}' for key, value in zip(parts[::2], parts[1::2], strict=True))}}}"
