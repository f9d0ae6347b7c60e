"""Harmless twins of a tree of files: the same facts, told in another order, shape, unit, file or line ending.

The YAML is rewritten as a graph of nodes, never as Python data: every scalar keeps the characters that stand there.
"""

import io
import json
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

Files = dict[str, str]
Rewrite = Callable[[Node], None]
VERSION_LINE = "apiVersion: mlgov/v1\n"
# files that live as well in a folder of their own, and that folder
MOVABLE = {"MODEL_CARD.md": "docs", "metrics.json": "reports", "results.json": "results"}


def is_manifest(path: str) -> bool:
    """Whether a file is of mlgov's own format."""
    return posixpath.basename(path) == "mlgov.yaml"


def is_yaml(path: str) -> bool:
    """Whether a file is YAML, of mlgov's own format or another."""
    return path.endswith((".yaml", ".yml", ".lock"))


def compose(text: str) -> Node | None:
    """The nodes of a YAML text with one document; a fresh graph, to be edited in place."""
    found = list(YAML(pure=True).compose_all(text))
    return found[0] if len(found) == 1 else None


def serialize(node: Node) -> str:
    """A YAML text of nodes: one key or item a line, no line folded."""
    yaml = YAML(pure=True)
    yaml.width = 10**9
    stream = io.StringIO()
    for part in walk(node):
        part.comment = None
        part.anchor = None
        if isinstance(part, ScalarNode):
            part.style = '"' if part.style in ("|", ">") else part.style
        elif isinstance(part, (MappingNode, SequenceNode)):
            part.flow_style = not part.value
    yaml.serialize(node, stream)
    return stream.getvalue()


def walk(node: Node) -> Iterator[Node]:
    """A node and every node inside it; one that stands in two places comes twice."""
    yield node
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield from walk(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from walk(value)


def rewritten(files: Files, edit: Rewrite, wanted: Callable[[str], bool] = is_yaml) -> Files:
    """The files with the nodes of every wanted one edited."""
    made = dict(files)
    for path in filter(wanted, files):
        if node := compose(files[path]):
            edit(node)
            made[path] = serialize(node)
    return made


def reordered(files: Files) -> Files:
    """Every mapping with its keys in the opposite order."""

    def turn(node: Node) -> None:
        for part in walk(node):
            if isinstance(part, MappingNode):
                part.value.reverse()

    files = {path: _reversed(text) if path.endswith(".json") else text for path, text in files.items()}
    return rewritten(files, turn)


def _reversed(text: str) -> str:
    return json_text(read_json(text, turned=True))


def read_json(text: str, *, turned: bool = False) -> Any:
    """The data of a JSON text; fractions are texts that `json_text` writes as they were. turned: keys in other order."""
    return json.loads(
        text, object_pairs_hook=lambda pairs: dict(reversed(pairs) if turned else pairs), parse_float="number ".__add__
    )


def json_text(data: Any) -> str:
    """Data of `read_json` as JSON; every number keeps its characters."""
    return re.sub(r'"number ([^"]*)"', r"\1", json.dumps(data, indent=1))


def commented(files: Files) -> Files:
    """A comment before and behind every line of YAML."""
    plain = rewritten(files, lambda node: None)
    return {p: _with_comments(t) if is_yaml(p) and compose(t) else t for p, t in plain.items()}


def _with_comments(text: str) -> str:
    return "".join(f"# value: 0.5 {{a: b}}\n{line}  # - seen\n" for line in text.splitlines())


def with_crlf(files: Files) -> Files:
    """Windows line ends in every file."""
    return {path: text.replace("\n", "\r\n") for path, text in files.items()}


def with_anchors(files: Files) -> Files:
    """Equal values stand once and are pointed at from everywhere else."""

    def share(node: Node) -> None:
        first: dict[Any, Node] = {}
        _share(node, first)

    return rewritten(files, share)


def _share(node: Node, first: dict[Any, Node]) -> None:
    if isinstance(node, MappingNode):
        node.value = [(key, first.setdefault(shape(value), value)) for key, value in node.value]
        for _, value in node.value:
            _share(value, first)
    elif isinstance(node, SequenceNode):
        node.value = [first.setdefault(shape(value), value) for value in node.value]
        for value in node.value:
            _share(value, first)


def shape(node: Node) -> Any:
    """What two equal values have in common."""
    if isinstance(node, ScalarNode):
        return (str(node.tag), node.value, isinstance(node.value, DoubleQuotedScalarString))
    if isinstance(node, MappingNode):
        return ("map", *((shape(key), shape(value)) for key, value in node.value))
    return ("list", *map(shape, node.value))


def split(files: Files) -> Files:
    """Every section of a manifest in a file of its own below `governance/`."""
    made: Files = {}
    for path, text in files.items():
        node = compose(text) if is_manifest(path) else None
        if not isinstance(node, MappingNode):
            made[path] = text
            continue
        folder = posixpath.join(posixpath.dirname(path), "governance")
        for key, value in node.value:
            if key.value != "apiVersion":
                section = MappingNode("tag:yaml.org,2002:map", [(key, value)])
                made[f"{folder}/{key.value}.yaml"] = VERSION_LINE + serialize(section)
    return made


def renamed(files: Files) -> Files:
    """Cards, metrics and parameters in another folder; whoever names them names the new place."""
    moves = {path: f"{MOVABLE[path]}/{path}" for path in files if path in MOVABLE}
    made = {moves.get(path, path): text for path, text in files.items()}
    for old, new in moves.items():
        named = re.compile(rf"(?<![\w./-]){re.escape(old)}(?![\w-])")
        made = {path: text if path == new else named.sub(new, text) for path, text in made.items()}
    return made


TWINS: dict[str, Callable[[Files], Files]] = {
    "reordered": reordered,
    "commented": commented,
    "crlf": with_crlf,
    "anchors": with_anchors,
    "split": split,
    "renamed": renamed,
}
