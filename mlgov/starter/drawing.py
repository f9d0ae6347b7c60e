"""The text of a first manifest: YAML with comments, in the order of the model, prompts as lines to uncomment."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.lifecycle.book import Path
from mlgov.lifecycle.manifest import SECTIONS
from mlgov.lifecycle.project import STAGES, Project
from mlgov.starter.fields import inert, meaning, order, prompted, title
from mlgov.starter.stating import Stated, Value

REMARK = 44  # the column of remarks, where the lines are short enough
_HEADER = """\
# What this ML product is, and what its team promises. mlgov reads it together with the files named below, and reports
# where they contradict each other or where something is missing: `mlgov check`.
# Lines after # are prompts: remove `# ` and fill them in. What does not apply is said with a reason:
#   serving: {not_applicable: {reason: predictions are only read in notebooks}}
# Codes in brackets are rules: `mlgov explain CODE` tells why they ask. `mlgov schema` prints the whole grammar."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*").fullmatch
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


class Leaf(NamedTuple):
    """One line: the value as YAML ("" for a prompt) and a remark."""

    yaml: str
    remark: str


class Row(NamedTuple):
    """One line of the text; a row that is not active is commented out."""

    active: bool
    text: str
    remark: str = ""


Tree = dict[str | int, Any]


def drawn(name: str, project: Project, told: Stated, asked: dict[Path, list[str]], stage: str = "") -> str:
    """The manifest of a project as text. stage: of the product, where somebody said so."""
    leaves: dict[Path, Leaf] = {}
    for path in asked:
        if len(path) > 1 or not any(p[0] == path[0] for p in asked if len(p) > 1):
            for prompt in prompted(path):
                leaves.setdefault(prompt, Leaf("", meaning(prompt, asked.get(prompt, []))))
    if project.stage in STAGES:
        leaves["project", "stage"] = Leaf(project.stage, f"inferred; {', '.join(STAGES)}, retired")
    said = {("project", "stage"): Leaf(stage, "")} if stage else {}
    active = {("project", "id"): Leaf(name, "")} | said | {path: _leaf(v) for path, v in told.values.items()}
    blocks = [f"{_HEADER}\napiVersion: mlgov/v1"]
    for section in SECTIONS:
        notes = [*told.elsewhere.get(section, []), *(_measured(project) if section == "metrics" else ())]
        blocks += _section(section, [title(section, asked.get((section,), [])), *notes], leaves, active)
    spoken = {path[0] for path in (*leaves, *active)} | set(told.elsewhere)
    later = [section for section in SECTIONS if section not in spoken]
    if later:
        blocks.append(f"# Not asked for at stage {project.stage}: {', '.join(later)}.")
    return "\n\n".join(blocks) + "\n"


def _measured(project: Project) -> Iterator[str]:
    """Metrics that results name and nobody defines: the first candidates."""
    defined = {metric.id for metric in project.metrics}
    if names := [m for r in project.evaluation.results if (m := r.metric) and m not in defined]:
        yield f"measured, but not defined: {', '.join(dict.fromkeys(names))}"


def _section(section: str, notes: list[str], asked: dict[Path, Leaf], active: dict[Path, Leaf]) -> list[str]:
    """The text of one section; nothing where it would hold only its title."""
    mine = {p: leaf for p, leaf in (asked | active).items() if p[0] == section}
    if not mine and len(notes) == 1:
        return []
    rows = list(_rows(_planted(mine), set(active), (), 0))
    return ["\n".join([*(f"# {inert(note)}" for note in notes), *_lines(rows)])]


def _lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        text = row.text if row.active else f"# {row.text}"
        yield f"{text:<{REMARK}}  # {row.remark}" if row.remark else text


def _planted(leaves: dict[Path, Leaf]) -> Tree:
    """Leaves as a tree, in the order of the model; a leaf gives way to what lies below its path."""
    tree: Tree = {}
    for path in sorted(leaves, key=order):
        at = tree
        for step in path[:-1]:
            if not isinstance(at.get(step), dict):
                at[step] = {}
            at = at[step]
        at.setdefault(path[-1], leaves[path])
    return tree


def _rows(tree: Tree, active: set[Path], path: Path, depth: int) -> Iterator[Row]:
    for key, node in tree.items():
        here = (*path, key)
        indent = "  " * depth
        if isinstance(key, int):
            first, *rest = _rows(node, active, here, depth)
            yield first._replace(text=f"{indent[2:]}- {first.text.lstrip()}")
            yield from rest
        elif isinstance(node, Leaf):
            yield Row(here in active, f"{indent}{key}: {node.yaml}".rstrip(), node.remark)
        else:
            inner = list(_rows(node, active, here, depth + 1))
            yield Row(any(row.active for row in inner), f"{indent}{key}:")
            yield from inner


def _leaf(value: Value) -> Leaf:
    if value.source:
        file, pointer = value.source
        return Leaf(f"{{source: {{file: {_quoted(file)}, pointer: {_quoted(pointer)}}}}}", inert(value.text[:60]))
    return Leaf(_quoted(value.text) if value.is_text else value.text, inert(value.place))


def _quoted(text: str) -> str:
    """A text as YAML: plain where nothing could read it as anything else."""
    if _PLAIN(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
