"""SPDX 3 documents with AI packages and data sets."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._metric_words import normalised
from mlgov.formats._performance import stated, value_of
from mlgov.formats._quantities import count_of, text_of
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact

NAME = "spdx"
PATHS = ("*.json", "*.jsonld")
MARKERS = (b"spdx.org/rdf/3.0",)
ROLE = "part"
_PACKAGE, _DATASET = ("ai_AIPackage", "AIPackage"), ("dataset_DatasetPackage", "DatasetPackage")
_TIERS = {"serious": "high", "high": "high", "medium": "medium", "low": "low"}
_PII = {"yes": "personal", "no": "none"}
_ROLES = {"trainedOn": "train", "testedOn": "test"}
_TEXTS = {"name": "project.name", "software_packageVersion": "project.version", "packageVersion": "project.version",
          "description": "project.description", "ai_informationAboutApplication": "project.intended_use"}  # fmt: skip
_LISTS = {"ai_domain": "project.domain[]", "ai_modelDataPreprocessing": "data.preprocessing.steps[]"}


class Graph:
    """The elements of a document by their ids, with their places."""

    def __init__(self, artifact: Artifact) -> None:
        self.elements = [(row, artifact.at("@graph", at)) for at, row in rows(artifact.data.get("@graph"))]
        self.by_id = {str(row.get("spdxId") or row.get("@id")): (row, where) for row, where in self.elements}

    def of_type(self, names: tuple[str, ...]) -> list[tuple[dict[str, Any], Origin]]:
        """The elements of one type."""
        return [(row, where) for row, where in self.elements if row.get("type", row.get("@type")) in names]

    def entries(self, row: dict[str, Any], where: Origin, key: str) -> Iterator[tuple[str, Any, Origin]]:
        """Key and value of dictionary entries, written out or referred to by id."""
        listed = row.get(key)
        for at, entry in enumerate(listed if isinstance(listed, list) else [listed]):
            place = where.at(key, at) if isinstance(listed, list) else where.at(key)
            found, there = self.by_id.get(entry, (None, place)) if isinstance(entry, str) else (entry, place)
            name = text_of(found.get("key")) if isinstance(found, dict) else None
            if name and isinstance(found, dict) and "value" in found:
                yield name, found["value"], there.at("value")


def recognise(artifact: Artifact) -> Claim | None:
    """A graph with AI packages or data sets under a context of SPDX 3; older versions have neither."""
    data = artifact.data
    if not isinstance(data, dict) or "spdx.org/rdf/3.0" not in str(data.get("@context"))[:2000]:
        return None
    graph = Graph(artifact)
    if not graph.of_type(_PACKAGE) and not graph.of_type(_DATASET):
        return None
    versions = (text_of(row.get("specVersion")) for row, _ in graph.elements)
    return Claim(next((version for version in versions if version), "3.0"))


def read(artifact: Artifact) -> Iterator[Fact]:
    """AI packages, then data sets."""
    graph = Graph(artifact)
    packages = graph.of_type(_PACKAGE)
    for row, where in packages:
        yield from _numbers(graph, row, where, len(packages) > 1)
        if len(packages) == 1:
            yield from _package(graph, row, where)
    for row, where in graph.of_type(_DATASET):
        yield from _dataset(graph, row, where)


def _package(graph: Graph, row: dict[str, Any], where: Origin) -> Iterator[Fact]:
    for key, path in _TEXTS.items():
        text = text_of(row.get(key))
        if text and not is_placeholder(text):
            yield Fact(path, text, where.at(key))
    for key, path in _LISTS.items():
        for way, text in stated(row.get(key)):
            yield Fact(path, text, where.at(key, *way))
    for way, text in stated(row.get("ai_limitation")):
        yield Fact("evaluation.limitations[]", {"statement": text}, where.at("ai_limitation", *way))
    if tier := _TIERS.get(_last(row.get("ai_safetyRiskAssessment"))):
        yield Fact("project.risk_tier", tier, where.at("ai_safetyRiskAssessment"))
    if pii := _PII.get(_last(row.get("ai_useSensitivePersonalInformation"))):
        yield Fact("data.privacy.pii", pii, where.at("ai_useSensitivePersonalInformation"))
    for name, value, place in graph.entries(row, where, "ai_hyperparameter"):
        if (plain := hyperparameter(name)) and (text := text_of(value)):
            yield Fact(f"training.hyperparameters.{plain}", text, place)


def _last(value: Any) -> str:
    """`https://…/SafetyRiskAssessmentType/high` is `high`."""
    return (text_of(value) or "").rpartition("/")[2]


def _numbers(graph: Graph, row: dict[str, Any], where: Origin, several: bool) -> Iterator[Fact]:
    """Metrics with the decision thresholds of the same names."""
    limits = {
        normalised(name): Said(value_of(v), at)
        for name, v, at in graph.entries(row, where, "ai_metricDecisionThreshold")
    }
    name = text_of(row.get("name"))
    for metric, value, place in graph.entries(row, where, "ai_metric"):
        context = {"variant": Said(name, where.at("name"))} if several and name else {}
        limit = limits.get(normalised(metric))
        if limit is not None and limit.value is not None:
            context["threshold"] = limit
        if (number := value_of(value)) is not None:
            yield result(metric, Said(number, place), context, "declared")


def _dataset(graph: Graph, row: dict[str, Any], where: Origin) -> Iterator[Fact]:
    name = text_of(row.get("name"))
    if name is None:
        return
    dataset = Draft(where, id=identifier(name), aliases=[name])
    dataset.parts |= {"id": where.at("name"), "aliases": where.at("name")}
    dataset.put("rows", count_of(row.get("dataset_datasetSize")), where.at("dataset_datasetSize"))
    for kind, place in _relations(graph, row):
        dataset.put("role", kind, place)
    yield dataset.fact("data.datasets[]")
    for way, text in list(stated(row.get("dataset_anonymizationMethodUsed")))[:1]:
        yield Fact("data.privacy.anonymization", text, where.at("dataset_anonymizationMethodUsed", *way))


def _relations(graph: Graph, row: dict[str, Any]) -> Iterator[tuple[str, Origin]]:
    """What the data is used for, where one relationship says so."""
    own = row.get("spdxId") or row.get("@id")
    found = {}
    for relation, where in graph.elements:
        role = _ROLES.get(_last(relation.get("relationshipType")))
        targets = relation.get("to")
        if role and own in (targets if isinstance(targets, list) else [targets]):
            found[role] = where.at("relationshipType")
    return iter(found.items() if len(found) == 1 else ())
