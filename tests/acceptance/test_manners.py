"""Only the command line prints or exits: every other module answers with values and exceptions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STREAMS = {"stdout", "stderr", "stdin", "__stdout__", "__stderr__", "exit"}


def outbursts(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of everything in `source` that prints, exits or takes hold of a stream."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=("print" | "input" | "exit" | "quit" | "breakpoint") as name)):
                yield node.lineno, f"{name}()"
            case ast.Attribute(value=ast.Name(id="sys"), attr=attribute) if attribute in STREAMS:
                yield node.lineno, f"sys.{attribute}"
            case ast.Attribute(value=ast.Name(id="os"), attr="_exit" | "abort"):
                yield node.lineno, f"os.{node.attr}"
            case ast.ImportFrom(module="sys", names=names):
                yield from ((node.lineno, f"sys.{alias.name}") for alias in names if alias.name in STREAMS)
            case ast.Name(id="SystemExit", ctx=ast.Load()):
                yield node.lineno, "SystemExit"


def modules() -> list[Path]:
    """Every module that must keep quiet."""
    cli = ROOT / "mlgov" / "cli"
    files = [*(ROOT / "mlgov").rglob("*.py"), *(ROOT / "rules").rglob("*.py")]
    return sorted(file for file in files if cli not in file.parents and file.name != "__main__.py")


def test_only_the_command_line_prints_or_exits() -> None:
    assert len(modules()) > 10
    found = [
        f"{file.relative_to(ROOT)}:{line}: {what}"
        for file in modules()
        for line, what in outbursts(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("print('x')", "print()"),
        ("import sys\nsys.exit(1)", "sys.exit"),
        ("from sys import stdout", "sys.stdout"),
        ("import sys\nout = sys.stderr", "sys.stderr"),
        ("def stop():\n    raise SystemExit(1)", "SystemExit"),
        ("import os\nos._exit(1)", "os._exit"),
    ],
)
def test_an_outburst_is_seen(source: str, what: str) -> None:
    assert what in [name for _, name in outbursts(source)]
