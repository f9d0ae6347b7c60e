"""great_expectations.yml: the generation of the library, and where the files that it checks lie."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import identifier
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "gx-project"
PATHS = ("great_expectations.yml", "great_expectations.yaml")
MARKERS = ()
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its name and its stores; `config_version` 4 is 1.x, below it 0.x."""
    data = artifact.data
    if not isinstance(data, dict) or "config_version" not in data or "stores" not in data:
        return None
    return Claim("1.x" if literal(data["config_version"]).startswith("4") else "0.x")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A data set for each asset that is one file of the tree; absolute paths are those of somebody's machine."""
    sources = artifact.data.get("fluent_datasources")
    for source, body in sources.items() if isinstance(sources, dict) else ():
        assets = body.get("assets") if isinstance(body, dict) else None
        for name, asset in assets.items() if isinstance(assets, dict) else ():
            if isinstance(asset, dict):
                yield from _asset(artifact, str(source), str(name), asset)


def _asset(artifact: Artifact, source: str, name: str, asset: dict[str, Any]) -> Iterator[Fact]:
    path = text_of(asset.get("filepath_or_buffer"))
    if path is None or "\\" in path or path.startswith("/") or path[1:2] == ":":
        return
    # paths are those of the process, which runs where the project of the library lies
    above = artifact.folder.rpartition("/")[0]
    value: dict[str, Any] = {"id": identifier(name, "asset"), "aliases": [name], "location": rooted(above, path)}
    where = artifact.at("fluent_datasources", source, "assets", name)
    parts = {"location": where.at("filepath_or_buffer")}
    if kind := text_of(asset.get("type")):
        value["format"], parts["format"] = kind, where.at("type")
    yield Fact("data.datasets[]", value, where, "declared", parts)
