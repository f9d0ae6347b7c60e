"""Prometheus rules: alerts and recording rules, in rule files, PrometheusRule objects and ConfigMaps.

The series of an alert are resolved through the recording rules of its own file and of the usual files beside it.
Expressions are read with promql-parser, and with patterns where that is missing or refuses.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._alerts import annotate, label, watch
from mlgov.formats._draft import Draft, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import embedded, resources
from mlgov.formats._promql_units import Records
from mlgov.formats._quantities import seconds, text_of
from mlgov.formats._watched import records_of, watched
from mlgov.lifecycle.fact import Fact

NAME = "prometheus-rules"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"groups:", b"monitoring.coreos.com/", b"kind: ConfigMap")
ROLE = "part"
_GROUP = "monitoring.coreos.com"
_RECORDS = ("recording-rules", "recording_rules", "recording.rules", "recording", "recordings", "records", "rules")
_LONGEST = 20_000


class Rules(NamedTuple):
    """Groups of rules, and where they stand."""

    groups: list[Any]
    where: Origin
    environment: str
    version: str


def recognise(artifact: Artifact) -> Claim | None:
    """`groups` whose rules have an expression and record or alert; Grafana's rules have `data` instead."""
    found = list(_all(artifact))
    alerts, records = (sum(kind in rule for one in found for rule in _rules(one)) for kind in ("alert", "record"))
    versions = ", ".join(dict.fromkeys(one.version for one in found if one.version))
    return Claim(versions, f"{alerts} alerts, {records} recording rules") if found else None


def _all(artifact: Artifact) -> Iterator[Rules]:
    """The groups of every document, object and embedded file that holds rules of Prometheus."""
    for index, data in artifact.mappings:
        if "apiVersion" not in data:
            yield from _checked(data, artifact.at("groups", document=index), environment_of(artifact.path), "")
    for resource in resources(artifact):
        if resource.is_a(_GROUP, "PrometheusRule"):
            environment = environment_of(artifact.path, resource.namespace)
            yield from _checked(resource.get("spec"), resource.at("spec", "groups"), environment, resource.version)
    for inner in embedded(artifact, ".yml", ".yaml"):
        for index, data in inner.mappings:
            where = inner.at("groups", document=index)
            yield from _checked(data, where, environment_of(artifact.path, inner.namespace), "ConfigMap")


def _checked(data: Any, where: Origin, environment: str, version: str) -> Iterator[Rules]:
    groups = data.get("groups") if isinstance(data, dict) else None
    if isinstance(groups, list) and any(_is_rule(rule) for rule in _rules(Rules(groups, where, "", ""))):
        yield Rules(groups, where, environment, version)


def _rules(found: Rules) -> Iterator[dict[str, Any]]:
    for _, group in rows(found.groups):
        yield from (rule for _, rule in rows(group.get("rules")))


def _is_rule(rule: dict[str, Any]) -> bool:
    return "expr" in rule and ("alert" in rule or "record" in rule) and "data" not in rule


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """An alert per rule that alerts, an exported series per name that is recorded."""
    found = list(_all(artifact))
    records = _records(artifact, found)
    for one in found:
        yield from _exports(one)
        for at, group in rows(one.groups):
            for number, rule in rows(group.get("rules")):
                if _is_rule(rule) and text_of(rule.get("alert")):
                    draft = _alert(rule, group, one.where.at(at), number, records)
                    yield draft.fact("monitoring.alerts[]", one.environment)


def _records(artifact: Artifact, found: list[Rules]) -> Records:
    """The recording rules by name; the file itself comes before its neighbours."""
    written: dict[str, str] = {}
    for one in [*found, *(rules for beside in _beside(artifact, found) for rules in _all(beside))]:
        for rule in _rules(one):
            name, expr = rule.get("record"), text_of(rule.get("expr"))
            if isinstance(name, str) and expr is not None:
                written.setdefault(name, expr)
    return records_of(written)


def _beside(artifact: Artifact, found: list[Rules]) -> Iterator[Artifact]:
    """Files that recording rules are usually kept in; looked at only where a series is a record by its name."""
    if not any(":" in str(rule.get("expr")) for one in found for rule in _rules(one) if "alert" in rule):
        return
    for name in _RECORDS:
        for ending in (".yaml", ".yml"):
            beside = artifact.beside(name + ending)
            if beside is not None and beside.path != artifact.path:
                yield beside


def _exports(found: Rules) -> Iterator[Fact]:
    seen: set[str] = set()
    for at, group in rows(found.groups):
        for number, rule in rows(group.get("rules")):
            name = text_of(rule.get("record"))
            if name and _is_rule(rule) and name not in seen:
                seen.add(name)
                where = found.where.at(at, "rules", number, "record")
                yield Fact("monitoring.exports[]", name, where, environment=found.environment)


def _alert(rule: dict[str, Any], group: dict[str, Any], where: Origin, number: int, records: Records) -> Draft:
    here = where.at("rules", number)
    name, expr = text_of(rule.get("alert")), _expression(rule.get("expr"))
    draft = Draft(here)
    draft.put("name", name, here.at("alert"))
    if expr is not None:
        draft.put("expr", expr, here.at("expr"))
        watch(draft, watched(expr, records, name or ""), here.at("expr"))
    wait = text_of(rule.get("for"))
    draft.put("for", wait if wait is not None and seconds(wait) is not None else None, here.at("for"))
    label(draft, group.get("labels"), where.at("labels"))  # the labels of a group hold for each of its rules
    label(draft, rule.get("labels"), here.at("labels"))
    annotate(draft, rule.get("annotations"), here.at("annotations"))
    return draft


def _expression(expr: Any) -> str | None:
    """The expression as it stands, templates and all; a number is one too."""
    text = expr if isinstance(expr, str) else text_of(expr)
    return text.strip() if text and text.strip() and len(text) <= _LONGEST else None
