"""The front matter of a Hugging Face data set card: licence, labels, features, splits, files."""

from collections.abc import Callable, Iterator
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._card import Card, Line
from mlgov.formats._column_types import column_type
from mlgov.formats._data_card_lines import name_said, place_of
from mlgov.formats._draft import identifier, rows
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import count_of
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.grouping import home
from mlgov.lifecycle.metric_name import SPLITS

Stated = tuple[str, Any, Origin]


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, str)) and bool(value)


def _are_configs(value: Any) -> bool:
    return any("data_files" in row or "config_name" in row for _, row in rows(value))


# keys that only cards of data sets have, and the kind of value that makes them so
KEYS: dict[str, Callable[[Any], bool]] = {
    "dataset_info": lambda value: isinstance(value, (dict, list)) and bool(value),
    "configs": _are_configs,
    "task_categories": _is_list,
    "size_categories": _is_list,
    "annotations_creators": _is_list,
    "source_datasets": _is_list,
    "pretty_name": lambda value: isinstance(value, str),
}
_CREATORS = {
    "expert-generated": "manual",
    "crowdsourced": "manual",
    "machine-generated": "programmatic",
    "found": "automatic",
}
_MODALITIES = ("tabular", "text", "image", "audio", "video")
_PARTS = ("train", "validation", "test")


def front(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    """What the front matter states besides the data set itself."""
    at = artifact.at()
    for _, value, where in licence(artifact, data):
        yield Fact("project.license.data", value, where)
    tasks = _texts(data.get("task_categories"))
    if len(tasks) == 1:
        yield Fact("framing.task", tasks[0], at.at("task_categories"))
    creators = {_CREATORS.get(text) for text in _texts(data.get("annotations_creators"))}
    if len(creators) == 1 and (source := creators.pop()):
        yield Fact("data.labels.source", source, at.at("annotations_creators"))
    yield from _information(data.get("dataset_info"), at.at("dataset_info"))
    yield from _files(artifact, data.get("configs"), at.at("configs"))


def licence(artifact: Artifact, data: dict[str, Any]) -> Iterator[Stated]:
    """The licence by its identifier; by its own name where it is none of the list."""
    found = _texts(data.get("license"))
    if len(found) == 1 and found[0] not in ("other", "unknown"):
        yield "license", found[0], artifact.at("license")
    elif found == ["other"] and (names := _texts(data.get("license_name"))):
        yield "license", names[0], artifact.at("license_name")


def named(card: Card, data: dict[str, Any], said: list[Line]) -> Iterator[Stated]:
    """What the data set is called, what it was made from, and what sort of data it holds."""
    at, line = card.artifact.at(), name_said(said)
    name, where = (line.value, place_of(card, line)) if line else (data.get("pretty_name"), at.at("pretty_name"))
    if isinstance(name, str) and not is_placeholder(name):
        if "/" in name and "." in name and " " not in name:
            yield "location", rooted(home(card.artifact.path), name), where
        else:
            yield from ((("id", identifier(name), where),) if name.isidentifier() else ())
            yield "aliases", [name[:120]], where
    if sources := _texts(data.get("source_datasets")):
        yield "provenance", ", ".join(sources)[:500], at.at("source_datasets")
    kinds = {text.partition("-")[0] for text in _texts(data.get("task_categories"))}
    if len(kinds) == 1 and (kind := kinds.pop()) in _MODALITIES:
        yield "modality", kind, at.at("task_categories")


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [text for text in found if isinstance(text, str) and not is_placeholder(text)]


def _information(value: Any, at: Origin) -> Iterator[Fact]:
    """`dataset_info`, an object or a list of one for each configuration; of several nobody knows which is meant."""
    if isinstance(value, list):
        if len(value) != 1:
            return
        value, at = value[0], at.at(0)
    if not isinstance(value, dict):
        return
    parts: set[str] = set()
    for n, row in rows(value.get("splits")):
        part, count = SPLITS.get(str(row.get("name")).lower()), count_of(row.get("num_examples"))
        if part in _PARTS and part not in parts and count is not None:
            parts.add(part)
            where = at.at("splits", n, "num_examples")
            yield Fact("data.splits.parts[]", {"part": part, "rows": count}, where)
            yield Fact("data.datasets[]", {"role": part, "rows": count}, where)
    yield from _features(value.get("features"), at.at("features"))


def _features(value: Any, at: Origin) -> Iterator[Fact]:
    """The columns; the only one that holds classes is the label."""
    classes = [
        (n, row) for n, row in rows(value) if isinstance(row.get("dtype"), dict) and "class_label" in row["dtype"]
    ]
    for n, row in rows(value):
        if isinstance(row.get("name"), str) and row["name"]:
            column = {"name": row["name"]}
            if kind := _type(row):
                column["type"] = kind
            yield Fact("data.columns[]", column, at.at(n))
    if len(classes) == 1 and isinstance(classes[0][1].get("name"), str):
        n, row = classes[0]
        yield Fact("data.labels.name", row["name"], at.at(n, "name"))
        inner = row["dtype"]["class_label"]
        names = inner.get("names") if isinstance(inner, dict) else None
        labels = list(names.values()) if isinstance(names, dict) else names
        if isinstance(labels, list) and labels and all(isinstance(label, str) for label in labels):
            yield Fact("framing.output.classes", labels, at.at(n, "dtype", "class_label", "names"))


def _type(row: dict[str, Any]) -> str | None:
    if "list" in row or "sequence" in row:
        return "array"
    if "struct" in row:
        return "object"
    return (
        "integer"
        if isinstance(row.get("dtype"), dict) and "class_label" in row["dtype"]
        else column_type(row.get("dtype"))
    )


def _files(artifact: Artifact, configs: Any, at: Origin) -> Iterator[Fact]:
    """The files of each split of the only configuration; two splits or more are a predefined split."""
    every = list(rows(configs))
    if len(every) != 1:
        return
    found: dict[str, Fact] = {}
    for n, row in rows(every[0][1].get("data_files")):
        part, path = SPLITS.get(str(row.get("split")).lower()), row.get("path")
        if part in _PARTS and isinstance(path, str):
            where = at.at(0, "data_files", n, "path")
            file = {} if set("*?[") & set(path) or "://" in path else {"file": rooted(artifact.folder, path)}
            found.setdefault(part, Fact("data.splits.parts[]", {"part": part, **file}, where))
    if len(found) > 1:
        yield Fact("data.splits.strategy", "predefined", at.at(0, "data_files"))
        yield from (fact for fact in found.values() if "file" in fact.value)
