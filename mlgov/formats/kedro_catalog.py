"""Kedro's catalogue: data sets with their types and places, one folder for each environment."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._environment import environment_of
from mlgov.formats._paths import dataset, is_model, rooted
from mlgov.formats._quantities import is_templated
from mlgov.lifecycle.fact import Fact

NAME = "kedro-catalog"
PATHS = ("**/conf/*/catalog*.yml", "**/conf/*/catalog*.yaml", "**/conf/*/catalog/**", "**/conf/catalog*.yml")
MARKERS = (b"type:",)
ROLE = "anchor"
_TYPE = re.compile(r"[\w.]{1,100}\.\w{1,60}Data[Ss]et\w{0,20}|\w{0,60}Data[Ss]et|[a-z_]{1,40}\.[A-Z]\w{1,60}").fullmatch
_MODELS = re.compile(r"/(?:\d{1,2}_)?models?/").search
# what a run writes about itself, and what only exists in memory
_NO_DATA = ("tracking.", "matplotlib.", "plotly.", "json.JSONDataset", "MemoryData", "metrics", "Metrics")


def recognise(artifact: Artifact) -> Claim | None:
    """A mapping of names to entries whose type is a class of data set."""
    data = artifact.data
    if not isinstance(data, dict) or not data:
        return None
    entries = [row for name, row in data.items() if not str(name).startswith("_")]
    typed = [row for row in entries if isinstance(row, dict) and isinstance(row.get("type"), str)]
    return Claim() if typed and all(_TYPE(row["type"]) or is_templated(row["type"]) for row in typed) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A data set for each entry; factories (`{name}`), anchors (`_name`) and interpolated paths stand for others."""
    environment = environment_of(artifact.path)
    yield Fact("training.pipeline.tool", "kedro", artifact.at())
    for name, row in artifact.data.items():
        if (
            isinstance(row, dict)
            and isinstance(row.get("type"), str)
            and not set("{}_") & set(str(name)[:1])
            and "{" not in str(name)
        ):
            record = _entry(artifact, str(name), row)
            if record is not None:
                yield record.fact("data.datasets[]", environment)


def _entry(artifact: Artifact, name: str, row: dict[str, Any]) -> Draft | None:
    where, path = artifact.at(name), row.get("filepath")
    if any(mark in row["type"] for mark in _NO_DATA):
        return None
    record = Draft(where, id=identifier(name, "dataset"))
    if isinstance(path, str) and path and not is_templated(path) and "{" not in path:
        root = artifact.path.partition("conf/")[0].rstrip("/")
        place = rooted(root, path)
        if is_model(place) or _MODELS(place):
            return None
        record.put("location", place, where.at("filepath"))
        record.put("role", dataset(place).get("role"), where.at("filepath"))
    record.put("format", row["type"] if not is_templated(row["type"]) else None, where.at("type"))
    return record
