"""A small tree with data, and what measuring it gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlgov.analysis import look
from mlgov.lifecycle.measured import Measured
from mlgov.policy.settings import DEFAULTS
from mlgov.scope import Scope
from mlgov.snapshot import open_snapshot
from mlgov.verification import DataFolder, Verified, limits_from, measure

HEAD = "apiVersion: mlgov/v1\nproject: {id: x}\n"


def written(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files in it."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def measured(
    root: Path,
    *,
    isolated: bool = False,
    exclude: str = "",
    spark: str = "",
    kind: type[Measured] = Measured,
    **limits: Any,
) -> Verified:
    """What measuring the one project of a folder gives. limits: such as `max_rows=3`."""
    tree = open_snapshot(str(root))
    scope = Scope((), [([], [exclude] if exclude else [])])
    (project,) = look(tree, scope, "2026-11-20").assembled.projects
    asked = limits_from(DEFAULTS["data"] | limits, spark)
    return measure(project, DataFolder(str(root), scope.excludes), asked, isolated=isolated, kind=kind)
