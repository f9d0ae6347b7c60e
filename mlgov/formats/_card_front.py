"""The front matter of a Hugging Face model card: licence, base model, task, data sets, and results of `model-index`."""

from collections.abc import Iterator
from typing import Any

from mlgov.documents import Flaw, locate
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.formats._metric_words import known, normalised
from mlgov.formats._numbers import amount
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import SPLITS
from mlgov.units import literal

_DATASET = {"type": "dataset", "revision": "dataset_version"}
_AVERAGES = ("binary", "micro", "macro", "weighted", "samples")


def front(card: Card, data: dict[str, Any]) -> Iterator[Fact | Flaw]:
    """Everything that the front matter states."""
    at = card.artifact.at()
    for key in ("license", "base_model", "pipeline_tag"):
        for value, origin in _texts(data, key, at):
            if key != "license" or value != "other":
                yield Fact(_PATHS[key], value, origin)
            elif isinstance(data.get("license_name"), str):
                yield Fact(_PATHS[key], data["license_name"], at.at("license_name"))
    for value, origin in _texts(data, "datasets", at):
        identifier = {"id": value} if value[:1].isalpha() and " " not in value else {}
        yield Fact("data.datasets[]", {**identifier, "aliases": [value]}, origin)
    for value, origin in _texts(data, "metrics", at):
        meant = known(value)
        yield Fact("metrics[]", {"id": meant.base if meant else normalised(value) or value, "type": value}, origin)
    yield from _index(card, data.get("model-index"), at.at("model-index"))


_PATHS = {"license": "project.license.weights", "base_model": "training.architecture.base_model",
          "pipeline_tag": "framing.task"}  # fmt: skip


def _texts(data: dict[str, Any], key: str, at: Origin) -> Iterator[tuple[str, Origin]]:
    """The texts at a key that may be one text or a list of them."""
    value = data.get(key)
    rows = enumerate(value) if isinstance(value, list) else [(None, value)]
    for index, row in rows:
        origin = at.at(key) if index is None else at.at(key, index)
        if isinstance(row, str) and not is_placeholder(row):
            yield row, origin


def _index(card: Card, index: Any, at: Origin) -> Iterator[Fact | Flaw]:
    if index is None:
        return
    if not isinstance(index, list):
        yield flaw(card, at, "model-index is a list of models; each has a name and results")
        return
    models = [(i, m) for i, m in enumerate(index) if isinstance(m, dict)]
    for i, model in models:
        name = model.get("name")
        if not isinstance(name, str):
            yield flaw(card, at.at(i), "a model of model-index has no name")
        elif len(models) == 1:
            yield Fact("project.name", name, at.at(i, "name"))
        variant = {"variant": Said(name, at.at(i, "name"))} if len(models) > 1 and isinstance(name, str) else {}
        yield from _model(card, model.get("results"), at.at(i, "results"), variant)


def _model(card: Card, rows: Any, at: Origin, variant: dict[str, Said]) -> Iterator[Fact | Flaw]:
    """The results of one model; where it does several tasks, each task is a variant of its own."""
    results = [(j, row) for j, row in enumerate(rows if isinstance(rows, list) else []) if isinstance(row, dict)]
    tasks = {
        j: row["task"]["type"] for j, row in results if isinstance(row.get("task"), dict) and row["task"].get("type")
    }
    several = len({literal(task) for task in tasks.values()}) > 1
    for at_task in list(tasks)[: 0 if several else 1]:
        yield Fact("framing.task", literal(tasks[at_task]), at.at(at_task, "task", "type"))
    for j, row in results:
        own = {"variant": Said(literal(tasks[j]), at.at(j, "task", "type"))} if several and j in tasks else {}
        yield from _results(card, row, at.at(j), {**variant, **own})


def _results(card: Card, row: dict[str, Any], at: Origin, variant: dict[str, Said]) -> Iterator[Fact | Flaw]:
    dataset = row.get("dataset")
    if not isinstance(dataset, dict) or not dataset.get("type") or not dataset.get("name"):
        lacking = "dataset" if not isinstance(dataset, dict) else "dataset.type or dataset.name"
        where = at.at("dataset") if isinstance(dataset, dict) else at
        refused = flaw(card, where, f"a result of model-index has no {lacking}, so other tools refuse the whole card")
        index = locate(card.artifact.path, card.artifact.raw, "/model-index")
        yield refused._replace(other=(index.line, index.column))
    context = {**variant, **(_of_dataset(dataset, at.at("dataset")) if isinstance(dataset, dict) else {})}
    metrics = row.get("metrics")
    for k, metric in enumerate(metrics if isinstance(metrics, list) else []):
        if isinstance(metric, dict):
            yield from _metric(card, metric, at.at("metrics", k), context)


def _of_dataset(dataset: dict[str, Any], at: Origin) -> dict[str, Said]:
    found = {field: Said(literal(dataset[key]), at.at(key)) for key, field in _DATASET.items() if dataset.get(key)}
    if isinstance(config := dataset.get("config"), str) and "dataset" in found and config != "default":
        found["dataset"] = Said(f"{found['dataset'].value}/{config}", at.at("type"))
    split = SPLITS.get(literal(dataset.get("split")).lower())
    return {**found, "split": Said(split, at.at("split"))} if split else found


def _metric(card: Card, metric: dict[str, Any], at: Origin, context: dict[str, Said]) -> Iterator[Fact | Flaw]:
    name = metric.get("type") if isinstance(metric.get("type"), str) else metric.get("name")
    value = metric.get("value")
    if not isinstance(name, str) or value is None:
        yield flaw(card, at, f"a metric of model-index has no {'value' if isinstance(name, str) else 'type'}")
        return
    printed = amount(value) if isinstance(value, str) else None
    read = printed.text if printed else value
    if isinstance(read, bool) or not isinstance(read, (int, float)) and printed is None:
        return  # a table or a text of several numbers; nothing that can be compared
    if isinstance(read, float) and not abs(read) < float("inf"):
        yield flaw(card, at.at("value"), f"{name} is {literal(value)}, which is not a finite number")
        return
    yield result(name, Said(read, at.at("value")), {**context, **_arguments(metric, at)}, "declared")


def _arguments(metric: dict[str, Any], at: Origin) -> dict[str, Said]:
    found: dict[str, Said] = {}
    arguments = metric.get("args")
    if isinstance(arguments, dict):
        if arguments.get("average") in _AVERAGES:
            found["average"] = Said(arguments["average"], at.at("args", "average"))
        if isinstance(arguments.get("k"), int):
            found["k"] = Said(arguments["k"], at.at("args", "k"))
    named = known(metric["name"]) if isinstance(metric.get("name"), str) else None
    if named and named.average:
        found.setdefault("average", Said(named.average, at.at("name")))
    return found


def flaw(card: Card, origin: Origin, reason: str) -> Flaw:
    """A value of the front matter that is not what it should be, at its place."""
    span = locate(card.artifact.path, card.artifact.raw, origin.pointer)
    return Flaw("INT004", reason, span.line, span.column)
