"""Stages of a pipeline as declared and as they last ran, and the files they name."""

import re
from functools import lru_cache
from typing import NamedTuple

from mlgov.rulekit import PipelineStage, Project


class Pair(NamedTuple):
    """One stage by name: as declared in the pipeline, as recorded in the lock; None where it stands on one side only."""

    declared: PipelineStage | None
    recorded: PipelineStage | None


def pipelines(project: Project) -> dict[str, dict[str, Pair]]:
    """The stages of each folder that holds a pipeline with a lock, by name."""
    found: dict[str, dict[str, Pair]] = {}
    for stage in project.records(PipelineStage):
        folder, _, file = stage.at().file.rpartition("/")
        if stage.id and file in ("dvc.yaml", "dvc.lock"):
            pairs = found.setdefault(folder, {})
            pair = pairs.get(stage.id, Pair(None, None))
            pairs[stage.id] = pair._replace(declared=stage) if file == "dvc.yaml" else pair._replace(recorded=stage)
    return found


def is_certain(text: str | None) -> bool:
    """False for what still holds a reference that could not be replaced."""
    return bool(text) and "${" not in str(text)


@lru_cache(maxsize=4096)
def plain(path: str) -> str:
    """A path without doubled or trailing slashes and without `./`."""
    return re.sub(r"/+", "/", path.replace("\\", "/")).removeprefix("./").rstrip("/")


def same_path(a: str, b: str) -> bool:
    """Equal, or one is the other seen from a folder below: locks keep paths as the stage writes them."""
    first, second = sorted(("/" + plain(p).lstrip("/") for p in (a, b)), key=len)
    return second == first or second.endswith(first)


def is_remote(path: str) -> bool:
    """URLs, remotes and buckets are not looked for in the tree."""
    return "://" in path or path.startswith("~") or bool(re.match(r"[A-Za-z]:[\\/]", path))
