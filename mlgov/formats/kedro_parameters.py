"""Kedro's parameters: hyper-parameters, seeds, splits, in a folder for each environment."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._environment import environment_of
from mlgov.formats._steering import steering
from mlgov.lifecycle.fact import Fact

NAME = "kedro-parameters"
PATHS = ("**/conf/*/parameters*.yml", "**/conf/*/parameters*.yaml", "**/conf/*/parameters/**")
MARKERS = ()
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its place, where a pyproject.toml above `conf/` or a catalogue beside the file says that this is Kedro."""
    root = artifact.path.partition("conf/")[0]
    project = artifact.beside(f"/{root}pyproject.toml")
    is_kedro = project is not None and b"[tool.kedro]" in project.raw
    environment = artifact.path[len(root) :].split("/")[1:2]
    has_catalogue = any(artifact.beside(f"/{root}conf/{name}/catalog.yml") for name in (*environment, "base"))
    return Claim() if (is_kedro or has_catalogue) and isinstance(artifact.data, dict) and artifact.data else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What each value means; an environment of its own never contradicts another."""
    environment = environment_of(artifact.path)
    for fact in steering(artifact.data, artifact.at()):
        yield fact._replace(environment=environment)
