"""The features of the model: their names, as people spell them, and their types."""

import re

from mlgov.rulekit import Project

# types of a signature that tell how values are spread; whole numbers may be codes
_TYPES = {
    "double": "numeric", "float": "numeric", "float32": "numeric", "float64": "numeric", "string": "categorical",
    "str": "categorical", "boolean": "boolean", "bool": "boolean", "category": "categorical",
}  # fmt: skip


def plain_name(name: str) -> str:
    """A name without case and punctuation: `Monthly Charge` is `monthly_charge`."""
    return re.sub(r"[^0-9a-z가-힣]+", "_", name.lower()).strip("_")


def dtypes(project: Project) -> dict[str, str]:
    """The type of each feature that states one, by plain name: `numeric`, `categorical` …"""
    signature = project.training.signature
    columns = [*signature.inputs, *signature.outputs] if signature else []
    found = {plain_name(c.name): _TYPES.get((c.type or "").lower(), "") for c in columns if c.name}
    return found | {plain_name(f.name): f.dtype for f in project.data.features if f.name and f.dtype}


def inputs(project: Project) -> set[str]:
    """What goes into the model, by plain name: the signature, else the features; empty where neither is stated."""
    signature = project.training.signature
    names = [i.name for i in signature.inputs] if signature else []
    return {plain_name(name) for name in names or [f.name for f in project.data.features] if name}


def outputs(project: Project) -> set[str]:
    """What comes out of the model, and its label, by plain name."""
    signature, labels = project.training.signature, project.data.labels
    names = [o.name for o in signature.outputs] if signature else []
    return {plain_name(name) for name in [*names, labels.name if labels else None] if name}


def sources(project: Project) -> dict[str, set[str]]:
    """The columns that each feature is derived from, by plain name."""
    return {plain_name(f.name): {plain_name(c) for c in f.derived_from} for f in project.data.features if f.name}
