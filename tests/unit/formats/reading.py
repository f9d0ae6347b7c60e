"""How these tests read files: through the inventory, with every adapter, as a run does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlgov.catalogue import installed_formats
from mlgov.documents import locate
from mlgov.finding import Origin
from mlgov.inventory import Inventory, take
from mlgov.lifecycle.assembly import assemble
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.project import Project
from mlgov.snapshot import MemoryTree

FIXTURES = Path(__file__).parent / "fixtures"


def folder(path: Path) -> dict[str, bytes]:
    """The files of a fixture folder."""
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def inventory(files: Mapping[str, str | bytes]) -> Inventory:
    """What the adapters make of a tree of files."""
    return take(MemoryTree(dict(files)), installed_formats(), lambda _: True)[0]


def facts(files: Mapping[str, str | bytes], format_: str) -> list[Fact]:
    """The facts of one adapter."""
    return [fact for e in inventory(files).evidence if e.format == format_ for fact in e.facts]


def values(files: Mapping[str, str | bytes], format_: str, path: str) -> list[Any]:
    """The values that one adapter states about one path."""
    return [fact.value for fact in facts(files, format_) if fact.path == path]


def project(files: Mapping[str, str | bytes]) -> Project:
    """The only project of a tree of files."""
    tree = MemoryTree(dict(files))
    found, shelf = take(tree, installed_formats(), lambda _: True)
    (only,) = assemble(found.evidence, tree, shelf.look_up, "2026-11-20").projects
    return only


def place(origin: Origin, files: Mapping[str, str]) -> str:
    """`file:line:column` of an origin."""
    span = locate(origin.file, files[origin.file].encode(), origin.pointer, origin.document)
    return f"{origin.file}:{span.line}:{span.column}"
