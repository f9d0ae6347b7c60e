"""Keys of a YAML map that are not plain text: aliases, lists and maps become the text that a person would write."""

from typing import Any

from mlgov.documents.reading import TEMPLATED, Broken
from mlgov.documents.scalars import text_of
from mlgov.documents.yaml_events import Get, kinds


def key_text(event: Any, get: Get, raw: bytes, depth: int, anchors: dict[str, Any]) -> str:
    """The text of a key that starts with `event`: `[1, 2]`, `{a: 1}`, or what an alias stands for."""
    if event.__class__ is kinds().alias:
        return _alias_text(event, anchors)
    if event.__class__ is kinds().mapping and _is_double_brace(event, raw):
        raise Broken("", event.start_mark.line, max(event.start_mark.column - 1, 0), TEMPLATED)
    return _collection_text(event, get, depth, anchors)


def _alias_text(event: Any, anchors: dict[str, Any]) -> str:
    value = anchors.get(event.anchor)
    if event.anchor in anchors and not isinstance(value, dict | list):
        return text_of(value)
    return f"*{event.anchor}"


def _is_double_brace(event: Any, raw: bytes) -> bool:
    """Whether a map used as a key is the inner half of `{{ name }}`: valid YAML, but written for a template engine."""
    if not event.flow_style:
        return False
    line: str = raw.split(b"\n", event.start_mark.line + 1)[event.start_mark.line].decode()
    return line.startswith("{{", max(int(event.start_mark.column) - 1, 0))


def _collection_text(event: Any, get: Get, depth: int, anchors: dict[str, Any]) -> str:
    """Read events up to the end of the collection and write it in one line."""
    scalar, _, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    open_: list[tuple[bool, list[str]]] = []
    while True:
        kind = event.__class__
        if kind is mapping or kind is sequence:
            if len(open_) >= depth:
                raise Broken(
                    "a key nested too deeply; use a text as key",
                    event.start_mark.line,
                    event.start_mark.column,
                )
            open_.append((kind is mapping, []))
        else:
            if kind is mapping_end or kind is sequence_end:
                text = _written(*open_.pop())
            else:
                text = event.value if kind is scalar else _alias_text(event, anchors)
            if not open_:
                return text
            open_[-1][1].append(text)
        event = get()


def _written(is_map: bool, parts: list[str]) -> str:
    if not is_map:
        return f"[{', '.join(parts)}]"
    return f"{{{', '.join(f'{key}: {value}' for key, value in zip(parts[::2], parts[1::2], strict=True))}}}"
