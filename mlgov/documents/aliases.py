"""What anchors, aliases and merge keys are worth when written out, so that a small bomb is refused before it goes off."""

from collections.abc import Iterator
from typing import Any, Final

from mlgov.documents.reading import Broken, Limits


class _Merge:
    """The key under which a map keeps what `<<` brings, until it is complete."""

    def __repr__(self) -> str:
        return "<<"


MERGE: Final = _Merge()


class Aliases:
    """The anchors of one document and what their use has cost so far."""

    def __init__(self, limits: Limits) -> None:
        self.anchors: dict[str, Any] = {}
        self._limits = limits
        self._used = self._expanded = self._merged = 0
        self._worth: dict[int, tuple[int, int]] = {}  # id of a finished collection -> (nodes, height)
        self._levels: dict[int, int] = {}  # id of a map that merges -> how deeply
        self._marks: dict[int, Any] = {}  # id of an open map -> the mark of its `<<`
        self._kept: list[Any] = []  # keeps measured collections alive, so that no id is used twice

    def value(self, event: Any, open_: list[Any]) -> Any:
        """The anchored value; raises `Broken` when it is unknown, contains this alias, or becomes too large.

        open_: the collections around the alias, from the outermost.
        """
        try:
            return self._value(event.anchor, open_)
        except Broken as broken:
            raise Broken(broken.reason, event.start_mark.line, event.start_mark.column) from None

    def _value(self, name: str, open_: list[Any]) -> Any:
        if name not in self.anchors:
            raise Broken(f"alias *{name} has no anchor &{name} before it; define the anchor first")
        value = self.anchors[name]
        self._used += 1
        if self._used > self._limits.aliases:
            raise Broken(f"more than {self._limits.aliases} aliases; write the values out")
        if value.__class__ is dict or value.__class__ is list:
            if any(value is container for container in open_):
                raise Broken(f"alias *{name} stands inside its own anchor; write the value out")
            self._spend(*self._measure(value), len(open_) - 1)  # the first is the list around the root
        return value

    def _spend(self, nodes: int, height: int, depth: int) -> None:
        self._expanded += nodes
        if self._expanded > self._limits.expanded:
            raise Broken(f"aliases expand to more than {self._limits.expanded} values; write the document without them")
        if depth + height > self._limits.depth:
            raise Broken(f"nested deeper than {self._limits.depth} levels through aliases; flatten the document")

    def _measure(self, root: Any) -> tuple[int, int]:
        """Nodes and height of a collection as if written out; each collection is walked once."""
        worth, path = self._worth, [root]
        while path:
            node = path[-1]
            parts = [part for part in _parts(node) if part.__class__ is dict or part.__class__ is list]
            missing = [part for part in parts if id(part) not in worth]
            if missing:
                path.extend(missing)
                continue
            path.pop()
            measured = [worth[id(part)] for part in parts]
            size = 1 + len(node) + sum(nodes for nodes, _ in measured) - len(measured)
            worth[id(node)] = size, 1 + max((height for _, height in measured), default=0)
            self._kept.append(node)
        return worth[id(root)]

    def merging(self, into: dict[Any, Any], event: Any) -> None:
        """Remember where the `<<` of an open map stands."""
        self._marks[id(into)] = event.start_mark

    def merge(self, into: dict[Any, Any]) -> None:
        """Resolve the `<<` of a complete map: its own keys win, then earlier sources; raises `Broken`."""
        sources, mark = into.pop(MERGE), self._marks[id(into)]
        if sources.__class__ is dict:
            sources = [sources]
        if sources.__class__ is not list or any(source.__class__ is not dict for source in sources):
            raise Broken("merge key << needs a map or a list of maps; write the values out", mark.line, mark.column)
        level = 1 + max((self._levels.get(id(source), 0) for source in sources), default=0)
        self._merged += sum(map(len, sources))
        if level > self._limits.merge_depth or self._merged > self._limits.merge_entries:
            reason = "merge keys nested too deeply or with too many entries; write the values out"
            raise Broken(reason, mark.line, mark.column)
        for source in sources:
            for key, value in source.items():
                into.setdefault(key, value)
        self._levels[id(into)] = level
        self._kept.append(into)


def _parts(node: Any) -> Iterator[Any]:
    return iter(node.values() if node.__class__ is dict else node)
