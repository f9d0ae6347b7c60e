"""The meta.yaml files of MLflow's file store: experiments, runs, logged models, registered models and their versions."""

from collections.abc import Callable, Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import identifier
from mlgov.formats._mlflow import is_finished, is_run, time_of_epoch
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "mlflow-store"
PATHS = ("meta.yaml",)
MARKERS = (b"artifact_uri", b"artifact_location", b"creation_timestamp")
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its keys, which differ for each kind of record."""
    kind = _kind(artifact.data)
    return Claim(detail=kind) if kind else None


def _kind(data: Any) -> str:
    if not isinstance(data, dict):
        return ""
    if is_run(data):
        return "run"
    if data.keys() >= {"model_id", "source_run_id"}:
        return "logged model"
    if data.keys() >= {"experiment_id", "artifact_location"}:
        return "experiment"
    if data.keys() >= {"name", "creation_timestamp"}:
        return "model version" if "current_stage" in data else "registered model"
    return ""


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A finished run is a candidate; the champion, or the version in production, is the registered one."""
    reader = _READERS.get(_kind(artifact.data))
    if reader:
        yield from reader(artifact, artifact.data)


def _run(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    if not is_finished(data) or artifact.beside("tags/mlflow.parentRunId") is not None:
        return
    name = data.get("run_name") or data["run_id"]
    value = {"id": f"{identifier(literal(name), 'run')}-{literal(data['run_id'])[:8]}"}
    parts = {"id": artifact.at("run_name" if data.get("run_name") else "run_id")}
    if time := time_of_epoch(data.get("start_time")):
        value["trained_on"], parts["trained_on"] = time, artifact.at("start_time")
    yield Fact("training.candidates[]", value, artifact.at(), "observed", parts)


def _registered(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    aliases = data.get("aliases")
    champion = aliases.get("champion") if isinstance(aliases, dict) else None
    if isinstance(champion, (str, int)) and not isinstance(champion, bool):
        where = artifact.at("aliases", "champion")
        yield Fact("training.lineage.registered_version", literal(champion), where, "observed")
        version = artifact.beside(f"version-{champion}/meta.yaml")
        if version is not None and isinstance(version.data, dict):
            yield from _made_by(version, version.data)


def _version(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    if data["current_stage"] == "Production" and isinstance(data.get("version"), (str, int)):
        where = artifact.at("version")
        yield Fact("training.lineage.registered_version", literal(data["version"]), where, "observed")
        yield from _made_by(artifact, data)


def _made_by(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    """The run that the registered version came from."""
    for path, key in (("run_id", "run_id"), ("model_hash", "model_id")):
        if isinstance(data.get(key), str) and data[key]:
            yield Fact(f"training.lineage.{path}", data[key], artifact.at(key), "observed")


_READERS: dict[str, Callable[[Artifact, dict[str, Any]], Iterator[Fact]]] = {
    "run": _run, "registered model": _registered, "model version": _version,
}  # fmt: skip
