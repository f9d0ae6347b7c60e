"""CycloneDX bills of materials with machine-learning models and data sets (ML-BOM, from version 1.5)."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._performance import performance, stated
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Said
from mlgov.lifecycle.fact import Fact

NAME = "cyclonedx"
PATHS = ("*.json", "*.xml")
MARKERS = (b'"bomFormat"', b"http://cyclonedx.org/schema/bom/")
ROLE = "part"
_INTERVAL = ("confidenceInterval", "lowerBound", "upperBound")
_TYPES = ("machine-learning-model", "data")
_XML = re.compile(rb"http://cyclonedx\.org/schema/bom/(1\.\d+)")
_DEEPEST = 8  # components in components


def recognise(artifact: Artifact) -> Claim | None:
    """A bill of materials with a model or data in it; one in XML is named, but not read."""
    if artifact.name.endswith(".xml"):
        found = _XML.search(artifact.head)
        has_model = b'type="machine-learning-model"' in artifact.raw
        return Claim(found[1].decode(), "XML: present, not read") if found and has_model else None
    data = artifact.data
    if (
        not isinstance(data, dict)
        or data.get("bomFormat") != "CycloneDX"
        or not any(True for _ in _components(artifact))
    ):
        return None
    return Claim(text_of(data.get("specVersion")) or "")


def _components(artifact: Artifact) -> Iterator[tuple[dict[str, Any], Origin]]:
    """Models and data, wherever they stand."""
    data = artifact.data
    if not isinstance(data, dict):
        return
    metadata = data.get("metadata")
    main = metadata.get("component") if isinstance(metadata, dict) else None
    waiting = [(main, artifact.at("metadata", "component"), 0)] if isinstance(main, dict) else []
    waiting += [(row, artifact.at("components", at), 0) for at, row in rows(data.get("components"))]
    while waiting:
        component, where, depth = waiting.pop(0)
        if component.get("type") in _TYPES:
            yield component, where
        if depth < _DEEPEST:
            inner = rows(component.get("components"))
            waiting += [(row, where.at("components", at), depth + 1) for at, row in inner]


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The models with their cards, and the data sets with their owners."""
    found = list(_components(artifact))
    models = [(component, where) for component, where in found if component.get("type") == "machine-learning-model"]
    for component, where in models:
        if len(models) == 1:
            yield from _identity(component, where)
        card = component.get("modelCard")
        if isinstance(card, dict):
            if (version := str(text_of(artifact.data.get("specVersion")))) in ("1.0", "1.1", "1.2", "1.3", "1.4"):
                reason = f"CycloneDX {version} has no modelCard; set specVersion to 1.5 or later"
                yield flaw_at(artifact, where.at("modelCard"), reason)._replace(code="INT004")
            yield from _card(artifact, component, card, where, len(models) > 1)
    for component, where in found:
        if component.get("type") == "data":
            yield from _data(component, where)


def _identity(component: dict[str, Any], where: Origin) -> Iterator[Fact]:
    for key in ("name", "version", "description"):
        text = text_of(component.get(key))
        if text and not is_placeholder(text):
            yield Fact(f"project.{key}", text, where.at(key))
    for at, row in rows(component.get("licenses")):
        licence = row.get("license")
        named = next((k for k in ("id", "name") if isinstance(licence, dict) and text_of(licence.get(k))), None)
        if isinstance(licence, dict) and named:
            yield Fact("project.license.weights", text_of(licence[named]), where.at("licenses", at, "license", named))
        elif expression := text_of(row.get("expression")):
            yield Fact("project.license.weights", expression, where.at("licenses", at, "expression"))


def _card(
    artifact: Artifact, component: dict[str, Any], card: dict[str, Any], where: Origin, several: bool
) -> Iterator[Fact | Flaw]:
    at = where.at("modelCard")
    name = text_of(component.get("name"))
    context = {"variant": Said(name, where.at("name"))} if several and name else {}
    numbers = _get(card, "quantitativeAnalysis", "performanceMetrics")
    yield from performance(artifact, numbers, at.at("quantitativeAnalysis", "performanceMetrics"), _INTERVAL, context)
    if not several:
        yield from _parameters(_get(card, "modelParameters"), at.at("modelParameters"))
    yield from _considerations(_get(card, "considerations"), at.at("considerations"))


def _parameters(said: Any, at: Origin) -> Iterator[Fact]:
    texts = (("framing.task", ("task",)), ("training.architecture.name", ("modelArchitecture",)))
    for path, way in (*texts, ("framing.learning_type", ("approach", "type"))):
        if text := text_of(_get(said, *way)):
            yield Fact(path, text, at.at(*way))
    for row, given in rows(_get(said, "inputs")):
        if text := text_of(given.get("format")):
            yield Fact("framing.inputs[]", text, at.at("inputs", row, "format"))
    for row, given in rows(_get(said, "datasets")):
        yield from _dataset(given, at.at("datasets", row)) if "ref" not in given else ()


def _considerations(said: Any, at: Origin) -> Iterator[Fact]:
    for way, text in stated(_get(said, "technicalLimitations")):
        yield Fact("evaluation.limitations[]", {"statement": text}, at.at("technicalLimitations", *way))
    uses = list(stated(_get(said, "useCases")))
    if uses:
        yield Fact("project.intended_use", "; ".join(text for _, text in uses), at.at("useCases", *uses[0][0]))
    for way, text in stated(_get(said, "users")):
        yield Fact("problem.users[]", text, at.at("users", *way))
    for row, risk in rows(_get(said, "ethicalConsiderations")):
        if named := text_of(risk.get("name")):
            record = Draft(at.at("ethicalConsiderations", row), description=named)
            record.parts["description"] = record.where.at("name")
            record.put("mitigation", text_of(risk.get("mitigationStrategy")), record.where.at("mitigationStrategy"))
            yield record.fact("risks[]")
    for row, group in rows(_get(said, "fairnessAssessments")):
        if named := text_of(group.get("groupAtRisk")):
            where = at.at("fairnessAssessments", row, "groupAtRisk")
            yield Fact("evaluation.fairness.protected_attributes[]", {"name": named}, where)


def _data(component: dict[str, Any], where: Origin) -> Iterator[Fact]:
    for at, row in rows(component.get("data")):
        named = {**row, "name": row.get("name") or component.get("name"), "version": component.get("version")}
        yield from _dataset(named, where.at("data", at))
        for owner_at, owner in rows(_get(row, "governance", "owners")):
            for way in (("contact", "email"), ("organization", "name"), ("contact", "name")):
                if text := text_of(_get(owner, *way)):
                    yield Fact(
                        "team.ownership.data", text, where.at("data", at, "governance", "owners", owner_at, *way)
                    )
                    break


def _dataset(row: dict[str, Any], where: Origin) -> Iterator[Fact]:
    name = text_of(row.get("name"))
    if name is None or row.get("type") not in ("dataset", None):
        return
    dataset = Draft(where, id=identifier(name), aliases=[name])
    dataset.put("version", text_of(row.get("version")), where)
    yield dataset.fact("data.datasets[]")
    for way, text in stated(row.get("sensitiveData") or []):
        yield Fact("data.columns[]", {"name": text, "pii": "personal"}, where.at("sensitiveData", *way))


def _get(data: Any, *steps: str) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data
