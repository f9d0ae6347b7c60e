"""Where YAML events come from: libyaml through ruamel.yaml.clib, or ruamel's own slower parser when that is missing."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from mlgov.documents.reading import Broken

Get = Callable[[], Any]


class EventKinds(NamedTuple):
    """The event classes that both backends share, imported on first use."""

    scalar: Any
    alias: Any
    mapping: Any
    mapping_end: Any
    sequence: Any
    sequence_end: Any
    document: Any
    document_end: Any
    stream_end: Any


@cache
def kinds() -> EventKinds:
    """The event classes; importing them costs more than reading a small file, so it waits until needed."""
    events = import_module("ruamel.yaml.events")
    names = ("Scalar", "Alias", "MappingStart", "MappingEnd", "SequenceStart", "SequenceEnd")
    return EventKinds(
        *(getattr(events, f"{name}Event") for name in (*names, "DocumentStart", "DocumentEnd", "StreamEnd"))
    )


@cache
def _libyaml() -> Any:
    try:
        return import_module("_ruamel_yaml").CParser
    except ImportError:
        return None


def yaml_backend() -> str:
    """`libyaml`, or `pure` when the C parser is not installed (12 to 17 times slower)."""
    return "pure" if _libyaml() is None else "libyaml"


def events(raw: bytes, *, pure: bool = False) -> Get:
    """A function that returns the next event of `raw` (UTF-8, no BOM); it raises when the text is not YAML."""
    parser = _libyaml()
    if parser is None or pure:
        return _pure(raw.decode())
    get: Get = parser(raw).get_event
    return get


def _pure(text: str) -> Get:
    yaml = import_module("ruamel.yaml").YAML(typ="safe", pure=True)
    stream = yaml.parse(text)
    scalar = kinds().scalar

    def get() -> Any:
        event = next(stream)
        # libyaml refuses escapes such as \ud800 itself; they would fail later, when a report is written
        if event.__class__ is scalar and not event.value.isascii():
            _encodable(event)
        return event

    return get


def _encodable(event: Any) -> None:
    try:
        event.value.encode()
    except UnicodeEncodeError:
        mark = event.start_mark
        raise Broken("an escape that is half a character (a lone surrogate)", mark.line, mark.column) from None
