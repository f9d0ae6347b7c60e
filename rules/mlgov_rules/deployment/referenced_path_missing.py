"""A file that a document names must be in the repository, under exactly this name.

## Why
A path that leads nowhere is evidence that cannot be read, or a rule file that is never loaded. Globs, URLs and
paths inside containers are somebody else's. Data are often generated or kept elsewhere, so a data set is
reported only where a file differs in upper and lower case: such a path works on one machine and not on the next.
A model card promises with every test and page that it names: links are followed from the card; scripts, tests and pages
in code marks may lie anywhere in the project, and count only where the folder that they name exists.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, artifacts: [docs/runbook.md, {path: reports/Metrics.json}]}
~~~
~~~json reports/metrics.json
{"roc_auc": 0.87}
~~~

### rules that are never loaded
~~~yaml ops/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {rule_files: [alerts/churn.yml]}
~~~

### a data set in another spelling
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, role: train, location: data/Train.csv}]}
~~~
~~~csv data/train.csv
a,b
1,2
~~~

### a card that rests on a test which is not there
~~~markdown MODEL_CARD.md
Model card
==========

Ethical considerations
----------------------

Gaps between groups are tested in `tests/test_fairness.py`.
The data are described in the [data card](docs/DATA_CARD.md).
~~~
~~~python tests/test_model.py
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, artifacts: [docs/runbook.md, {path: reports/metrics.json}]}
~~~

~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, role: train, location: data/train.csv}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, artifacts: [reports/metrics.json, "reports/*.html"]}
monitoring: {rule_files: [/etc/prometheus/rules/churn.yml]}
data: {datasets: [{id: train, role: train, location: "s3://churn/train.csv"}]}
~~~
~~~json reports/metrics.json
{"roc_auc": 0.87}
~~~

### what a card names lies there, or elsewhere
~~~markdown models/MODEL_CARD.md
Model card
==========

Ethical considerations
----------------------

Gaps between groups are tested in `tests/test_fairness.py`, plots are made by `reporting/plots.py` of our platform.
See [how it was trained](../docs/training.md#steps) and the [paper](https://example.org/paper.md).
~~~
~~~markdown docs/training.md
Training
========
~~~
~~~python churn/tests/test_fairness.py
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, role: train, location: data/train.csv}]}
~~~

## Remedy
correct the path, or commit the file

## References
S4-58
"""

import re

from mlgov.rulekit import Alert, Dataset, Findings, Fix, Origin, Project, abstain, repair, rule, spelled_like

# not a path of the repository: a glob, a variable, a URL, a place on a machine
_ELSEWHERE = re.compile(r"[*?\[\]{}$<>~]|://|^[A-Za-z]:[\\/]|^\.\.$")


@rule("DEP216", severity="IWW", sources=["S4-58"])
def referenced_path_missing(project: Project) -> Findings:
    for artifact in project.identity.artifacts:
        path = artifact.path_ or ""
        if artifact.is_own and path and not _ELSEWHERE.search(path) and project.exists(path) is False:
            near = project.tree.near(project.path(path))
            place = artifact.at("path") if artifact.literal("path") else artifact.at()
            yield artifact.at(), _words("project.artifacts", path, near), [], _spelled(place, path, near)
    for i, path in enumerate(project.monitoring.rule_files):
        yield from _rule_file(path, project.at("monitoring", "rule_files", i), project)
    for i, path in enumerate(project.identity.card.files if project.identity.card else ()):
        yield from _of_card(path, project.at("project", "card", "files", i), project)
    for dataset in project.data.datasets:
        yield from _dataset(dataset, project)


def _words(what: str, path: str, near: str | None) -> str:
    spelling = f"; only upper and lower case differ from {near}" if near else ""
    return f"{what} names {path}, which is not in the repository{spelling}"


def _spelled(place: Origin, path: str, near: str | None) -> Fix | None:
    """The path as the file is called."""
    right = spelled_like(path, near)
    return repair.fix(f"write {right}", repair.replace(place, right, path), safe=True) if right else None


def _rule_file(path: str, origin: Origin, project: Project) -> Findings:
    """Prometheus looks beside its configuration; where a file of this name exists at all, it may be mounted there."""
    beside = "/".join(p for p in (origin.file.rpartition("/")[0], path.removeprefix("./")) if p)
    known = {alert.at().file.rpartition("/")[2] for alert in project.records(Alert)}
    if _ELSEWHERE.search(path) or path.startswith("/") or ".." in path or path.rpartition("/")[2] in known:
        return
    if not project.tree.exists(beside) and project.exists(path) is False:
        near = project.tree.near(beside) or project.tree.near(project.path(path))
        yield origin, _words("rule_files", path, near), [], _spelled(origin, path, near)


def _of_card(path: str, origin: Origin, project: Project) -> Findings:
    """A link leads to one path; what is only named may lie at the card, above it, or anywhere in the project."""
    folders = ("",) if path.startswith("/") else _upward(origin.file)
    places = list(dict.fromkeys(f"{folder}/{path}".strip("/") for folder in folders))
    if any(map(project.tree.exists, places)) or any(_is_mounted(place, project) for place in places):
        return
    if not path.startswith("/"):
        first = path.partition("/")[0]
        known = any(project.tree.exists(f"{folder}/{first}".strip("/")) for folder in folders)
        below = f"{project.folder}/" if project.folder else ""
        if not known or any(f.endswith("/" + path) and f.startswith(below) for f in project.tree.files()):
            return
    near = next((n for n in map(project.tree.near, places) if n), None)
    yield origin, _words(origin.file, path.lstrip("/"), near)


def _upward(file: str) -> list[str]:
    """The folder of a file and those above it, up to the root."""
    parts = file.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(len(parts), -1, -1)]


def _is_mounted(path: str, project: Project) -> bool:
    """True below something that is listed as one thing: a submodule, a link, data that DVC keeps."""
    parts = path.split("/")
    above = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return any(project.tree.exists(f"{place}.dvc") or place in project.tree.files() for place in above)


def _dataset(dataset: Dataset, project: Project) -> Findings:
    path = dataset.location or ""
    if not path or _ELSEWHERE.search(path) or project.exists(path) is not False:
        return
    near = project.tree.near(project.path(path))
    if near:
        place = dataset.at("location")
        yield place, _words(f"data set {dataset.id}", path, near), [], _spelled(place, path, near)
    else:
        yield abstain("the data may be generated or kept elsewhere")
