"""Where YAML events come from: libyaml through ruamel.yaml.clib, or ruamel's own slower parser when that is missing."""

import atexit
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from threading import get_ident
from typing import Any, Final, NamedTuple

from mlgov.documents.reading import Broken

Get = Callable[[], Any]
_KEPT: Final = 65_536  # bytes of a text whose events are worth keeping


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
        return _recorded(raw, get_ident()).reader() if len(raw) <= _KEPT else _pure(raw.decode())
    get: Get = parser(raw).get_event
    return get


class _Recording:
    """The events of one text as far as somebody asked for them, so that they are made once for all passes over it."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._events: list[Any] = []
        self._end: Exception | None = None

    def reader(self) -> Get:
        """The events from the first one on."""
        at = 0

        def get() -> Any:
            nonlocal at
            if at == len(self._events):
                self._events.append(self._next())
            at += 1
            return self._events[at - 1]

        return get

    def _next(self) -> Any:
        if self._end is not None:
            raise self._end
        try:
            return self._get()
        except Exception as error:
            self._end = error
            raise


@lru_cache(maxsize=8)
def _recorded(raw: bytes, _thread: int) -> _Recording:
    """The slow parser takes longer than everything else; each thread has its own recordings."""
    return _Recording(_pure(raw.decode()))


atexit.register(_recorded.cache_clear)  # a parser that is not at its end cannot be left to the end of the process


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
