"""Front matter of a Hugging Face model card, with the results as `model-index`."""

import json
import re
from collections.abc import Iterator
from typing import Any

from mlgov.exports.headline import headline, name
from mlgov.exports.licences import hugging_face
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.result import MetricResult

_REPOSITORY = re.compile(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def export(project: Project) -> str:
    """The block between `---` lines; results that lack what the format requires are named in comments."""
    lines = ["---", *_identity(project)]
    shown, left = _shown(project)
    if shown:
        lines += ["model-index:", f"- name: {_text(project.identity.name or project.id)}", "  results:"]
        lines += (line for group in _grouped(project, shown) for line in group)
    lines += (f"# left out: {reason}" for reason in left)
    return "\n".join([*lines, "---"]) + "\n"


def _identity(project: Project) -> Iterator[str]:
    licence = project.identity.license
    said = (licence.weights or licence.code) if licence else None
    if said and (known := hugging_face(said)):
        yield f"license: {known}"
    elif said:
        yield from ("license: other", f"license_name: {_text(said)}")
    if task := project.framing.task:
        yield f"pipeline_tag: {_text(task)}"
    architecture = project.training.architecture
    base = architecture.base_model if architecture else None
    if base and _REPOSITORY.fullmatch(base):
        yield f"base_model: {_text(base)}"
    metrics = [str(metric.id) for metric in project.metrics if metric.id]
    if metrics:
        yield from ("metrics:", *(f"- {_text(metric)}" for metric in metrics))


def _shown(project: Project) -> tuple[list[MetricResult], list[str]]:
    """Results that `model-index` can hold, and why others are left out."""
    shown: list[MetricResult] = []
    left: list[str] = []
    for result in headline(project):
        what = f"{_comment(result.metric)} {_comment(result.literal('value'))}"
        if not project.framing.task:
            left.append(f"{what}: the task (framing.task) is not stated")
        elif not result.dataset:
            left.append(f"{what}: its data set is not stated")
        elif result.slice or result.variant:
            left.append(f"{what}: it is about a part of the data or a variant of the model")
        else:
            shown.append(result)
    return shown, left


def _grouped(project: Project, results: list[MetricResult]) -> Iterator[list[str]]:
    groups: dict[tuple[Any, ...], list[MetricResult]] = {}
    for result in results:
        groups.setdefault((result.dataset, result.split, result.dataset_version), []).append(result)
    for (dataset, split, version), rows in groups.items():
        lines = ["  - task:", f"      type: {_text(project.framing.task)}", "    dataset:"]
        known = project.dataset(dataset)
        lines += [f"      type: {_text(dataset)}", f"      name: {_text(known.id if known and known.id else dataset)}"]
        lines += [f"      split: {split}"] if split else []
        lines += [f"      revision: {_text(version)}"] if version else []
        yield [*lines, "    metrics:", *(line for row in rows for line in _metric(project, row))]


def _metric(project: Project, result: MetricResult) -> Iterator[str]:
    value = result.literal("value")
    yield f"    - type: {_text(name(project, result))}"
    yield f"      value: {value if _NUMBER.fullmatch(value) else _text(value)}"
    defined = project.metric(result.metric)
    average, k = (result.average or defined and defined.average), (result.k or defined and defined.k)
    if average or k:
        yield "      args:"
        yield from (f"        average: {average}",) if average else ()
        yield from (f"        k: {k}",) if k else ()


def _text(value: Any) -> str:
    """A double-quoted scalar, which every reader of YAML understands alike."""
    return json.dumps(str(value), ensure_ascii=False)


def _comment(value: Any) -> str:
    return " ".join(str(value).split())[:120]
