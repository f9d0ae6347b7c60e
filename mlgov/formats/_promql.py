"""PromQL as a tree of the promql-parser library, behind bounds: the parser recurses, and hostile text would end it.

Where the library is missing or refuses a text there is no tree, and `_promql_pattern` reads what it can.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

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


def tree(text: str) -> Any | None:
    """The root of the tree; None where there is none."""
    try:
        from promql_parser import parse
    except ImportError:  # no wheel for this Python yet
        return None
    if not is_bounded(text):
        return None
    try:
        return parse(filled_ranges(text))
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


def kind(node: Any) -> str:
    """`VectorSelector`, `Call`, `BinaryExpr` …"""
    return type(node).__name__


def bare(node: Any) -> Any:
    """The node without brackets around it."""
    while kind(node) == "ParenExpr":
        node = node.expr
    return node


def children(node: Any) -> list[Any]:
    """The nodes directly below."""
    below = _CHILDREN.get(type(node).__name__)
    return below(node) if below else []


_CHILDREN: dict[str, Callable[[Any], list[Any]]] = {
    "BinaryExpr": lambda node: [node.lhs, node.rhs],
    "Call": lambda node: list(node.args),
    "MatrixSelector": lambda node: [node.vector_selector],
    "AggregateExpr": lambda node: [node.expr] if node.param is None else [node.param, node.expr],
    **dict.fromkeys(("ParenExpr", "UnaryExpr", "SubqueryExpr"), lambda node: [node.expr]),
}


def nodes(node: Any) -> Iterator[Any]:
    """A node and everything below it, from left to right."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def selectors(node: Any) -> Iterator[Any]:
    """The series that a tree asks for."""
    return (found for found in nodes(node) if kind(found) == "VectorSelector")


def name_of(selector: Any) -> str:
    """The name of a series; "" where a pattern stands for it."""
    if selector.name:
        return str(selector.name)
    return next(
        (m.value for m in selector.matchers.matchers if m.name == "__name__" and str(m.op).endswith(".Equal")), ""
    )


def labels_of(selector: Any) -> Iterator[tuple[str, str, str]]:
    """Name, operator (`Equal`, `NotEqual`, `Re`, `NotRe`) and value of each label that is asked for."""
    return ((m.name, str(m.op).rpartition(".")[2], m.value) for m in selector.matchers.matchers)


def number(node: Any) -> float | None:
    """The value of a number or of simple arithmetic of numbers."""
    node = bare(node)
    if kind(node) == "NumberLiteral":
        return float(node.val)
    if kind(node) == "UnaryExpr":
        inner = number(node.expr)
        return None if inner is None else -inner
    if kind(node) == "BinaryExpr" and (fold := _FOLDED.get(str(node.op))):
        left, right = number(node.lhs), number(node.rhs)
        if left is None or right is None or (right == 0 and str(node.op) == "/"):
            return None
        return float(f"{fold(left, right):.12g}")
    return None


def arguments(node: Any) -> tuple[str, list[Any]]:
    """The function or aggregation of a node and what it is applied to; "" where it is neither."""
    if kind(node) == "Call":
        return str(node.func.name), list(node.args)
    if kind(node) == "AggregateExpr":
        return str(node.op), children(node)
    return "", []
