"""PromQL as a tree of the promql-parser library, behind bounds: the parser recurses, and hostile text would end it.

Where the library is missing or refuses a text there is no tree, and `_promql_pattern` reads what it can.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

_LONGEST = 8_000  # characters of one expression
_DEEPEST = 60  # brackets within brackets
_MOST = 200  # operators and commas outside selectors: each of them is one more step down the tree
_HIDDEN = re.compile(
    r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|\'(?:[^\'\\]++|\\.?)*+(?:\'|\Z)|`[^`]*+(?:`|\Z)|\[[^\[\]]*+\]|#[^\n]*+', re.DOTALL
)
_STEPS = re.compile(r"[-+*/%^<>=,]|\b(?:and|or|unless|atan2)\b", re.IGNORECASE)
_BRACES = re.compile(r"\{[^{}]*+\}")
_PLACEHOLDER = re.compile(r"\$|\{\{")
_FOLDED: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
}  # fmt: skip


class Node(NamedTuple):
    """One node of an expression, without brackets around it, in plain Python.

    The library copies all that lies below at each look at a node, so its tree is looked at once.

    kind: `VectorSelector`, `Call`, `BinaryExpr` …, as the library calls it. name: the series ("" where a pattern
    stands for it), the function or the operator. below: the nodes directly below, from left to right. selectors: the
    series that it asks for. value: of a number; seconds: of a range. labels: name, operator (`Equal`, `NotEqual`,
    `Re`, `NotRe`) and value of each label that is asked for. is_bool: a comparison that answers 0 or 1.
    """

    kind: str
    name: str = ""
    below: "tuple[Node, ...]" = ()
    selectors: "tuple[Node, ...]" = ()
    value: float | None = None
    seconds: float | None = None
    labels: tuple[tuple[str, str, str], ...] = ()
    is_bool: bool = False


def tree(text: str) -> Node | None:
    """The root of the tree; None where there is none."""
    try:
        from promql_parser import parse
    except ImportError:  # no wheel for this Python yet
        return None
    if not is_bounded(text):
        return None
    try:
        return _node(parse(filled_ranges(text)))
    except (ValueError, OverflowError):
        return None


def is_bounded(text: str) -> bool:
    """True for a text that is short and flat enough for a parser that recurses."""
    if len(text) > _LONGEST:
        return False
    plain = _BRACES.sub(" ", masked(text))
    return _depth(plain) <= _DEEPEST and len(_STEPS.findall(plain)) + text.count("[") <= _MOST


def _depth(text: str) -> int:
    """How deep brackets stand within brackets; not counted where they could not be too many."""
    if text.count("(") <= _DEEPEST:
        return 0
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=64)  # several questions about one expression
def masked(text: str) -> str:
    """The text with quoted texts, ranges and comments blanked out; places stay."""
    return _HIDDEN.sub(lambda found: " " * len(found[0]), text)


def filled_ranges(text: str) -> str:
    """`[$__rate_interval]` and `[{{.window}}]` as some range, so that the rest can be read."""
    return _HIDDEN.sub(lambda found: _filled(found[0]), text) if _PLACEHOLDER.search(text) else text


def _filled(part: str) -> str:
    if part[0] != "[" or not _PLACEHOLDER.search(part):
        return part
    return "[5m:]" if ":" in part else "[5m]"


def ranges(text: str) -> list[str]:
    """What stands in square brackets, as it is written."""
    return [found[0][1:-1].strip() for found in _HIDDEN.finditer(text) if found[0].startswith("[")]


def _node(found: Any) -> Node:
    """A node of the library and all that lies below it."""
    kind = type(found).__name__
    if kind == "ParenExpr":
        return _node(found.expr)
    if kind == "NumberLiteral":
        return Node(kind, value=float(found.val))
    if kind == "VectorSelector":
        return _selector(found)
    below = tuple(_node(part) for part in _PARTS[kind](found)) if kind in _PARTS else ()
    asked = tuple(selector for node in below for selector in selectors(node))
    if kind == "BinaryExpr":
        is_bool = found.modifier is not None and bool(found.modifier.return_bool)
        return Node(kind, str(found.op), below, asked, is_bool=is_bool)
    if kind == "Call":
        return Node(kind, str(found.func.name), below, asked)
    if kind == "AggregateExpr":
        return Node(kind, str(found.op), below, asked)
    range_ = getattr(found, "range", None)
    return Node(kind, "", below, asked, seconds=None if range_ is None else range_.total_seconds())


_PARTS: dict[str, Callable[[Any], list[Any]]] = {
    "BinaryExpr": lambda node: [node.lhs, node.rhs],
    "Call": lambda node: list(node.args),
    "MatrixSelector": lambda node: [node.vector_selector],
    "AggregateExpr": lambda node: [node.expr] if node.param is None else [node.param, node.expr],
    **dict.fromkeys(("UnaryExpr", "SubqueryExpr"), lambda node: [node.expr]),
}


def _selector(found: Any) -> Node:
    labels = tuple((m.name, str(m.op).rpartition(".")[2], m.value) for m in found.matchers.matchers)
    name = found.name or next((value for name, op, value in labels if name == "__name__" and op == "Equal"), "")
    return Node("VectorSelector", str(name), labels=labels)


def selectors(node: Node) -> tuple[Node, ...]:
    """The series that a tree asks for; a series asks for itself."""
    return (node,) if node.kind == "VectorSelector" else node.selectors


def nodes(node: Node) -> Iterator[Node]:
    """A node and everything below it, from left to right."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.below)


def number(node: Node) -> float | None:
    """The value of a number or of simple arithmetic of numbers."""
    if node.kind == "NumberLiteral":
        return node.value
    if node.selectors or node.kind not in ("UnaryExpr", "BinaryExpr"):
        return None
    values = [number(part) for part in node.below]
    if node.kind == "UnaryExpr":
        return None if values[0] is None else -values[0]
    left, right = values
    fold = _FOLDED.get(node.name)
    if fold is None or left is None or right is None or (right == 0 and node.name == "/"):
        return None
    return float(f"{fold(left, right):.12g}")


def arguments(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The function or aggregation of a node and what it is applied to; "" where it is neither."""
    return (node.name, node.below) if node.kind in ("Call", "AggregateExpr") else ("", ())
