"""The stages of a dvc.yaml, with `foreach` and `matrix` written out and references replaced."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Any, NamedTuple

from mlgov.artifact import Artifact
from mlgov.finding import Origin
from mlgov.formats._interpolation import data_of, lookup, resolved, scope_of
from mlgov.formats._paths import rooted
from mlgov.units import literal

MOST = 500  # stages that one entry is written out to
PARAMS = "params.yaml"


class Stage(NamedTuple):
    """One stage as it runs: its name, its data without references, where it stands, the folder it runs in."""

    name: str
    data: dict[str, Any]
    origin: Origin
    wdir: str


def stages(pipeline: Artifact) -> Iterator[Stage]:
    """Every stage of a dvc.yaml in order."""
    data = pipeline.data
    scope = scope_of(pipeline, data.get("vars"))
    rows = data.get("stages")
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, dict):
            origin = pipeline.at("stages", name)
            for suffix, body, local in _expanded(row, scope):
                here = origin.at("do") if "foreach" in row else origin
                yield _stage(pipeline, name + suffix, body, here, {**scope, **local})


def _expanded(row: dict[str, Any], scope: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Suffix of the name, body and local values of each stage that an entry stands for."""
    if "foreach" in row and isinstance(row.get("do"), dict):
        yield from ((f"@{key}", row["do"], local) for key, local in _foreach(resolved(row["foreach"], scope)))
    elif isinstance(row.get("matrix"), dict):
        body = {key: value for key, value in row.items() if key != "matrix"}
        for suffix, local in _matrix(resolved(row["matrix"], scope)):
            yield suffix, body, local
    else:
        yield "", row, {}


def _foreach(items: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(items, dict):
        for key, item in islice(items.items(), MOST):
            yield key, {"item": item, "key": key}
    elif isinstance(items, list):
        for at, item in enumerate(items[:MOST]):
            plain = not isinstance(item, (dict, list))
            yield literal(item) if plain else str(at), {"item": item, "key": at}


def _matrix(axes: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    lists = {axis: values for axis, values in axes.items() if isinstance(values, list)}
    pairs = [[(axis, at, value) for at, value in enumerate(values)] for axis, values in lists.items()]
    for combination in islice(product(*pairs), MOST):
        names = [f"{a}{at}" if isinstance(value, (dict, list)) else literal(value) for a, at, value in combination]
        yield "@" + "-".join(names), {"item": {axis: value for axis, _, value in combination}}


def _stage(pipeline: Artifact, name: str, body: dict[str, Any], origin: Origin, scope: dict[str, Any]) -> Stage:
    wdir = resolved(body.get("wdir"), scope)
    folder = wdir if isinstance(wdir, str) else ""
    if "vars" in body:
        scope = {**scope_of(pipeline, body["vars"], folder), **scope}
    return Stage(name, resolved(body, scope), origin, folder)


def command(stage: dict[str, Any]) -> str | None:
    """The command of a stage as one text; several commands on lines of their own."""
    said = stage.get("cmd")
    if said is None or isinstance(said, dict):
        return None
    lines = said if isinstance(said, list) else literal(said).strip().split("\n")
    return "\n".join(" ".join(literal(line).split()) for line in lines)


class Out(NamedTuple):
    """A file that a stage writes; `is_cached` files are kept outside git."""

    path: str
    is_cached: bool


def files(rows: Any, pipeline: Artifact, wdir: str) -> list[Out]:
    """The files of `deps`, `outs`, `metrics` or `plots`, as paths from the root of the tree."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        for name, flags in row.items() if isinstance(row, dict) else [(row, None)]:
            if isinstance(name, str) and name.strip():
                cached = not (isinstance(flags, dict) and flags.get("cache") is False)
                found.append(Out(rooted(f"{pipeline.folder}/{wdir}", name.strip()), cached))
    return found


def parameters(stage: Stage, pipeline: Artifact) -> Iterator[tuple[str, Any, Origin]]:
    """Name, value and place of each parameter a stage depends on; the value is None where the file does not state it."""
    rows = stage.data.get("params")
    for row in rows if isinstance(rows, list) else ():
        wanted = row.items() if isinstance(row, dict) else [(PARAMS, [row])]
        for file, names in wanted:
            yield from _of_file(str(file), names, stage, pipeline)


def _of_file(file: str, names: Any, stage: Stage, pipeline: Artifact) -> Iterator[tuple[str, Any, Origin]]:
    data = data_of(pipeline, file, stage.wdir)
    path = rooted(f"{pipeline.folder}/{stage.wdir}", file).lstrip("/")
    listed = names if isinstance(names, list) and names else list(data) if isinstance(data, dict) else []
    for name in (n for n in listed if isinstance(n, str)):
        try:
            value = lookup(data, name)
        except KeyError:
            value = None
        yield qualified(file, name), value, Origin(path).at(*name.split("."))


def qualified(file: str, name: str) -> str:
    """A parameter by its name; one of another file than params.yaml with the file in front."""
    plain = file.removeprefix("./")
    return name if plain == PARAMS else f"{plain}:{name}"
