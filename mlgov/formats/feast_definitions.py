"""Definitions of Feast beside a feature_store.yaml: features, entities, services. The Python is read and never run."""

import ast
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._listed import folders_above
from mlgov.formats._python_calls import UNKNOWN, Module, argument, called, parsed
from mlgov.lifecycle.fact import Fact

NAME = "feast"
PATHS = ("**/feature_repo/**/*.py", "**/features/*.py", "**/feature_store/**/*.py", "features.py", "feature_*.py", "*_features.py",
         "*_repo.py", "definitions.py", "entities.py", "feast_*.py")  # fmt: skip
MARKERS = (b"import feast", b"from feast")
ROLE = "part"
_VIEWS = ("FeatureView", "BatchFeatureView", "StreamFeatureView", "LabelView")
_UNITS = {"weeks": "w", "days": "d", "hours": "h", "minutes": "m", "seconds": "s"}
_KINDS = {"Int32": "numeric", "Int64": "numeric", "Float32": "numeric", "Float64": "numeric", "Bool": "boolean",
          "UnixTimestamp": "datetime"}  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """Python that imports Feast, at or below a feature_store.yaml, with definitions at its top level."""
    if not any(artifact.beside(folder + "feature_store.yaml") for folder in folders_above(artifact)):
        return None
    module = parsed(artifact.raw)
    if module is None:
        return None
    found = list(module.calls(*_VIEWS, "OnDemandFeatureView", "Entity", "FeatureService"))
    is_whole = all(
        module.items(argument(view, "schema")) or argument(view, "schema") is None for view in module.calls(*_VIEWS)
    )
    if not found and not any(True for _ in _on_demand(module)):
        return None
    return Claim(detail="" if is_whole else "some definitions cannot be told without running them")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Features of views with how long they are good, the entity, who owns them, and what a service serves."""
    module = parsed(artifact.raw)
    if module is None:
        return
    owners: dict[str, Origin] = {}
    for view in module.calls(*_VIEWS):
        yield from _view(artifact, module, view)
        owner = module.constant(argument(view, "owner"))
        if isinstance(owner, str) and owner:
            owners.setdefault(owner, _at(artifact, argument(view, "owner") or view))
    if len(owners) == 1:
        yield from (Fact("team.ownership.data_pipelines", owner, where) for owner, where in owners.items())
    for function, decorator in _on_demand(module):
        for name, _, where in _fields(artifact, module, argument(decorator, "schema")):
            yield Fact("data.features[]", {"name": name, "serve_transform": f"on demand: {function}"}, where)
    yield from _entity(artifact, module)
    yield from _services(artifact, module)


def _at(artifact: Artifact, node: ast.expr) -> Origin:
    return Origin(artifact.path, f"@{node.lineno}:{node.col_offset + 1}")


def _view(artifact: Artifact, module: Module, view: ast.Call) -> Iterator[Fact]:
    ttl = argument(view, "ttl")
    good = _duration(module, ttl)
    for name, kind, where in _fields(artifact, module, argument(view, "schema") or argument(view, "features")):
        value = {"name": name} | ({"dtype": kind} if kind else {}) | ({"ttl": good} if good else {})
        yield Fact("data.features[]", value, where, "declared", {"ttl": _at(artifact, ttl or view)} if good else {})


def _fields(artifact: Artifact, module: Module, schema: ast.expr | None) -> Iterator[tuple[str, str, Origin]]:
    """Name, type and place of each `Field(name=…, dtype=…)`; `Feature` in old versions."""
    for item in module.items(schema):
        field = module.meant(item)
        if isinstance(field, ast.Call) and called(field) in ("Field", "Feature"):
            name = module.constant(argument(field, "name") or (field.args[0] if field.args else None))
            if isinstance(name, str) and name:
                yield name, _kind(argument(field, "dtype")), _at(artifact, item)


def _kind(dtype: ast.expr | None) -> str:
    if isinstance(dtype, ast.Call):
        inner = _kind(dtype.args[0]) if dtype.args else ""
        return "embedding" if called(dtype) == "Array" and inner == "numeric" else ""
    name = dtype.id if isinstance(dtype, ast.Name) else dtype.attr if isinstance(dtype, ast.Attribute) else ""
    return _KINDS.get(name.capitalize() if name.isupper() else name, "")


def _duration(module: Module, node: ast.expr | None) -> str | None:
    """`timedelta(days=1)` as `1d`; no ttl, None and 0 never expire; None where it would have to be run."""
    if node is None or module.constant(node) is None:
        return "0"
    found = module.meant(node)
    if not isinstance(found, ast.Call) or called(found) != "timedelta" or len(found.args) > 1:
        return None
    parts = [("days", module.constant(arg)) for arg in found.args]
    parts += [(keyword.arg or "", module.constant(keyword.value)) for keyword in found.keywords]
    if not all(name in _UNITS and type(value) is int and 0 <= value < 10**9 for name, value in parts):
        return None
    return "".join(f"{value}{_UNITS[name]}" for name, value in sorted(parts) if value) or "0"


def _on_demand(module: Module) -> Iterator[tuple[str, ast.Call]]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and called(decorator) == "on_demand_feature_view":
                    yield node.name, decorator


def _entity(artifact: Artifact, module: Module) -> Iterator[Fact]:
    """What repeats, where the module defines one entity with one key."""
    entities = list(module.calls("Entity"))
    if len(entities) != 1:
        return
    keys = module.items(argument(entities[0], "join_keys"))
    node = (
        keys[0]
        if len(keys) == 1
        else None
        if keys
        else argument(entities[0], "join_key") or argument(entities[0], "name")
    )
    key = module.constant(node)
    if node is not None and key is not UNKNOWN and isinstance(key, str):
        yield Fact("data.entity.key", key, _at(artifact, node))


def _services(artifact: Artifact, module: Module) -> Iterator[Fact]:
    """The features of the only service: whole views, or those that are picked from one (`view[["a", "b"]]`)."""
    services = list(module.calls("FeatureService"))
    if len(services) != 1:
        return
    found: list[Fact] = []
    for item in module.items(argument(services[0], "features")):
        picked = module.items(item.slice) if isinstance(item, ast.Subscript) else []
        view = module.meant(item.value if isinstance(item, ast.Subscript) else item)
        known = (
            [name for name, _, _ in _fields(artifact, module, argument(view, "schema"))]
            if isinstance(view, ast.Call)
            else []
        )
        names = [module.constant(node) for node in picked] if picked else known
        if not names or not all(isinstance(name, str) for name in names):
            return  # a part of the inputs would look like all of them
        found += [Fact("training.signature.inputs[]", {"name": name}, _at(artifact, item)) for name in names]
    yield from found
