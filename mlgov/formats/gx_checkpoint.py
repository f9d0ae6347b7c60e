"""Checkpoints and validation definitions of Great Expectations: which data are checked by which suite, and together."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._gx import checks_of, project_of, suite_named
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "gx-checkpoint"
PATHS = ("*.json", "*.yml", "*.yaml")
MARKERS = (b'"validation_definitions"', b'"batch_definition"', b"expectation_suite_name", b"class_name: Checkpoint",
           b"class_name: SimpleCheckpoint", b"great_expectations.checkpoint")  # fmt: skip
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """A checkpoint of 0.x by its class or validations, of 1.x by its definitions; a definition by suite and data."""
    kind = _kind(artifact)
    return Claim("1.x" if kind != "0.x" else "0.x", kind if kind != "0.x" else "checkpoint") if kind else None


def _kind(artifact: Artifact) -> str:
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return ""
    if artifact.name.endswith(".json"):
        if isinstance(data.get("suite"), dict) and isinstance(value_at(data, "data", "asset"), dict):
            return "validation definition"
        return "checkpoint" if isinstance(data.get("validation_definitions"), list) else ""
    is_named = data.get("class_name") in ("Checkpoint", "SimpleCheckpoint")
    is_shaped = isinstance(data.get("validations"), list) and "config_version" in data
    return "0.x" if is_named or is_shaped else ""


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A definition binds a data set to its checks; a checkpoint is a pipeline that runs checks."""
    kind, data = _kind(artifact), artifact.data
    if kind == "validation definition":
        yield from _bound(
            artifact,
            value_at(data, "data", "asset", "name"),
            value_at(data, "suite", "name"),
            artifact.at("data", "asset", "name"),
        )
    elif kind:
        pipeline = Draft(artifact.at(), id=identifier(data["name"], "checkpoint"))
        pipeline.parts["id"] = artifact.at("name")
        named = list(_definitions(artifact)) if kind == "checkpoint" else list(_validations(artifact))
        suites = [suite for _, name, _ in named if (suite := suite_named(artifact, name)) is not None]
        pipeline.put(
            "checks",
            checks_of(suites) or None,
            artifact.at("validation_definitions" if kind == "checkpoint" else "validations"),
        )
        yield pipeline.fact("data.pipelines[]")
        for asset, suite, where in named if kind == "0.x" else ():
            yield from _bound(artifact, asset, suite, where)


def _definitions(artifact: Artifact) -> Iterator[tuple[Any, Any, Origin]]:
    """Data set and suite of each definition that a checkpoint of 1.x runs; they are told by id, files by name."""
    home = project_of(artifact)
    for at, row in rows(artifact.data["validation_definitions"]):
        name = row.get("name")
        found = artifact.beside(f"{home}validation_definitions/{name}.json") if home and isinstance(name, str) else None
        data = found.data if found is not None and isinstance(found.data, dict) else {}
        if row.get("id") == data.get("id"):
            where = artifact.at("validation_definitions", at)
            yield value_at(data, "data", "asset", "name"), value_at(data, "suite", "name"), where


def _validations(artifact: Artifact) -> Iterator[tuple[Any, Any, Origin]]:
    """Data set and suite of each validation of 0.x; the checkpoint states what its validations leave out."""
    data = artifact.data
    listed = list(rows(data.get("validations")))
    for at, row in listed or [(-1, data)]:
        where = artifact.at("validations", at) if at >= 0 else artifact.at("batch_request")
        asset = value_at(row, "batch_request", "data_asset_name") or value_at(data, "batch_request", "data_asset_name")
        yield asset, row.get("expectation_suite_name") or data.get("expectation_suite_name"), where


def _bound(artifact: Artifact, asset: Any, suite: Any, where: Origin) -> Iterator[Fact]:
    """A data set with the suite that checks it."""
    name, found = text_of(asset), suite_named(artifact, suite)
    if name is None or len(name) > 120:
        return
    record = Draft(where, id=identifier(name, "asset"), aliases=[name])
    if found is not None:
        record.values["checks"] = {"source": {"file": "/" + found.path}}
    yield record.fact("data.datasets[]")
