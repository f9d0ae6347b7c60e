"""Sloth: objectives in percent of good events, and the alerts that are generated for them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._alerts import annotate, label, severity
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import resources, value_at
from mlgov.formats._objectives import bucket_limit, metric_in, series_fact, share_of
from mlgov.formats._quantities import number_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "sloth"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"prometheus/v1", b"sloth.slok.dev/")
ROLE = "part"
_LEVELS = (("page", "critical"), ("ticket", "warning"))


class Service(NamedTuple):
    """The objectives of one service, and where they stand."""

    data: dict[str, Any]
    where: Origin
    environment: str
    version: str


def recognise(artifact: Artifact) -> Claim | None:
    """`version: prometheus/v1` with a service and its objectives, or the same as an object of Kubernetes."""
    versions = dict.fromkeys(service.version for service in _services(artifact))
    return Claim(", ".join(versions)) if versions else None


def _services(artifact: Artifact) -> Iterator[Service]:
    for index, data in artifact.mappings:
        if data.get("version") == "prometheus/v1" and "service" in data and isinstance(data.get("slos"), list):
            yield Service(data, artifact.at(document=index), environment_of(artifact.path), "prometheus/v1")
    for resource in resources(artifact):
        if resource.is_a("sloth.slok.dev", "PrometheusServiceLevel"):
            environment = environment_of(artifact.path, resource.namespace)
            yield Service(
                resource.mapping("spec"), resource.at("spec"), environment, f"sloth.slok.dev/{resource.version}"
            )


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """An objective with its series, and an alert for each level that is not disabled."""
    for service in _services(artifact):
        for at, slo in rows(service.data.get("slos")):
            where = service.where.at("slos", at)
            yield from _objective(artifact, service, slo, where)
            yield from _alerts(service, slo, where)


def _objective(artifact: Artifact, service: Service, slo: dict[str, Any], where: Origin) -> Iterator[Fact | Flaw]:
    name = "-".join(text for text in (text_of(service.data.get("service")), text_of(slo.get("name"))) if text)
    draft = Draft(where, id=identifier(name, "slo"))
    number = number_of(slo.get("objective"))
    if number is not None and 0 < number <= 100:
        draft.put("objective", f"{text_of(slo['objective'])}%", where.at("objective"))
    elif text_of(slo.get("objective")) is not None:
        yield flaw_at(artifact, where.at("objective"), "objective is not a percent above 0, at most 100")
    part, total = _queries(slo.get("sli"))
    found = share_of(part, total, name)
    metric, percentile = (found.metric, None) if found.metric else metric_in(name)
    draft.put("metric", metric, where.at("sli"))
    draft.put("percentile", percentile, where.at("name"))
    if (metric or "").startswith("latency"):
        draft.put("max", bucket_limit(query for query in (part, total) if query), where.at("sli"))
    fact = draft.fact("serving.slos[]", service.environment)
    yield fact
    if (series := series_fact(metric, found, fact)) is not None:
        yield series


def _queries(sli: Any) -> tuple[str | None, str | None]:
    """What counts the errors, and what counts everything; a ratio stands alone."""
    ways = (("events", "error_query", "total_query"), ("events", "errorQuery", "totalQuery"),
            ("raw", "error_ratio_query", ""), ("raw", "errorRatioQuery", ""))  # fmt: skip
    for kind, errors, every in ways:
        query, total = value_at(sli, kind, errors), value_at(sli, kind, every)
        if isinstance(query, str) and query.strip():
            return query.strip(), total.strip() if isinstance(total, str) and total.strip() else None
    return None, None


def _alerts(service: Service, slo: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """Sloth makes both alerts unless told otherwise; how fast the budget may burn is told nowhere."""
    alerting, here = slo.get("alerting"), where.at("alerting")
    if not isinstance(alerting, dict) or (name := text_of(alerting.get("name"))) is None:
        return
    for level, meant in _LEVELS:
        key = next((k for k in (f"{level}_alert", f"{level}Alert") if isinstance(alerting.get(k), dict)), "")
        own = alerting.get(key)
        if isinstance(own, dict) and own.get("disable") is True:
            continue
        draft = Draft(here.at(key) if key else here)
        draft.put("name", name, here.at("name"))
        for labels, place in (
            (service.data.get("labels"), service.where),
            (slo.get("labels"), where),
            (alerting.get("labels"), here),
        ):
            label(draft, labels, place.at("labels"))
        annotate(draft, alerting.get("annotations"), here.at("annotations"))
        if isinstance(own, dict):
            label(draft, own.get("labels"), here.at(key, "labels"))
        said = severity(draft.values.get("labels", {}).get("severity"))
        draft.put("severity", said or meant, draft.parts.get("severity", draft.where))
        yield draft.fact("monitoring.alerts[]", service.environment)
