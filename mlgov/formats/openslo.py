"""OpenSLO: objectives with their bounds, targets and windows, and conditions that alert on the error budget.

Versions v1 and v1alpha are read. `target` is a fraction and `targetPercent` a percent; `m` is minutes and `M` months,
which the model has no unit for.
"""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._alerts import severity
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, resources, value_at
from mlgov.formats._objectives import bucket_limit, metric_in, series_fact, share_of, shown_by, with_unit
from mlgov.formats._quantities import number_of, seconds, text_of
from mlgov.formats._watched import Watched
from mlgov.lifecycle.fact import Fact

NAME = "openslo"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"openslo/v", b"openslo.com/v")
ROLE = "part"
_GROUPS = ("openslo", "openslo.com")
_KINDS = ("SLO", "SLI", "Service", "AlertPolicy", "AlertCondition", "AlertNotificationTarget", "DataSource")
_SIDES = {"lt": "max", "lte": "max", "gt": "min", "gte": "min"}
_WINDOW = re.compile(r"(\d{1,6})([smhdwY])").fullmatch
_UNITS = {"second": "s", "minute": "m", "hour": "h", "day": "d", "week": "w", "year": "y"}


def recognise(artifact: Artifact) -> Claim | None:
    """Objects of `openslo/…`, whichever version."""
    found = [r for r in resources(artifact) if r.group in _GROUPS and r.kind in _KINDS]
    versions = dict.fromkeys(resource.version for resource in found)
    return Claim(", ".join(versions), ", ".join(dict.fromkeys(r.kind for r in found))) if found else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The objectives and the alert conditions of every object."""
    found = [r for r in resources(artifact) if r.group in _GROUPS]
    indicators = {r.name: r for r in found if r.kind == "SLI"}
    for resource in found:
        environment = environment_of(artifact.path, resource.namespace)
        if resource.kind == "SLO":
            yield from _objectives(artifact, resource, indicators, environment)
        elif resource.kind == "AlertCondition":
            yield _condition(resource).fact("monitoring.alerts[]", environment)


def _objectives(
    artifact: Artifact, slo: Resource, indicators: dict[str, Resource], environment: str
) -> Iterator[Fact | Flaw]:
    listed = list(rows(slo.get("spec", "objectives")))
    for at, objective in listed:
        where = slo.at("spec", "objectives", at)
        name = identifier(slo.name, "slo") + (f"-{at + 1}" if len(listed) > 1 else "")
        draft, found = Draft(where, id=name), _shown(slo, objective, indicators)
        _bound(draft, objective, where, found)
        yield from _target(artifact, draft, objective, where)
        _window(draft, slo)
        fact = draft.fact("serving.slos[]", environment)
        yield fact
        if (series := series_fact(draft.values.get("metric"), found, fact)) is not None:
            yield series


def _shown(slo: Resource, objective: dict[str, Any], indicators: dict[str, Resource]) -> Watched:
    """What the indicator of an objective measures; it stands in the object, in another one, or in the objective."""
    spec: Any = slo.get("spec", "indicator", "spec") or slo.get("spec", "indicator") or objective
    reference = text_of(slo.get("spec", "indicatorRef"))
    if reference is not None and reference in indicators:
        spec = indicators[reference].get("spec")
    threshold = value_at(spec, "thresholdMetric")
    if threshold is not None or text_of(value_at(spec, "query")):
        query = _query(threshold if threshold is not None else spec)
        return shown_by(query, slo.name) if query else Watched()
    ratio = value_at(spec, "ratioMetric") or value_at(spec, "ratioMetrics")
    part, total = _query(value_at(ratio, "good")) or _query(value_at(ratio, "bad")), _query(value_at(ratio, "total"))
    found = share_of(part or _query(value_at(ratio, "raw")), total, slo.name)
    return found._replace(threshold=bucket_limit(query for query in (part, total) if query))


def _query(source: Any) -> str | None:
    """The query of a metric source, in the words of v1 and of v1alpha."""
    for steps in (("metricSource", "spec", "query"), ("metricSource", "query"), ("query",)):
        found = value_at(source, *steps)
        if isinstance(found, str) and found.strip():
            return found.strip()
    return None


def _bound(draft: Draft, objective: dict[str, Any], where: Origin, found: Watched) -> None:
    metric, percentile = found.metric, found.percentile
    if metric is None:
        metric, said = metric_in(draft.values["id"], text_of(objective.get("displayName")))
        percentile = percentile or said
    draft.put("metric", metric, where)
    draft.put("percentile", percentile, where)
    side = _SIDES.get(str(objective.get("op")))
    if side is not None and "value" in objective:
        draft.put(side, with_unit(objective["value"], found.unit), where.at("value"))
    elif found.threshold is not None and (metric or "").startswith("latency"):
        draft.put("max", found.threshold, where)


def _target(artifact: Artifact, draft: Draft, objective: dict[str, Any], where: Origin) -> Iterator[Flaw]:
    """`target` from 0 to below 1, or `targetPercent` below 100."""
    for field, most, unit in (("target", 1, ""), ("targetPercent", 100, "%")):
        number, text = number_of(objective.get(field)), text_of(objective.get(field))
        if number is not None and 0 <= number <= most:
            draft.put("objective", f"{text}{unit}", where.at(field))
        elif text is not None:
            yield flaw_at(artifact, where.at(field), f"{field} is not from 0 to {most}")


def _window(draft: Draft, slo: Resource) -> None:
    for field in ("timeWindow", "timeWindows"):
        windows = list(rows(slo.get("spec", field)))
        if len(windows) != 1:
            continue
        window, where = windows[0][1], slo.at("spec", field, windows[0][0])
        unit = _UNITS.get(str(text_of(window.get("unit"))).lower().removesuffix("s"))
        if unit and number_of(window.get("count")) is not None:
            draft.put("window", f"{text_of(window['count'])}{unit}", where)
        draft.put("window", _duration(window.get("duration")), where.at("duration"))


def _duration(value: Any) -> str | None:
    """`28d` as it is; months and quarters have no fixed length."""
    found = _WINDOW(text_of(value) or "")
    return f"{found[1]}{found[2].lower()}" if found else None


def _condition(resource: Resource) -> Draft:
    """An alert on how fast the error budget burns; its threshold is a factor, not a value of the metric."""
    draft = Draft(resource.where)
    draft.put("name", text_of(resource.name), resource.at("metadata", "name"))
    spec = resource.mapping("spec")
    draft.put("severity", severity(text_of(spec.get("severity"))), resource.at("spec", "severity"))
    draft.put("summary", text_of(spec.get("description")), resource.at("spec", "description"))
    condition, where = resource.mapping("spec", "condition"), resource.at("spec", "condition")
    draft.put("op", condition["op"] if str(condition.get("op")) in _SIDES else None, where.at("op"))
    if number_of(condition.get("threshold")) is not None:
        draft.put("threshold", text_of(condition.get("threshold")), where.at("threshold"))
        draft.put("unit", "burn_rate", where.at("kind"))
    draft.put("window", _duration(condition.get("lookbackWindow")), where.at("lookbackWindow"))
    wait = _duration(condition.get("alertAfter"))
    draft.put("for", wait if seconds(wait) is not None else None, where.at("alertAfter"))
    return draft
