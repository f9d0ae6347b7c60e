"""Grafana alert rules, provisioned in YAML or JSON, as the API takes a group, or as objects: the query and what decides.

A paused rule alerts nobody and is left out. The condition names an expression (threshold, classic conditions, math),
and that names further ones down to the queries; a comparison may stand in the query itself as well.
"""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._alerts import annotate, label, watch
from mlgov.formats._draft import Draft, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import embedded
from mlgov.formats._quantities import number_of, seconds, text_of
from mlgov.formats._watched import watched
from mlgov.lifecycle.fact import Fact

NAME = "grafana-alerts"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"groups:", b'"groups"', b"kind: ConfigMap", b'"folderUid"', b"folderUid:", b"GrafanaAlertRuleGroup")
ROLE = "part"
_OPERATORS = {"gt": "gt", "lt": "lt", "gte": "gte", "lte": "lte"}
_MATH = re.compile(r"\s*\(?\s*\$\{?(\w{1,50})\}?\s*(<=|>=|<|>)\s*([-+]?\d{1,30}(?:\.\d{1,30})?)\s*\)?\s*").fullmatch
_SIGNS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_KEPT = frozenset("last mean avg min max median".split())  # reducers that keep the unit


def recognise(artifact: Artifact) -> Claim | None:
    """Groups whose rules have a `title`, a `condition` and `data`: in a file, as the API takes one, or as an object."""
    found = [version for version, *_ in _groups(artifact)]
    return Claim(found[0]) if found else None


def _groups(artifact: Artifact) -> Iterator[tuple[str, dict[str, Any], Origin, str]]:
    """Each group of rules with the version of its file, its place and its environment."""
    for index, data in artifact.mappings:
        yield from _in(data, artifact.at(document=index), environment_of(artifact.path))
    for inner in embedded(artifact, ".yml", ".yaml", ".json"):
        for index, data in inner.mappings:
            yield from _in(data, inner.at(document=index), environment_of(artifact.path, inner.namespace))


def _in(data: dict[str, Any], where: Origin, environment: str) -> Iterator[tuple[str, dict[str, Any], Origin, str]]:
    version = text_of(data.get("apiVersion")) or ""
    listed = list(rows(data.get("groups")))
    if any(_has_rules(group) for _, group in listed):
        yield from ((version, group, where.at("groups", at), environment) for at, group in listed)
    elif "folderUid" in data and _has_rules(data):
        yield "API", data, where, environment
    elif (
        data.get("kind") == "GrafanaAlertRuleGroup" and isinstance(spec := data.get("spec"), dict) and _has_rules(spec)
    ):
        yield version.rpartition("/")[2], spec, where.at("spec"), environment


def _has_rules(group: dict[str, Any]) -> bool:
    return any(isinstance(rule.get("data"), list) and "condition" in rule for _, rule in rows(group.get("rules")))


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """An alert for each rule that is not paused."""
    for _, group, where, environment in _groups(artifact):
        for number, rule in rows(group.get("rules")):
            if isinstance(rule.get("data"), list) and rule.get("isPaused") is not True:
                draft = _alert(rule, where.at("rules", number))
                yield draft.fact("monitoring.alerts[]", environment)


def _alert(rule: dict[str, Any], where: Origin) -> Draft:
    draft = Draft(where)
    name = text_of(rule.get("title"))
    draft.put("name", name, where.at("title"))
    _Queries(rule, where.at("data")).decide(draft, name or "")
    wait = text_of(rule.get("for"))
    draft.put("for", wait if wait is not None and seconds(wait) is not None else None, where.at("for"))
    label(draft, rule.get("labels"), where.at("labels"))
    annotate(draft, rule.get("annotations"), where.at("annotations"))
    return draft


class _Queries:
    """The queries and expressions of one rule, by the letter that names them."""

    def __init__(self, rule: dict[str, Any], where: Origin) -> None:
        self.condition = text_of(rule.get("condition")) or ""
        self.named: dict[str, tuple[dict[str, Any], Origin]] = {}
        for at, entry in rows(rule.get("data")):
            model = entry.get("model")
            if isinstance(model, dict):
                ref = text_of(entry.get("refId")) or text_of(model.get("refId")) or ""
                self.named[ref] = (model, where.at(at, "model"))

    def decide(self, draft: Draft, name: str) -> None:
        """State query, series, operator and threshold, as far as one query and one comparison decide."""
        way = self._way()
        queries = [step for step in way if isinstance(step[0].get("expr"), str) and step[0]["expr"].strip()]
        if len(queries) == 1:
            model, where = queries[0]
            draft.put("expr", model["expr"].strip(), where.at("expr"))
            found = watched(model["expr"], {}, name)
            is_kept = all(_keeps(step[0]) for step in way)
            watch(draft, found if is_kept else found._replace(unit=None, metric=None), where.at("expr"))
        for model, where in way:
            if (said := _comparison(model)) is not None:
                draft.put("op", said[0], where)
                draft.put("threshold", said[1], where)

    def _way(self) -> list[tuple[dict[str, Any], Origin]]:
        """The condition and everything that it rests on."""
        found: dict[str, tuple[dict[str, Any], Origin]] = {}
        waiting = [self.condition]
        for ref in waiting:
            if ref in self.named and ref not in found:
                found[ref] = self.named[ref]
                waiting += _inputs(self.named[ref][0])
        return list(found.values())


def _inputs(model: dict[str, Any]) -> Iterator[str]:
    expression = model.get("expression")
    if isinstance(expression, str):
        yield expression
        yield from re.findall(r"\$\{?(\w{1,50})", expression[:2000])
    for _, condition in rows(model.get("conditions")):
        query = condition.get("query")
        params = query.get("params") if isinstance(query, dict) else None
        yield from (p for p in (params if isinstance(params, list) else [])[:1] if isinstance(p, str))


def _keeps(model: dict[str, Any]) -> bool:
    """False for arithmetic and counting, after which a number has another unit."""
    if model.get("type") == "math":
        return bool(_MATH(str(model.get("expression"))))
    return model.get("type") != "reduce" or str(model.get("reducer")) in _KEPT


def _comparison(model: dict[str, Any]) -> tuple[str, str] | None:
    """`{evaluator: {type: gt, params: [0.2]}}` of the only condition, or `$B > 0.2`."""
    if model.get("type") == "math" and (found := _MATH(str(model.get("expression")))):
        return _SIGNS[found[2]], found[3]
    conditions = model.get("conditions")
    if model.get("type") not in ("threshold", "classic_conditions") or not isinstance(conditions, list):
        return None
    evaluator = conditions[0].get("evaluator") if len(conditions) == 1 and isinstance(conditions[0], dict) else None
    params = evaluator.get("params") if isinstance(evaluator, dict) else None
    sign = _OPERATORS.get(str(evaluator.get("type"))) if isinstance(evaluator, dict) else None
    if sign is None or not isinstance(params, list) or not params or number_of(params[0]) is None:
        return None
    return sign, text_of(params[0]) or ""
