"""dvc.lock: the stages of a pipeline as they last ran, and the versions of the data and models they used."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._paths import dataset, is_data, is_model, rooted
from mlgov.formats._results import Said
from mlgov.formats._stages import command, qualified
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words
from mlgov.units import literal

NAME = "dvc-lock"
PATHS = ("dvc.lock",)
MARKERS = ()
ROLE = "part"

_HASHES = ("md5", "etag", "checksum", "sha256")


def recognise(artifact: Artifact) -> Claim | None:
    """By its name and its stages; the version is that of its schema."""
    data = artifact.data
    if not isinstance(data, dict) or not (isinstance(data.get("stages"), dict) or "schema" in data):
        return None
    return Claim(literal(data["schema"]) if "schema" in data else "")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Observed stages, data sets with their versions, and the model where one stage writes exactly one."""
    rows = artifact.data.get("stages")
    named = {name: row for name, row in rows.items() if isinstance(row, dict)} if isinstance(rows, dict) else {}
    for name, row in named.items():
        yield _observed(artifact, name, row)
    yield from _files(artifact, named)
    yield from _datasets(artifact, named)
    yield from _lineage(artifact, named)


def _observed(artifact: Artifact, name: str, row: dict[str, Any]) -> Fact:
    at = artifact.at("stages", name)
    value: dict[str, Any] = {"id": name, "locked": True}
    if (said := command(row)) is not None:
        value["command"] = said
    for key in ("deps", "outs"):
        value[key] = [path for path, _, _ in entries(artifact, row, key, at)]
    parts = {"command": at.at("cmd")}
    params = row.get("params")
    found: dict[str, Said] = {}
    for file, values in params.items() if isinstance(params, dict) else ():
        for key, parameter in values.items() if isinstance(values, dict) else ():
            found[qualified(file, key)] = Said(parameter, at.at("params", file, key))
    if found:
        value["params"] = {key: parameter.value for key, parameter in found.items()}
        parts |= {f"/params/{key}": parameter.origin for key, parameter in found.items()}
    return Fact("training.pipeline.stages[]", value, at, "observed", parts)


def entries(artifact: Artifact, row: dict[str, Any], key: str, at: Origin) -> list[tuple[str, dict[str, Any], Origin]]:
    """Path, entry and place of each file of `deps` or `outs`."""
    rows = row.get(key)
    return [
        (rooted(artifact.folder, entry["path"]), entry, at.at(key, index))
        for index, entry in enumerate(rows if isinstance(rows, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("path"), str)
    ]


def version(entry: dict[str, Any]) -> str | None:
    """The content hash of an entry with its kind: `md5-5d41402a…`."""
    return next((f"{kind}-{entry[kind]}" for kind in _HASHES if isinstance(entry.get(kind), str)), None)


def described(path: str, entry: dict[str, Any], at: Origin, how: str) -> Fact:
    """A data set with the version and the size that DVC recorded."""
    value = dataset(path)
    parts: dict[str, Origin] = {}
    for field, key in (("version", _HASHES), ("size_bytes", ("size",))):
        named = next(
            (k for k in key if isinstance(entry.get(k), (str, int)) and not isinstance(entry.get(k), bool)), None
        )
        if named is not None:
            value[field] = f"{named}-{entry[named]}" if field == "version" else entry[named]
            parts[field] = at.at(named)
    return Fact("data.datasets[]", value, at, how, parts)


def recorded(path: str, entry: dict[str, Any], at: Origin) -> Iterator[Fact]:
    """The digest of a file with its size, where DVC recorded both."""
    digest, size, count = version(entry), entry.get("size"), entry.get("nfiles")
    if digest is not None and isinstance(size, int) and not isinstance(size, bool) and size >= 0:
        value: dict[str, Any] = {"path": path, "digest": digest, "size": size}
        if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
            value["files"] = count
        yield Fact("training.pipeline.files[]", value, at, "observed", {"files": at.at("nfiles")})


def _files(artifact: Artifact, rows: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    """Every file of every stage; what is written and read again alike is told once."""
    told: set[str] = set()
    for name, row in rows.items():
        for key in ("deps", "outs"):
            for path, entry, at in entries(artifact, row, key, artifact.at("stages", name)):
                same = repr((path, entry))
                if same not in told:
                    told.add(same)
                    yield from recorded(path, entry, at)


def _datasets(artifact: Artifact, rows: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    """Each data file once, where it is written, else where it is first read; a role that two files claim is told of none."""
    found: dict[str, Fact] = {}
    for key in ("outs", "deps"):
        for name, row in rows.items():
            for path, entry, at in entries(artifact, row, key, artifact.at("stages", name)):
                if is_data(path) and path not in found:
                    found[path] = described(path, entry, at, "observed")
    roles = Counter(fact.value.get("role") for fact in found.values())
    for fact in found.values():
        role = fact.value.get("role")
        yield fact if role is None or roles[role] == 1 else _without_role(fact)


def _is_training_data(path: str) -> bool:
    return is_data(path) and dataset(path).get("role") == "train"


def _without_role(fact: Fact) -> Fact:
    return fact._replace(value={key: value for key, value in fact.value.items() if key != "role"})


def _lineage(artifact: Artifact, rows: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    """Hashes of the model and of its training data, where exactly one stage trains exactly one model."""
    training = [(n, row) for n, row in rows.items() if "train" in words(n) or "training" in words(n)]
    if len(training) != 1:
        return
    name, row = training[0]
    at = artifact.at("stages", name)
    for path, key, is_wanted in (("model_hash", "outs", is_model), ("data_version", "deps", _is_training_data)):
        wanted = [(entry, here) for file, entry, here in entries(artifact, row, key, at) if is_wanted(file)]
        if len(wanted) == 1 and (said := version(wanted[0][0])) is not None:
            yield Fact(f"training.lineage.{path}", said, wanted[0][1], "observed")
