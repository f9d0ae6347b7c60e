"""Joins files in memory into projects, for the tests of this folder."""

from mlgov.catalogue import installed_formats
from mlgov.inventory import take
from mlgov.lifecycle.assembly import Assembled, assemble
from mlgov.lifecycle.project import Project
from mlgov.snapshot import MemoryTree

TODAY = "2026-11-20"


def joined(files: dict[str, str]) -> Assembled:
    """The projects and defects of a tree."""
    tree = MemoryTree(dict(files))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, TODAY)
    assembled.defects.setdefault("", []).extend(inventory.defects)
    return assembled


def manifest(body: str, **files: str) -> tuple[Project, list[str]]:
    """The project of one manifest (its header is added), and its defects as `CODE message`."""
    text = "apiVersion: mlgov/v1\nproject: {id: p}\n" + body
    found = joined({"mlgov.yaml": text, **files})
    defects = [f"{d.code} {d.message}" for group in found.defects.values() for d in group]
    return found.projects[0], defects
