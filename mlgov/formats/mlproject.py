"""MLproject: the entry points of an MLflow project as stages of its pipeline, and its environment."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import flaw_at, identifier
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "mlflow-project"
PATHS = ("MLproject",)
MARKERS = ()
ROLE = "anchor"


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, and by entry points or a name."""
    data = artifact.data
    if not isinstance(data, dict):
        return None
    return Claim() if isinstance(data.get("entry_points"), dict) or isinstance(data.get("name"), str) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Tool, environment, and one stage for each entry point; defaults of parameters are no values that a run used."""
    data = artifact.data
    yield Fact("training.pipeline.tool", "mlflow", artifact.at())
    for key in ("python_env", "conda_env"):
        if name := text_of(data.get(key)):
            yield Fact("training.lineage.environment", rooted(artifact.folder, name), artifact.at(key))
    docker = data.get("docker_env")
    if isinstance(docker, dict) and (image := text_of(docker.get("image"))):
        yield Fact("training.lineage.environment", image, artifact.at("docker_env", "image"))
    points = data.get("entry_points")
    for name, point in points.items() if isinstance(points, dict) else ():
        if not isinstance(point, dict) or not isinstance(point.get("command"), str):
            yield flaw_at(
                artifact, artifact.at("entry_points", name), f"the entry point {str(name)[:60]!r} has no command"
            )
        else:
            yield _stage(artifact, str(name), point)


def _stage(artifact: Artifact, name: str, point: dict[str, Any]) -> Fact:
    where = artifact.at("entry_points", name)
    value: dict[str, Any] = {"id": identifier(name, "stage"), "command": " ".join(point["command"].split())}
    parameters = point.get("parameters")
    if isinstance(parameters, dict) and parameters:
        value["params"] = {str(key): _default(kind) for key, kind in parameters.items()}
    return Fact("training.pipeline.stages[]", value, where, "declared", {"params": where.at("parameters")})


def _default(kind: Any) -> Any:
    """`{type: float, default: 0.5}`; a bare type has no default."""
    default = kind.get("default") if isinstance(kind, dict) else None
    return default if not isinstance(default, (dict, list)) else None
