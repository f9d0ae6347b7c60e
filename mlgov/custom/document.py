"""The documentation of a custom rule, in the form that rules in Python have: its examples are run like theirs."""

import json
from collections.abc import Iterator
from typing import Any

from mlgov.custom.subject import Subject
from mlgov.custom.table import Table
from mlgov.errors import SettingsError
from mlgov.units import literal

KINDS = {"fails": "Fails", "passes": "Passes", "abstains": "Abstains"}


def document(table: Table, subject: Subject, law: str, stage: str) -> str:
    """Title, condition, examples and remedy of a table as the docstring of a rule."""
    conditions = [f"{key}: {table.text(key)}" for key in ("when", "require") if table.data.get(key)]
    parts = [law, "## Why", "a requirement of this organisation about each of " + subject.path, *conditions]
    examples = list(_examples(table, subject, "production" if stage == "any" else stage))
    for kind in KINDS.values():
        told = [text for found, text in examples if found == kind]
        parts += [f"## {kind}", "\n\n###\n".join(told)] if told else []
    return "\n\n".join([*parts, "## Remedy", table.text("remedy") or f"make this true: {table.text('require')}"])


def _examples(table: Table, subject: Subject, stage: str) -> Iterator[tuple[str, str]]:
    """Each example as a manifest in a fence, with its kind."""
    examples = table.data.get("examples", [])
    if not isinstance(examples, list):
        raise SettingsError("examples must be a list", table.place("examples"))
    for number, example in enumerate(examples):
        place = table.place("examples", number)
        if not isinstance(example, dict) or len(example) != 1 or not set(example) <= KINDS.keys():
            raise SettingsError("an example is `fails: {…}`, `passes: {…}` or `abstains: {…}`", place)
        ((kind, record),) = example.items()
        if not isinstance(record, dict):
            raise SettingsError(f"{kind} must be a record of {subject.path}", place)
        yield KINDS[kind], _fence(subject.manifest(record), stage)


def _fence(sections: dict[str, Any], stage: str) -> str:
    project = {"id": "example", "stage": stage} | sections.get("project", {})
    told = {"apiVersion": "mlgov/v1", "project": project} | {k: v for k, v in sections.items() if k != "project"}
    lines = "".join(f"{key}: {_flow(value)}\n" for key, value in told.items())
    return f"~~~yaml mlgov.yaml\n{lines}~~~"


def _flow(value: Any) -> str:
    """Plain data as YAML in flow style; numbers keep their characters."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else literal(value)
