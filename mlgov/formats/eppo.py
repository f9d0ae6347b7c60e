"""Eppo metric definitions, as its metric sync reads them: what experiments measure, and what must not get worse."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._quantities import count_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "eppo"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"sync_tag", b"fact_sources")
ROLE = "part"
_DIRECTIONS = {"increase": "maximize", "decrease": "minimize"}


def recognise(artifact: Artifact) -> Claim | None:
    """Metrics with an entity, beside a sync tag or fact sources."""
    data = artifact.data
    if not isinstance(data, dict) or not data.keys() & {"sync_tag", "fact_sources"}:
        return None
    named = [row for _, row in rows(data.get("metrics")) if "name" in row and row.keys() & {"entity", "numerator"}]
    sources = [row for _, row in rows(data.get("fact_sources")) if row.keys() & {"sql", "facts", "entities"}]
    return Claim("", text_of(data.get("sync_tag")) or "") if named or sources else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """One record for each metric."""
    data = artifact.data
    facts = dict(_directions(data.get("fact_sources")))
    for at, row in rows(data.get("metrics")):
        if text_of(row.get("name")) is not None:
            yield _metric(row, artifact.at("metrics", at), facts).fact("metrics[]")


def _metric(row: dict[str, Any], where: Origin, facts: dict[str, str]) -> Draft:
    name = str(text_of(row.get("name")))
    metric = Draft(where, id=identifier("_".join(name.lower().split()), "metric"), scope="online")
    metric.put("name", name, where.at("name"))
    metric.put("definition", text_of(row.get("description")), where.at("description"))
    if row.get("is_guardrail") is True:
        metric.put("role", "guardrail", where.at("is_guardrail"))
    numerator = row.get("numerator")
    fact = numerator.get("fact_name") if isinstance(numerator, dict) else None
    for field in ("conversion_threshold_days", "retention_threshold_days"):
        days = count_of(numerator.get(field)) if isinstance(numerator, dict) else None
        metric.put("maturity", f"{days}d" if days else None, where.at("numerator", field))
    wanted = _DIRECTIONS.get(str(row.get("desired_change")))
    if wanted is not None:
        metric.put("direction", wanted, where.at("desired_change"))
    elif isinstance(fact, str) and "denominator" not in row:
        metric.put("direction", facts.get(fact), where.at("numerator", "fact_name"))
    return metric


def _directions(sources: Any) -> Iterator[tuple[str, str]]:
    """Which way each fact should change."""
    for _, source in rows(sources):
        for _, fact in rows(source.get("facts")):
            name, wanted = fact.get("name"), _DIRECTIONS.get(str(fact.get("desired_change")))
            if isinstance(name, str) and wanted:
                yield name, wanted
