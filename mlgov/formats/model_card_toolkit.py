"""JSON model cards of Google's Model Card Toolkit, in both versions of their schema."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._performance import performance, stated
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "model-card-toolkit"
PATHS = ("*.json",)
MARKERS = (b'"model_details"',)
ROLE = "anchor"
_WITH = frozenset({"considerations", "quantitative_analysis", "model_parameters"})
_INTERVAL = ("confidence_interval", "lower_bound", "upper_bound")
_SECTIONS = {
    "intended_use": (("considerations", "use_cases"), ("considerations", "users")),
    "factors": (("considerations", "tradeoffs"),),
    "ethics": (("considerations", "ethical_considerations"),),
    "caveats": (("considerations", "limitations"),),
    "quantitative": (("quantitative_analysis", "performance_metrics"),),
    "training_data": (("model_parameters", "data"),),
    "details": (("model_details", "overview"), ("model_details", "name")),
}


def recognise(artifact: Artifact) -> Claim | None:
    """Details of a model beside its considerations, numbers or parameters; the version is told by shape, not by `$id`."""
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("model_details"), dict) or not _WITH & data.keys():
        return None
    if {"bomFormat", "$schema", "properties"} <= data.keys():
        return None
    return Claim(text_of(data.get("schema_version")) or _version(data))


def _version(data: dict[str, Any]) -> str:
    details, parameters = data["model_details"], data.get("model_parameters")
    if {"licenses", "citations"} & details.keys() or _is_rows(parameters, "data") or _is_rows(details, "references"):
        return "0.0.2"
    old = {"license", "citation"} & details.keys() or isinstance(_get(parameters, "data"), dict)
    return "0.0.1" if old else ""


def _is_rows(holder: Any, key: str) -> bool:
    found = _get(holder, key)
    return isinstance(found, list) and any(isinstance(row, dict) for row in found)


def _get(data: Any, *steps: str) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Identity, data, numbers and considerations."""
    data, at = artifact.data, artifact.at()
    yield Fact("project.card.file", "/" + artifact.path, at)
    for section, ways in _SECTIONS.items():
        way = next((way for way in ways if _get(data, *way)), None)
        if way:
            yield Fact("project.card.sections[]", section, at.at(*way))
    yield from _details(data["model_details"], at.at("model_details"))
    yield from _parameters(_get(data, "model_parameters"), at.at("model_parameters"))
    metrics = at.at("quantitative_analysis", "performance_metrics")
    yield from performance(artifact, _get(data, "quantitative_analysis", "performance_metrics"), metrics, _INTERVAL)
    yield from _considerations(_get(data, "considerations") or {}, at.at("considerations"))


def _details(details: dict[str, Any], at: Origin) -> Iterator[Fact]:
    texts = (
        ("project.name", ("name",)),
        ("project.version", ("version", "name")),
        ("project.description", ("overview",)),
    )
    for path, way in (*texts, ("project.license.weights", ("license",))):
        text = text_of(_get(details, *way))
        if text and not is_placeholder(text):
            yield Fact(path, text, at.at(*way))
    for row, licence in rows(details.get("licenses")):
        if text := text_of(licence.get("identifier")):
            yield Fact("project.license.weights", text, at.at("licenses", row, "identifier"))
            break
    for row, owner in rows(details.get("owners")):
        key = next((k for k in ("contact", "name") if text_of(owner.get(k))), None)
        if key:
            yield Fact("team.ownership.model", text_of(owner[key]), at.at("owners", row, key))
            break


def _parameters(parameters: Any, at: Origin) -> Iterator[Fact]:
    if text := text_of(_get(parameters, "model_architecture")):
        yield Fact("training.architecture.name", text, at.at("model_architecture"))
    data = _get(parameters, "data")
    found = [(at.at("data", key), row) for key, row in data.items()] if isinstance(data, dict) else []
    found += [(at.at("data", row), value) for row, value in rows(data)]
    for where, row in found:
        name = text_of(_get(row, "name"))
        if name is None or is_placeholder(name):
            continue
        dataset = Draft(where, id=identifier(name), aliases=[name])
        dataset.parts |= {"id": where.at("name"), "aliases": where.at("name")}
        dataset.put("location", text_of(row.get("link")), where.at("link"))
        dataset.put("role", "train" if where.pointer.endswith("/data/train") else None, where)
        yield dataset.fact("data.datasets[]")
        for way, column in stated(_get(row, "sensitive", "sensitive_data") or []):
            yield Fact(
                "data.columns[]", {"name": column, "pii": "personal"}, where.at("sensitive", "sensitive_data", *way)
            )


def _considerations(said: Any, at: Origin) -> Iterator[Fact]:
    for way, text in stated(_get(said, "limitations")):
        yield Fact("evaluation.limitations[]", {"statement": text}, at.at("limitations", *way))
    uses = list(stated(_get(said, "use_cases")))
    if uses:
        yield Fact("project.intended_use", "; ".join(text for _, text in uses), at.at("use_cases", *uses[0][0]))
    for key, path in (("users", "problem.users[]"), ("tradeoffs", "project.card.factors[]")):
        for way, text in stated(_get(said, key)):
            yield Fact(path, text, at.at(key, *way))
    for row, risk in rows(_get(said, "ethical_considerations")):
        if named := text_of(risk.get("name")):
            record = Draft(at.at("ethical_considerations", row), description=named)
            record.parts["description"] = record.where.at("name")
            record.put("mitigation", text_of(risk.get("mitigation_strategy")), record.where.at("mitigation_strategy"))
            yield record.fact("risks[]")
