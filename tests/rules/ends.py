"""Trees from which one end of a contradiction is taken out: the value or record that an origin names."""

import re

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from mlgov.finding import Origin
from tests.rules.twins import Files, compose, is_yaml, json_text, read_json, serialize

_WORD = re.compile(r"@(\d+):(\d+)-(\d+)$")


def without(files: Files, origin: Origin) -> Files | None:
    """The files without what stands at a place; None where it cannot be taken out."""
    text = files.get(origin.file)
    if text is None or origin.pointer in ("", "/"):
        return None
    made: str | None = None
    if word := _WORD.match(origin.pointer):
        made = _without_word(text, *map(int, word.groups()))
    elif not origin.pointer.startswith("@"):
        steps = [step.replace("~1", "/").replace("~0", "~") for step in origin.pointer.split("/")[1:]]
        made = _without_value(origin.file, text, steps)
    return None if made is None else {**files, origin.file: made}


def _without_word(text: str, line: int, start: int, end: int) -> str:
    """A text in which some characters of a line are blank."""
    lines = text.splitlines(keepends=True)
    said = lines[line - 1]
    lines[line - 1] = said[: start - 1] + " " * (end - start) + said[end - 1 :]
    return "".join(lines)


def _without_value(path: str, text: str, steps: list[str]) -> str | None:
    if path.endswith(".json"):
        data = read_json(text)
        return json_text(data) if _taken_from_data(data, steps) else None
    root = compose(text) if is_yaml(path) else None
    return serialize(root) if root is not None and _taken(root, steps) else None


def _taken_from_data(data: object, steps: list[str]) -> bool:
    """Take out the value at the end of the steps, or the last one on the way that is there."""
    first, *more = steps
    key = int(first) if isinstance(data, list) and first.isdigit() else first
    try:
        inner = data[key]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return False
    if not (more and _taken_from_data(inner, more)):
        del data[key]  # type: ignore[attr-defined]
    return True


def _taken(node: Node, steps: list[str]) -> bool:
    """The same in a graph of nodes; the last item of a list takes the list along."""
    first, *more = steps
    inner = _step(node, first)
    if inner is None:
        return False
    if more and _taken(inner, more):
        if isinstance(inner, (SequenceNode, MappingNode)) and not inner.value:
            _drop(node, first)
        return True
    _drop(node, first)
    return True


def _drop(node: Node, step: str) -> None:
    if isinstance(node, MappingNode):
        node.value = [(key, value) for key, value in node.value if key.value != step]
    else:
        del node.value[int(step)]


def _step(node: Node, step: str) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and step.isdigit() and int(step) < len(node.value):
        found: Node = node.value[int(step)]
        return found
    return None
