"""Stored validation results of Great Expectations: when data were checked, how much held, and what was missing."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._gx import expectations
from mlgov.formats._kubernetes import value_at
from mlgov.formats._metric_keys import is_number
from mlgov.formats._quantities import is_percentage, percent, text_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import day, literal

NAME = "gx-result"
PATHS = ("*.json",)
MARKERS = (b'"expectation_config"', b'"evaluated_expectations"', b'"evaluation_parameters"', b'"suite_parameters"')
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """Results with their statistics and a verdict; the version is that of the library."""
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        return None
    if value_at(data, "statistics", "evaluated_expectations") is None or "success" not in data:
        return None
    return Claim(text_of(value_at(data, "meta", "great_expectations_version")) or "")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One report with the share of expectations that held, and the shares of missing values of the data set."""
    data = artifact.data
    report = Draft(artifact.at(), file="/" + artifact.path, kind="data_quality")
    held = value_at(data, "statistics", "success_percent")
    where = artifact.at("statistics", "success_percent")
    report.put("value", percent(held), where)
    report.put("date", _day(value_at(data, "meta", "run_id", "run_time")), artifact.at("meta", "run_id", "run_time"))
    yield report.fact("monitoring.reports[]", how="observed")
    if held is not None and not is_percentage(held):
        yield flaw_at(artifact, where, f"success_percent is {literal(held)[:40]}, not a percentage from 0 to 100")
    yield from _missing(artifact)


def _day(time: Any) -> str | None:
    """`2026-11-20T17:33:36.140213+00:00`; the compact form of old versions is no ISO 8601 date."""
    try:
        return day(time)
    except ValueError:
        return None


def _missing(artifact: Artifact) -> Iterator[Fact]:
    """`unexpected_percent` of a not-null expectation is the percentage of missing values."""
    name = text_of(value_at(artifact.data, "meta", "active_batch_definition", "data_asset_name"))
    found = Draft(artifact.at("results"))
    shares: dict[str, str] = {}
    for at, row in rows(artifact.data["results"]):
        said = next(iter(expectations([row.get("expectation_config")])), None)
        share = value_at(row, "result", "unexpected_percent")
        if said is None or said.column is None or said.kind != "expect_column_values_to_not_be_null":
            continue
        if is_number(share) and said.arguments.get("row_condition") is None and (text := percent(share)) is not None:
            shares[said.column] = text
            found.parts[f"/missing/{said.column}"] = artifact.at("results", at, "result", "unexpected_percent")
    if name and shares:
        found.values = {"id": identifier(name, "asset"), "aliases": [name], "missing": shares}
        yield found.fact("data.datasets[]", how="observed")
