"""dvc.yaml: the stages of a pipeline as declared, and the data sets among its artifacts."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._paths import dataset, rooted
from mlgov.formats._stages import Stage, command, files, parameters, stages
from mlgov.lifecycle.fact import Fact

NAME = "dvc"
PATHS = ("dvc.yaml",)
MARKERS = ()
ROLE = "anchor"

_KEYS = frozenset("vars stages plots params metrics artifacts datasets".split())


def recognise(artifact: Artifact) -> Claim | None:
    """By its name and its keys."""
    data = artifact.data
    return Claim() if isinstance(data, dict) and data and data.keys() <= _KEYS else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One declared stage for each stage that runs."""
    yield Fact("training.pipeline.tool", "dvc", artifact.at())
    for stage in stages(artifact):
        yield _declared(stage, artifact)
    yield from _artifacts(artifact)


def _declared(stage: Stage, artifact: Artifact) -> Fact:
    data, at = stage.data, stage.origin
    value: dict[str, Any] = {"id": stage.name}
    if (said := command(data)) is not None:
        value["command"] = said
    written = [out for key in ("outs", "metrics", "plots") for out in files(data.get(key), artifact, stage.wdir)]
    metrics = [out.path for out in files(data.get("metrics"), artifact, stage.wdir) if not out.is_cached]
    value["deps"] = [dep.path for dep in files(data.get("deps"), artifact, stage.wdir)]
    committed = frozenset(metrics)
    value["outs"] = list(dict.fromkeys(out.path for out in written if out.path not in committed))
    value["metrics"] = metrics
    parts = {"command": at.at("cmd")}
    if found := list(parameters(stage, artifact)):
        value["params"] = {name: parameter for name, parameter, _ in found}
        parts |= {f"/params/{name}": origin for name, _, origin in found}
    if data.get("frozen") is True:
        value["frozen"] = True
    return Fact("training.pipeline.stages[]", value, at, "declared", {**parts, **_places(stage, at)})


def _places(stage: Stage, at: Origin) -> dict[str, Origin]:
    """Where each file of a stage is named; outs are gathered from three lists."""
    found: dict[str, Origin] = {}
    count = 0
    for key in ("outs", "metrics", "plots"):
        rows = stage.data.get(key)
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            cached = not (
                isinstance(row, dict) and any(isinstance(f, dict) and f.get("cache") is False for f in row.values())
            )
            if key != "metrics" or cached:
                found[f"outs.{count}"] = at.at(key, index)
                count += 1
    return found


def _artifacts(artifact: Artifact) -> Iterator[Fact]:
    """`artifacts: {churn_data: {path: data/churn.csv, type: dataset}}`."""
    rows = artifact.data.get("artifacts")
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, dict) and row.get("type") in ("dataset", "data") and isinstance(row.get("path"), str):
            value = dataset(rooted(artifact.folder, row["path"]))
            yield Fact("data.datasets[]", {**value, "aliases": [str(name)]}, artifact.at("artifacts", name))
