"""Croissant 1.0 and 1.1 with its Responsible AI extension: a data set, its fields, splits, and how it was made."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import column_type
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import count_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "croissant"
PATHS = ("*.json", "*.jsonld")
MARKERS = (b"mlcommons.org/croissant",)
ROLE = "part"
_CONFORMS = re.compile(r"https?://mlcommons\.org/croissant/(\d{1,3}(?:\.\d{1,3}){0,2})/?").fullmatch
_SPLITS = {"TrainingSplit": "train", "ValidationSplit": "validation", "TestSplit": "test"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RAI = {
    "annotatorDemographics": "data.labels.manual.expertise", "dataBiases": "data.labels.manual.bias",
    "dataImputationProtocol": "data.preprocessing.missing",
}  # fmt: skip
_NONE = re.compile(r"none\b|no\W*$|no (?:pii|personal)\b", re.IGNORECASE)


def recognise(artifact: Artifact) -> Claim | None:
    """A data set that conforms to Croissant; the version is the end of that address."""
    data = artifact.data
    if not isinstance(data, dict) or not any(text.endswith("Dataset") for text in _texts(_get(data, "@type"))):
        return None
    versions = [found[1] for text in _texts(_get(data, "conformsTo")) if (found := _CONFORMS(text))]
    return Claim(versions[0]) if versions else None


def _key(node: dict[str, Any], name: str) -> str | None:
    """The key of a property, whatever prefix or address stands before its name."""
    return next((k for k in node if k == name or k.endswith((":" + name, "/" + name))), None)


def _get(node: dict[str, Any], name: str) -> Any:
    key = _key(node, name)
    return node[key] if key else None


def _texts(value: Any) -> list[str]:
    """Texts of a value that is one or a list, written plainly or as `{"@id": …}`."""
    found = value if isinstance(value, list) else [value]
    plain = [row.get("@id", row.get("@value")) if isinstance(row, dict) else row for row in found]
    return [text for text in plain if isinstance(text, str) and text.strip()]


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The data set with its licence and version, its columns and parts, and what Responsible AI asks."""
    data = artifact.data
    dataset = _dataset(artifact, data)
    yield dataset.fact("data.datasets[]")
    if "license" in dataset.values:
        yield Fact("project.license.data", dataset.values["license"], dataset.parts["license"])
    key = _key(data, "recordSet") or "recordSet"
    for at, record in rows(data.get(key)):
        where = artifact.at(key, at)
        if any(text.endswith("Split") for text in _texts(_get(record, "dataType"))):
            yield from _parts(record, where)
        else:
            yield from _columns(record, dataset.values.get("id"), where)
    yield from _responsible(artifact, data)


def _dataset(artifact: Artifact, data: dict[str, Any]) -> Draft:
    record = Draft(artifact.at())
    if name := text_of(data.get("name")):
        record.put("id", identifier(name, "dataset"), artifact.at("name"))
        record.put("aliases", [name], artifact.at("name"))
    licences = _texts(_get(data, "license"))
    if len(licences) == 1:
        record.put(
            "license",
            licences[0].removeprefix("https://spdx.org/licenses/"),
            artifact.at(_key(data, "license") or "license"),
        )
    record.put("version", text_of(_get(data, "version")), artifact.at(_key(data, "version") or "version"))
    key = _key(data, "distribution") or "distribution"
    files = list(rows(data.get(key)))
    if len(files) == 1:
        _put_file(record, artifact, files[0][1], artifact.at(key, files[0][0]))
    timeframe = [day for text in _texts(_get(data, "dataCollectionTimeframe")) for day in _DAY.findall(text[:200])]
    if len(timeframe) == 2:
        where = artifact.at(_key(data, "dataCollectionTimeframe") or "")
        record.put("collected", {"from": timeframe[0], "to": timeframe[1]}, where)
    return record


def _put_file(record: Draft, artifact: Artifact, file: dict[str, Any], where: Origin) -> None:
    """The only file: where it lies, its format, and its hash where the data set has no version."""
    if path := text_of(file.get("contentUrl")):
        record.put("location", rooted(artifact.folder, path), where.at("contentUrl"))
    formats = _texts(file.get("encodingFormat"))
    record.put("format", formats[0] if len(formats) == 1 else None, where.at("encodingFormat"))
    for kind in ("sha256", "md5"):
        if "version" not in record.values and (digest := text_of(file.get(kind))):
            record.put("version", f"{kind}-{digest}", where.at(kind))


def _parts(record: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """A record set of splits: its data name each part by a term of Croissant."""
    found: dict[str, Origin] = {}
    for at, row in rows(_get(record, "data")):
        for key, value in row.items():
            part = _SPLITS.get(value.rpartition(":")[2].rpartition("/")[2]) if isinstance(value, str) else None
            if part:
                found.setdefault(part, where.at(_key(record, "data") or "data", at, key))
    if len(found) > 1:
        yield Fact("data.splits.strategy", "predefined", where)
        yield from (Fact("data.splits.parts[]", {"part": part}, place) for part, place in found.items())


def _columns(record: dict[str, Any], dataset: str | None, where: Origin) -> Iterator[Fact]:
    key = _key(record, "field") or "field"
    for at, field in rows(record.get(key)):
        name = text_of(field.get("name")) or (text_of(field.get("@id")) or "").rpartition("/")[2]
        if name:
            column = Draft(where.at(key, at), name=name, dataset=dataset)
            kinds = {kind for text in _texts(_get(field, "dataType")) if (kind := column_type(text))}
            kind = "array" if _get(field, "repeated") is True else kinds.pop() if len(kinds) == 1 else None
            column.put("type", kind, where.at(key, at, "dataType"))
            yield column.fact("data.columns[]")


def _responsible(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    """The terms of Responsible AI, each one text or a list."""
    for name, path in _RAI.items():
        if texts := _texts(_get(data, name)):
            yield Fact(path, " ".join(texts)[:2000], artifact.at(_key(data, name) or name))
    if texts := _texts(_get(data, "dataCollection")):
        where = artifact.at(_key(data, "dataCollection") or "")
        yield Fact("data.sources[]", {"collection": " ".join(texts)[:2000]}, where)
    for text in _texts(_get(data, "dataPreprocessingProtocol")):
        yield Fact(
            "data.preprocessing.steps[]", text[:2000], artifact.at(_key(data, "dataPreprocessingProtocol") or "")
        )
    for text in _texts(_get(data, "dataAnnotationProtocol"))[:1]:
        if text.startswith(("http://", "https://")):
            yield Fact("data.labels.manual.guideline", text, artifact.at(_key(data, "dataAnnotationProtocol") or ""))
    raters = count_of(_get(data, "annotationsPerItem"))
    if raters is not None:
        yield Fact("data.labels.manual.raters", raters, artifact.at(_key(data, "annotationsPerItem") or ""))
    persons = _texts(_get(data, "personalSensitiveInformation"))
    if len(persons) == 1 and _NONE.match(persons[0]):
        yield Fact("data.privacy.pii", "none", artifact.at(_key(data, "personalSensitiveInformation") or ""))
