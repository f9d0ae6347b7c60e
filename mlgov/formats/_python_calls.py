"""Calls in Python source, read and never run: what stands at the top level of a module, and what its names stand for."""

import ast
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any

LONGEST = 500_000  # bytes of a module
UNKNOWN = object()


class Module:
    """The syntax tree of one module. `values`: what each name stands for that is bound exactly once at the top level."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        bound = [(target.id, node.value) for node in tree.body if isinstance(node, ast.Assign)
                 for target in node.targets if isinstance(target, ast.Name)]  # fmt: skip
        times = Counter(name for name, _ in bound)
        self.values: dict[str, ast.expr] = {name: value for name, value in bound if times[name] == 1}

    def meant(self, node: ast.expr | None) -> ast.expr | None:
        """The expression that a name stands for; any other expression itself."""
        for _ in range(5):
            if not isinstance(node, ast.Name) or node.id not in self.values:
                return node
            node = self.values[node.id]
        return None

    def constant(self, node: ast.expr | None) -> Any:
        """The value of a literal or of a name bound to one; `UNKNOWN` for anything that would have to be run."""
        node = self.meant(node)
        return node.value if isinstance(node, ast.Constant) else UNKNOWN

    def items(self, node: ast.expr | None) -> list[ast.expr]:
        """The elements of a list or tuple."""
        node = self.meant(node)
        return list(node.elts) if isinstance(node, (ast.List, ast.Tuple)) else []

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """The calls of these classes that stand at the top level, bound to a name or not."""
        for node in self.tree.body:
            value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)) else None
            if isinstance(value, ast.Call) and called(value) in names:
                yield value


def parsed(raw: bytes) -> Module | None:
    """The module, or None for what is no Python of this version."""
    if len(raw) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Module(ast.parse(raw))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def called(node: ast.expr | None) -> str:
    """The last name of what is called: `FeatureView` of `feast.FeatureView(…)`."""
    function = node.func if isinstance(node, ast.Call) else None
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def argument(call: ast.Call, name: str) -> ast.expr | None:
    """A keyword argument."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
