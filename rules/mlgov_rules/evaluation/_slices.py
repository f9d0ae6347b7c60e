"""Slices of the data: what they are cut by, and whether they make up the whole."""

import re
from collections.abc import Iterator

from mlgov.rulekit import MetricResult, Project


def words(text: str | None) -> set[str]:
    """The lower-case words of a name or a sentence."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text or "")
    return {word for word in re.split(r"[^0-9a-z가-힣]+", spaced.lower()) if word}


def attribute_of(result: MetricResult, project: Project) -> str | None:
    """The attribute that cuts the slice of a result: as defined, or as its text says (`sex=female`)."""
    if not result.slice:
        return None
    defined = next((s for s in project.evaluation.slices if s.id == result.slice), None)
    if defined:
        return defined.attribute  # type: ignore[no-any-return]
    name, mark, _ = re.sub(r"\s*(==|=|:)\s*", "=", result.slice).partition("=")
    return name.strip() if mark else None


def partitions(whole: MetricResult, project: Project) -> Iterator[tuple[str, list[MetricResult]]]:
    """For each attribute, the results of its slices that belong to the result of the whole."""
    compare, same_metric = project.comparer.compare, project.comparer.same_metric
    found: dict[str, list[MetricResult]] = {}
    for result in project.results:
        attribute = attribute_of(result, project) if same_metric(result, whole) else None
        if attribute and compare(result, whole, ignore=("slice",)).answer == "same":
            found.setdefault(attribute, []).append(result)
    yield from found.items()
