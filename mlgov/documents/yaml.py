"""YAML to plain data: the 1.2 core schema in one tight loop over parser events, every limit checked on the way."""

from typing import Any, Final

from mlgov.documents.aliases import MERGE, Aliases
from mlgov.documents.characters import character_flaw, directive_flaw, is_lfs_pointer, without_bom
from mlgov.documents.reading import LIMITS, Broken, Document, Flaw, Limits, Reading, size_flaw
from mlgov.documents.scalars import Tagged, Unreadable, plain
from mlgov.documents.template import templates_among
from mlgov.documents.yaml_documents import SMALL, each_document
from mlgov.documents.yaml_events import Get, kinds, yaml_backend
from mlgov.documents.yaml_keys import key_text
from mlgov.documents.yaml_places import duplicate_keys

_CORE: Final = "tag:yaml.org,2002:"
_CORE_SCALARS: Final[dict[str, type]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "null": type(None),
}
_SECOND: Final = object()  # the key under which the value of a duplicate key is put, to be thrown away
_known: dict[str, Any] = {}  # plain text -> value; configuration repeats itself, and values are immutable
_KNOWN_MOST: Final = 8_192


def read_yaml(raw: bytes, limits: Limits = LIMITS, *, merge_keys: bool = True) -> Reading:
    """Every document of a YAML file; never raises. `merge_keys=False` makes `<<` a flaw."""
    if flaw := size_flaw(raw, limits.text_bytes):
        return Reading(flaws=(flaw,))
    if is_lfs_pointer(raw):
        return Reading()
    raw = without_bom(raw)
    if flaw := character_flaw(raw, "yaml") or directive_flaw(raw):
        return Reading(flaws=(flaw,))
    documents, flaws = _read(raw, limits, merge_keys)
    return Reading(tuple(documents), tuple(flaws[: limits.flaws]))


def _read(raw: bytes, limits: Limits, merge_keys: bool) -> tuple[list[Document], list[Flaw]]:
    documents, flaws, doubles = _attempt(raw, limits, merge_keys, pure=False)
    pure = False
    if flaws and len(raw) <= SMALL and yaml_backend() == "libyaml":
        # libyaml follows YAML 1.1 and stumbles over a few things of 1.2, such as [http://a]
        again = _attempt(raw, limits, merge_keys, pure=True)
        if pure := len(again[1]) < len(flaws):
            documents, flaws, doubles = again
    if flaws:
        flaws = templates_among(flaws, raw)
    if 0 < len(doubles) <= limits.doubles:
        flaws = sorted([*flaws, *duplicate_keys(raw, limits, pure=pure)], key=lambda flaw: (flaw.line, flaw.column))
    return documents, flaws


def _attempt(
    raw: bytes, limits: Limits, merge_keys: bool, *, pure: bool
) -> tuple[list[Document], list[Flaw], list[Any]]:
    documents: list[Document] = []
    doubles: list[Any] = []

    def one(get: Get, index: int, _lines: int) -> None:
        data = build(get, limits, merge_keys, doubles)
        if data is not None:
            documents.append(Document(data, index, "yaml"))

    return documents, each_document(raw, one, limits, pure=pure), doubles


def build(  # noqa: C901 - one loop, see below
    get: Get, limits: Limits, merge_keys: bool, doubles: list[Any]
) -> Any:
    """The data of one document, from the event after its start up to its end.

    One long function with local names and an explicit stack: this loop is most of what a cold run costs. Marks are
    not looked at; places are found by a second pass over the few files that have findings. The first value of a
    duplicate key is kept, and the key is added to `doubles`.
    """
    scalar, alias, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    known, second, most_depth = _known, _SECOND, limits.depth
    aliases = Aliases(limits)
    anchors = aliases.anchors
    tags: dict[int, Any] = {}  # id of an open collection -> the event that gave it a tag
    stack: list[tuple[Any, Any, bool]] = []
    into: Any = []  # the collection that is open; first a list that receives the root value
    keyed = is_double = has_merge = False  # keyed: whether `into` is a map
    key: Any = None
    opened: Any = None  # what opened the newest collection
    nodes = 0
    while True:
        event = get()
        kind = event.__class__
        if keyed and kind is not mapping_end:
            if kind is scalar:
                key = event.value
                if event.anchor:
                    anchors[event.anchor] = key
                if key == "<<" and event.implicit[0]:
                    if not merge_keys:
                        raise _at(event, "merge keys (<<) are not allowed here; write the values out")
                    has_merge, key = True, MERGE
                    aliases.merging(into, event)
            else:
                key = key_text(event, get, None if into else opened, most_depth, anchors)
            if key in into:
                is_double, key = True, second
                doubles.append(event)
                if len(doubles) > limits.doubles:
                    raise _at(event, f"more than {limits.doubles} duplicate keys; remove them")
            event = get()
            kind = event.__class__
        if kind is scalar:
            value = event.value
            is_plain, is_quoted = event.implicit
            if is_plain:
                value = known.get(value, known)
                if value is known:
                    value = _plain(event)
            elif not is_quoted:
                value = _tagged(event)
            if event.anchor:
                anchors[event.anchor] = value
        elif kind is mapping or kind is sequence:
            if len(stack) >= most_depth:
                raise _at(event, f"nested deeper than {most_depth} levels; flatten the document")
            stack.append((into, key, keyed))
            keyed = kind is mapping
            into = {} if keyed else []
            opened = event
            if event.anchor:
                anchors[event.anchor] = into
            if event.ctag is not None:
                tags[id(into)] = event
            continue
        elif kind is mapping_end or kind is sequence_end:
            if is_double and keyed:
                into.pop(second, None)
            if has_merge and keyed and MERGE in into:
                aliases.merge(into)
            size = len(into)
            nodes += size
            if (keyed and size > limits.keys) or nodes > limits.nodes:
                raise _at(event, f"more than {limits.keys} keys in one map or {limits.nodes} values; split the file")
            value = into
            if tags and id(into) in tags:
                value = _tagged_collection(tags.pop(id(into)), into, anchors)
            into, key, keyed = stack.pop()
        elif kind is alias:
            value = aliases.value(event, [frame[0] for frame in stack] + [into])
        else:
            return into[0]
        if keyed:
            into[key] = value
        else:
            into.append(value)


def _at(event: Any, reason: str) -> Broken:
    return Broken(reason, event.start_mark.line, event.start_mark.column)


def _plain(event: Any) -> Any:
    """The value of a plain scalar that was not seen before."""
    text = event.value
    try:
        value = plain(text)
    except Unreadable as error:
        raise _at(event, str(error)) from None
    if len(text) <= 32 and len(_known) < _KNOWN_MOST:
        _known[text] = value
    return value


def _tagged(event: Any) -> Any:
    """The value of a scalar with a tag: `!!str 12` is text, `!!int foo` an error, `!Ref x` opaque."""
    tag, text = str(event.ctag), event.value
    if not tag.startswith(_CORE):
        return text if tag == "!" else Tagged(tag, text)
    wanted = _CORE_SCALARS.get(tag[len(_CORE) :])
    if wanted is None:
        return Tagged(f"!!{tag[len(_CORE) :]}", text)
    value = text if wanted is str else _plain(event)
    if wanted is float and type(value) is int:
        value = float(value)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise _at(
            event,
            f"{text[:40]!r} is not a value of the tag !!{tag[len(_CORE) :]}; remove the tag or correct the value",
        )
    return value


def _tagged_collection(event: Any, value: Any, anchors: dict[str, Any]) -> Any:
    """A map or list with a tag: the core tags change nothing, any other makes it opaque."""
    tag = str(event.ctag)
    if tag in ("!", _CORE + ("map" if value.__class__ is dict else "seq")):
        return value
    if tag.startswith(_CORE):
        tag = f"!!{tag[len(_CORE) :]}"
        if tag[2:] in ("map", "seq", *_CORE_SCALARS):
            raise _at(event, f"a collection is not a value of the tag {tag}; remove the tag or correct the value")
    if event.anchor:
        anchors[event.anchor] = Tagged(tag, "")
    return Tagged(tag, "")
