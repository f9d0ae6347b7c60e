"""MLmodel: what an exported MLflow model says about its signature, its run, its size and its owner."""

import json
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, read_json
from mlgov.finding import Origin
from mlgov.formats._draft import flaw_at, rows
from mlgov.formats._mlflow import is_selected
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "mlflow-model"
PATHS = ("MLmodel",)
MARKERS = ()
ROLE = "part"
_STORES = ("mlruns", "mlartifacts")


def recognise(artifact: Artifact) -> Claim | None:
    """By its name and its flavors; the version is that of MLflow."""
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("flavors"), dict):
        return None
    return Claim(text_of(data.get("mlflow_version")) or "", ", ".join(sorted(map(str, data["flavors"])))[:80])


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Signature, lineage, size and owner. A model within a store is one of many, unless its run is named elsewhere."""
    data = artifact.data
    is_stored = bool(set(artifact.path.split("/")) & set(_STORES))
    if is_stored and not is_selected(artifact, text_of(data.get("run_id")) or ""):
        return
    yield from _signature(artifact, data.get("signature"))
    for path, key in (("run_id", "run_id"), ("model_hash", "model_id")):
        if said := text_of(data.get(key)):
            yield Fact(f"training.lineage.{path}", said, artifact.at(key), "observed")
    yield from _environment(artifact, data["flavors"].get("python_function"))
    size = data.get("model_size_bytes")
    if isinstance(size, int) and not isinstance(size, bool) and size > 0:
        where = artifact.at("model_size_bytes")
        yield Fact("serving.measurements[]", {"what": "size", "value": f"{size}B"}, where, "observed", {"value": where})
    metadata = data.get("metadata")
    if isinstance(metadata, dict) and (owner := text_of(metadata.get("owner"))):
        yield Fact("team.ownership.model", owner, artifact.at("metadata", "owner"))


def _environment(artifact: Artifact, flavor: Any) -> Iterator[Fact]:
    env = flavor.get("env") if isinstance(flavor, dict) else None
    named: list[tuple[str, tuple[str, ...]]] = [(env, ())] if isinstance(env, str) else []
    if isinstance(env, dict):
        named = [(env[key], (key,)) for key in ("virtualenv", "conda") if isinstance(env.get(key), str)]
    for name, steps in named[:1]:
        where = artifact.at("flavors", "python_function", "env", *steps)
        yield Fact("training.lineage.environment", rooted(artifact.folder, name), where, "observed")


def _signature(artifact: Artifact, signature: Any) -> Iterator[Fact | Flaw]:
    if not isinstance(signature, dict):
        return
    for side in ("inputs", "outputs"):
        where = artifact.at("signature", side)
        fields = _fields(signature.get(side))
        if fields is None:
            yield flaw_at(artifact, where, f"the {side} of the signature are no list of columns in JSON")
            continue
        for _, field in rows(fields):
            if isinstance(field.get("name"), str) and field["name"]:
                yield _column(side, field, where)
        if side == "inputs":
            yield from _shape(fields, where)


def _fields(text: Any) -> list[Any] | None:
    """The columns of one side: a list that is written as JSON within a text."""
    if text is None:
        return []
    documents = read_json(text.encode(errors="replace")).documents if isinstance(text, str) else ()
    found = documents[0].data if documents else None
    return found if isinstance(found, list) else None


def _column(side: str, field: dict[str, Any], where: Origin) -> Fact:
    value: dict[str, Any] = {"name": field["name"]}
    if isinstance(kind := field.get("type"), (str, dict)):
        value["type"] = kind if isinstance(kind, str) else json.dumps(kind, sort_keys=True, default=str)[:200]
    if side == "inputs" and isinstance(field.get("required"), bool):
        value["required"] = field["required"]
    return Fact(f"training.signature.{side}[]", value, where, "observed", dict.fromkeys(value, where))


def _shape(fields: list[Any], where: Origin) -> Iterator[Fact]:
    """The shape of the only tensor, without the batch."""
    tensors = [f.get("tensor-spec") for _, f in rows(fields) if f.get("type") == "tensor"]
    shape = tensors[0].get("shape") if len(tensors) == 1 and isinstance(tensors[0], dict) else None
    if isinstance(shape, list) and len(shape) > 1 and shape[0] == -1:
        inner = shape[1:]
        if all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in inner):
            yield Fact("training.architecture.input_shape", inner, where, "observed")
