"""Which file belongs to which project: the nearest manifest above it, what `project.artifacts` names, or its folder."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.fact import Defect, Evidence
from mlgov.lifecycle.tree import in_folder

# folders that teams keep inside a project: a card in `docs/` is about the project above
INNER = frozenset(
    "docs doc models model model_cards model-cards cards card reports report metrics results evaluation eval "
    "references artifacts outputs output monitoring k8s kubernetes deploy deployment deployments infra ops config "
    "configs conf .github .gitlab governance data gx great_expectations expectations dvclive .eval_results logs "
    "notebooks rollout rollouts base overlays prometheus grafana alerts rules mlruns src serving manifests helm charts "
    "templates observability slo slos contracts pipelines feature_repo registry process plan experiments "
    "operations runbook runbooks profiles adr adrs decisions workflows rfc rfcs prd prds".split()
)
# folders that hold folders of a tool's making, a run or an environment each: everything below them is about the project above
STORES = frozenset("mlruns mlartifacts wandb gx great_expectations conf detectors".split())


class Group(NamedTuple):
    """One project's files. name: its id where the path tells it, else the name of its folder."""

    name: str
    folder: str
    evidence: list[Evidence]
    has_manifest: bool = False


def home(path: str) -> str:
    """The folder of the project a native file speaks about: its folder without the usual inner folders."""
    parts = path.split("/")[:-1]
    store = next((at for at, part in enumerate(parts) if part in STORES), len(parts))
    parts = parts[:store]
    while parts and parts[-1].lower() in INNER:
        parts.pop()
    return "/".join(parts)


def manifest_folder(path: str) -> tuple[str, str]:
    """The project's folder and, for `governance/<project>/section.yaml`, its id."""
    parts = path.split("/")[:-1]
    if "governance" in parts:
        at = len(parts) - 1 - parts[::-1].index("governance")
        inner = parts[at + 1 :]
        return "/".join(parts[:at]), inner[0] if inner else ""
    return "/".join(parts), ""


def grouped(evidence: Iterable[Evidence]) -> tuple[list[Group], list[Defect]]:
    """The projects of a repository with their files, and a defect for each file that could belong to several."""
    files = sorted(evidence, key=lambda e: e.file)
    groups = _manifest_groups(files)
    named = _named(groups)
    defects: list[Defect] = []
    native = [f for f in files if f.role != "manifest"]
    if not groups:
        groups = _native_groups(native)
    else:
        groups += _anchored_elsewhere(native, groups, named)
    for file in sorted(native, key=lambda f: f.role in ("shared", "note")):  # these belong to what the others make
        _place(file, groups, named, defects)
    return [g for g in groups if g.evidence], defects


def _manifest_groups(files: list[Evidence]) -> list[Group]:
    found: dict[tuple[str, str], Group] = {}
    for file in (f for f in files if f.role == "manifest"):
        folder, name = manifest_folder(file.file)
        group = found.setdefault((folder, name), Group(name or folder.rpartition("/")[2], folder, [], True))
        group.evidence.append(file)
    return [found[key] for key in sorted(found)]


def _named(groups: list[Group]) -> dict[str, Group]:
    """The files that `project.artifacts` and the model card entry name."""
    named: dict[str, Group] = {}
    for group in groups:
        for fact in (f for e in group.evidence for f in e.facts if f.path == "project"):
            for path in _artifact_paths(fact.value):
                named[in_folder(group.folder, path)] = group
    return named


def _artifact_paths(identity: Any) -> Iterable[str]:
    if not isinstance(identity, dict):
        return
    card = identity.get("card")
    entries = identity.get("artifacts")
    for entry in [*(entries if isinstance(entries, list) else []), card]:
        path = entry.get("path", entry.get("file")) if isinstance(entry, dict) else entry
        if isinstance(path, str):
            yield path


def _native_groups(files: list[Evidence]) -> list[Group]:
    anchors = [f for f in files if f.role == "anchor"]
    folders = {home(f.place) for f in anchors or files if f.role not in ("shared", "note")}
    if files and not folders:
        folders = {""}  # only what belongs to every project: then the repository is one
    return [Group(folder.rpartition("/")[2], folder, []) for folder in sorted(folders)]


def _anchored_elsewhere(files: list[Evidence], groups: list[Group], named: dict[str, Group]) -> list[Group]:
    """Model cards and pipelines outside every manifest's folder make projects of their own."""
    taken = {g.folder for g in groups}
    outside = {
        home(f.place)
        for f in files
        if f.role == "anchor" and f.file not in named and not any(_inside(f.place, folder) for folder in taken)
    }
    return [Group(folder.rpartition("/")[2], folder, []) for folder in sorted(outside) if folder]


def _inside(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def _place(file: Evidence, groups: list[Group], named: dict[str, Group], defects: list[Defect]) -> None:
    if file.role == "shared":
        below = [group for group in groups if _inside(group.folder + "/", home(file.place))]
        for group in below or _nearest(file.place, groups):
            group.evidence.append(file)
        return
    if file.file in named:
        named[file.file].evidence.append(file)
        return
    nearest = _nearest(file.place, groups)
    if len(nearest) == 1:
        nearest[0].evidence.append(file)
    elif file.role == "note":
        return  # nobody can tell which of several projects is meant
    elif all(g.has_manifest for g in nearest) and nearest:
        names = " or ".join(sorted(g.name or "the root" for g in nearest))
        message = f"{file.file} could belong to {names}; name it in project.artifacts of one of them"
        defects.append(Defect("INT010", message, (Origin(file.file),), file.file))
    else:
        folder = home(file.place)
        groups.append(Group(folder.rpartition("/")[2], folder, [file]))


def _nearest(path: str, groups: list[Group]) -> list[Group]:
    """The projects in the nearest folder above; where none is above, the only one, else all that have a manifest."""
    above = [g for g in groups if _inside(path, g.folder)]
    depth = max((len(g.folder) for g in above), default=-1)
    if above:
        return [g for g in above if len(g.folder) == depth]
    return groups if len(groups) == 1 else [g for g in groups if g.has_manifest]
