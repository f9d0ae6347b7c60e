"""Which model and which data a document, a deployment and the results speak about."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Findings, MetricResult, Origin, Project
from mlgov_rules.evaluation._documents import file_of, label, same_model
from mlgov_rules.evaluation._versions import contradict


class Named(NamedTuple):
    """A version that something names, and where."""

    text: str
    origin: Origin


def version_of(result: MetricResult, project: Project) -> Named | None:
    """The model version of a result: its own, else the one that its document states."""
    if result.model_version:
        return Named(result.literal("model_version"), result.at("model_version"))
    file = file_of(result)
    return next((v for v in named(project, "project.version") if v.origin.file == file and not result.is_own), None)


def named(project: Project, path: str) -> list[Named]:
    """Everything that is said about one version of the project."""
    return [Named(claim.text, claim.origin) for claim in project.claims(path)]


def evaluated(project: Project) -> list[Named]:
    """The versions that results name."""
    return [v for r in project.results if (v := version_of(r, project))]


def documents(project: Project) -> list[Named]:
    """The version as the manifest and the documents with numbers in them state it, but no registry and no citation."""
    speaking = {file_of(s) for s in project.statements} | {c.text for c in project.claims("project.card.file")}
    return [v for v in named(project, "project.version") if v.origin.file in speaking or _is_own(v, project)]


def _is_own(version: Named, project: Project) -> bool:
    return project.book.is_own(("project", "version")) and version.origin == project.at("project", "version")


def _pairs(
    document: list[MetricResult], observed: list[MetricResult], project: Project
) -> list[tuple[MetricResult, MetricResult]]:
    """Each statement of a document with each result of its metric, slice and variant."""
    measured = project.comparer.grouped(observed)
    groups = project.comparer.grouped(document).items()
    pairs = [(d, o) for group, said in groups for d in said for o in measured.get(group, ())]
    return [(d, o) for d, o in pairs if same_model(file_of(d), file_of(o), project)]


def another_version(
    document: list[MetricResult], observed: list[MetricResult], project: Project
) -> Iterator[tuple[str, list[Origin]]]:
    """Words and places where a document and all results of its metrics name different versions of the model."""
    pairs = _pairs(document, observed, project)
    stated = [(d, o, a, b) for d, o in pairs if (a := version_of(d, project)) and (b := version_of(o, project))]
    if not stated or not all(contradict(a.text, b.text) for _, _, a, b in stated):
        return
    alike = [s for s in stated if project.comparer.compare(s[0], s[1], ignore=("model_version",)).answer != "different"]
    d, o, a, b = (alike or stated)[0]
    words = f"{file_of(d)} speaks about version {a.text}, {file_of(o)} about version {b.text}"
    if alike:
        words = f"{file_of(d)} says {label(d)} = {d.literal('value')} for version {a.text}, "
        words += f"{file_of(o)} says {label(o)} = {o.literal('value')} for version {b.text}"
    yield words, [d.at("value"), a.origin, o.at("value"), b.origin]


def another_data_version(
    document: list[MetricResult], observed: list[MetricResult], project: Project
) -> Iterator[tuple[str, list[Origin]]]:
    """Words and places where a document and all results of its metrics name different versions of one data set."""
    key = project.comparer.key
    pairs = [(d, o) for d, o in _pairs(document, observed, project) if key(d).dataset == key(o).dataset]
    stated = [(d, o) for d, o in pairs if d.dataset_version and o.dataset_version and d.dataset]
    if stated and all(contradict(d.dataset_version, o.dataset_version) for d, o in stated):
        d, o = stated[0]
        words = f"{file_of(d)} says {label(d)} = {d.literal('value')} on version {d.dataset_version} of {d.dataset}, "
        words += f"{file_of(o)} says {o.literal('value')} on version {o.dataset_version}"
        yield words, [d.at("value"), d.at("dataset_version"), o.at("value"), o.at("dataset_version")]


def other_test_data(project: Project) -> Findings:
    """Results on another version of a data set than the one that is declared."""
    for dataset in project.data.datasets:
        on = [r for r in project.results if r.dataset_version and r.dataset and project.dataset(r.dataset) is dataset]
        if on and all(contradict(r.dataset_version, dataset.version) for r in on):
            words = (
                f"results are of version {on[0].dataset_version} of {dataset.id}, which is at version {dataset.version}"
            )
            yield on[0].at("dataset_version"), words, [dataset.at("version")]


def other_training_data(project: Project) -> Findings:
    """A model trained on another version of the training data than the one that is declared."""
    trained = [d for d in project.data.datasets if d.role == "train" and d.version]
    lineage = project.training.lineage
    if lineage and len(trained) == 1 and contradict(lineage.data_version, trained[0].version):
        words = f"the model was trained on version {lineage.data_version} of {trained[0].id}, which is at {trained[0].version}"
        yield lineage.at("data_version"), words, [trained[0].at("version")]


def other_artefact(project: Project) -> Findings:
    """Results of another model file than the one that the training wrote."""
    lineage, compression = project.training.lineage, project.serving.compression
    hashed = [r for r in project.results if r.model_hash and not r.variant]
    if not lineage or not lineage.model_hash or compression and compression.method != "none":
        return
    if hashed and all(contradict(r.model_hash, lineage.model_hash) for r in hashed):
        words = f"results are of the model with hash {hashed[0].model_hash}, the training wrote {lineage.model_hash}"
        yield hashed[0].at("model_hash"), words, [lineage.at("model_hash")]
