"""On which part of the data a result was measured, and whether anybody presents it as the final one."""

import re
from collections.abc import Iterator

from mlgov.rulekit import MetricResult, Origin, Project
from mlgov_rules.evaluation._documents import file_of, same_model

UNUSED_TEST = "presented as final, but measured on the validation split; a test set is kept, and no result is on it"
_TRAIN = {"train", "training"}
_OTHER = {"test", "testing", "val", "valid", "validation", "dev", "eval", "evaluation", "holdout"}


def data_split(result: MetricResult, project: Project) -> str | None:
    """What the data set of a result is used for: by its role, its part of the split, or a name such as `train.csv`."""
    dataset = project.dataset(result.dataset)
    parts = project.data.splits.parts if project.data.splits else []
    part = next((p.part for p in parts if dataset and p.dataset == dataset.id), None)
    role = dataset.role if dataset else None
    return role or part or _named(result.dataset or "", dataset.location if dataset else "")


def _named(*names: str | None) -> str | None:
    for name in names:
        stem = (name or "").rstrip("/").rpartition("/")[2].lower()
        words = set(re.split(r"[^a-z]+", stem))
        if words & _TRAIN and not words & _OTHER:
            return "train"
    return None


def split_of(result: MetricResult, project: Project) -> str | None:
    """The split of a result: as stated, as its metric's name says, or as its data set is used."""
    return project.comparer.key(result).split or data_split(result, project)


def peers(result: MetricResult, project: Project) -> list[MetricResult]:
    """The other results of the same metric and model, whatever the split."""
    compare, loose = project.comparer.compare, ("split", "dataset", "dataset_version")
    others = [o for o in project.comparer.alike(result) if o is not result]
    others = [o for o in others if same_model(file_of(o), file_of(result), project)]
    return [o for o in others if compare(o, result, ignore=loose).answer != "different"]


def is_decisive(result: MetricResult, project: Project) -> bool:
    """True if something is decided by the metric: it is primary, or has a target or a bound."""
    metric = project.metric(result.metric)
    if metric and (metric.role == "primary" or metric.target or metric.acceptable):
        return True
    return any(project.comparer.named_alike(c.metric, result.metric) for c in project.evaluation.acceptance)


def test_data(project: Project) -> Iterator[Origin]:
    """Where the project says that a part of the data is kept for the test."""
    parts = project.data.splits.parts if project.data.splits else []
    yield from (p.at("fraction" if p.fraction is not None else "part") for p in parts if p.part == "test")
    yield from (d.at("role") for d in project.data.datasets if d.role in ("test", "golden"))


def kept_apart(words: str, project: Project) -> list[Origin]:
    """The other end of a test set that is kept and not used."""
    return list(test_data(project))[:1] if words == UNUSED_TEST else []


def quoted(result: MetricResult, project: Project) -> str | None:
    """Words where a document repeats an observed validation or training value, while the test value is another."""
    observed = [(o, split_of(o, project)) for o in peers(result, project) if o.is_observed]
    agree = [(o, split) for o, split in observed if project.comparer.agree(result, o)]
    tested = next((o for o, split in observed if split == "test"), None)
    if not tested or not agree or any(split not in ("train", "validation") for _, split in agree):
        return None
    chosen, split = agree[0]
    return f"this is the {split} value of {file_of(chosen)}; on test it is {tested.literal('value')}"


def only_on(splits: tuple[str, ...], result: MetricResult, project: Project) -> bool:
    return all(split_of(o, project) in splits for o in peers(result, project))


def is_presented(result: MetricResult, project: Project) -> bool:
    if project.comparer.key(result).metric == "loss":
        return False  # a training loss is reported for its own sake
    return not result.is_observed or is_decisive(result, project) or data_split(result, project) == "train"


def is_final(result: MetricResult, project: Project) -> bool:
    """True if a document presents a validation value although a test set is kept for the final one."""
    final = not result.is_own or project.identity.stage in ("validation", "pre_launch", "production")
    return final and not result.is_observed and any(True for _ in test_data(project))


def share(result: MetricResult, project: Project) -> str:
    dataset = project.dataset(result.dataset)
    rows = dataset.rows if dataset else None
    return f" ({result.literal('n')} of {rows})" if result.n is not None and rows is not None else ""
