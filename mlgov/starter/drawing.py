"""The text of a first manifest: YAML with comments, in the order of the model, prompts as lines to uncomment."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

from mlgov.lifecycle.book import Path
from mlgov.lifecycle.manifest import SECTIONS, Manifest
from mlgov.lifecycle.project import STAGES, Project
from mlgov.lifecycle.record import Record, record_types
from mlgov.renderers.escaping import terminal
from mlgov.starter.stating import Stated, Value

REMARK = 44  # the column of remarks, where the lines are short enough
FEW = 6  # fields that are proposed where a rule names none
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


def drawn(name: str, project: Project, told: Stated, asked: dict[Path, list[str]]) -> str:
    """The manifest of a project as text."""
    leaves: dict[Path, Leaf] = {}
    for path in asked:
        if len(path) > 1 or not any(p[0] == path[0] for p in asked if len(p) > 1):
            for prompt in _named(path):
                leaves.setdefault(prompt, Leaf("", _meaning(prompt, asked.get(prompt, []))))
    if project.stage in STAGES:
        leaves["project", "stage"] = Leaf(project.stage, f"inferred; {', '.join(STAGES)}, retired")
    active = {("project", "id"): Leaf(name, "")} | {path: _leaf(v) for path, v in told.values.items()}
    blocks = [f"{_HEADER}\napiVersion: mlgov/v1"]
    for section in SECTIONS:
        title = f"{_field(Manifest, section).description} {_bracketed(asked.get((section,), []))}".rstrip()
        notes = [*told.elsewhere.get(section, []), *(_measured(project) if section == "metrics" else ())]
        blocks += _section(section, [title, *notes], leaves, active)
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
    return ["\n".join([*(f"# {_inert(note)}" for note in notes), *_lines(rows)])]


def _lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        text = row.text if row.active else f"# {row.text}"
        yield f"{text:<{REMARK}}  # {row.remark}" if row.remark else text


def _planted(leaves: dict[Path, Leaf]) -> Tree:
    """Leaves as a tree, in the order of the model; a leaf gives way to what lies below its path."""
    tree: Tree = {}
    for path in sorted(leaves, key=_order):
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


def _named(path: Path) -> Iterator[Path]:
    """The fields to prompt for: the path itself, before it the name of its list item; a few for a whole section."""
    for end, step in enumerate(path[:-1], 1):
        if isinstance(step, int) and "id" in _model(path[:end]).model_fields:
            yield (*path[:end], "id")
    if len(path) > 1:
        yield path
        return
    model = _model(path)
    item: Path = (*path, 0) if _field(Manifest, str(path[0])).default == [] else path
    for name, field in list(model.model_fields.items())[:FEW]:
        yield (*item, field.alias or name)


def _meaning(path: Path, codes: list[str]) -> str:
    """What a field is for, the words that it takes, and who asks."""
    field = _field(_model(path[:-1]), str(path[-1]))
    words = _words(field.annotation)
    choice = f": one of {', '.join(words)}" if words else ""
    return _inert(f"{field.description or ''}{choice} {_bracketed(codes)}".strip(" :"))


def _bracketed(codes: list[str]) -> str:
    return f"({', '.join(dict.fromkeys(codes))})" if codes else ""


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [w for part in get_args(annotation) if not any(record_types(part)) for w in _words(part)]


def _leaf(value: Value) -> Leaf:
    if value.source:
        file, pointer = value.source
        return Leaf(f"{{source: {{file: {_quoted(file)}, pointer: {_quoted(pointer)}}}}}", _inert(value.text[:60]))
    return Leaf(_quoted(value.text) if value.is_text else value.text, _inert(value.place))


def _quoted(text: str) -> str:
    """A text as YAML: plain where nothing could read it as anything else."""
    if _PLAIN(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _inert(text: str) -> str:
    """Text for a comment: it cannot end the line, nor hold what a YAML reader refuses."""
    return re.sub("[\ufffe\uffff]", "?", terminal(text))


def _order(path: Path) -> tuple[int, ...]:
    """The position of a path in the model."""
    return tuple(_position(path, end) for end in range(len(path)))


def _position(path: Path, end: int) -> int:
    step = path[end]
    if isinstance(step, int):
        return step
    names = [field.alias or name for name, field in _model(path[:end]).model_fields.items()]
    return names.index(step) if step in names else len(names)


def _field(model: type[Record], key: str) -> Any:
    """A field by its name in files."""
    return next(f for name, f in model.model_fields.items() if (f.alias or name) == key)


def _model(path: Path) -> type[Record]:
    """The record class that stands at a path."""
    model: type[Record] = Manifest
    for step in path:
        if not isinstance(step, int):
            model = next(record_types(_field(model, step).annotation))
    return model
