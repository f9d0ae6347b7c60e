"""GrowthBook experiments, exported as JSON: hypothesis, arms, metrics and phases.

Alpha and power stand in the settings of the organisation, not in an experiment: they are stated elsewhere.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import share, text_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import day

NAME = "growthbook"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"trackingKey",)
ROLE = "part"
_KEYS = frozenset("trackingKey variations phases settings".split())
_STATUS = {"draft": "planned", "running": "running", "stopped": "stopped"}


def recognise(artifact: Artifact) -> Claim | None:
    """`{experiment: …}`, `{experiments: […]}` or an experiment itself, with the keys that only this format joins."""
    count = sum(1 for _ in _experiments(artifact))
    return Claim("", f"{count} experiment{'s' * (count > 1)}") if count else None


def _experiments(artifact: Artifact) -> Iterator[tuple[dict[str, Any], Origin]]:
    for index, data in artifact.mappings:
        where = artifact.at(document=index)
        found = [(data, where), (data.get("experiment"), where.at("experiment"))]
        found += [(row, where.at("experiments", at)) for at, row in rows(data.get("experiments"))]
        yield from ((row, at) for row, at in found if isinstance(row, dict) and row.keys() >= _KEYS)


def read(artifact: Artifact) -> Iterator[Fact]:
    """One record for each experiment."""
    for experiment, where in _experiments(artifact):
        yield _draft(experiment, where).fact("experiments[]")


def _draft(data: dict[str, Any], where: Origin) -> Draft:
    plan = Draft(where)
    plan.put("id", identifier(data.get("trackingKey"), "experiment"), where.at("trackingKey"))
    plan.put("hypothesis", text_of(data.get("hypothesis")), where.at("hypothesis"))
    plan.put("status", _STATUS.get(str(data.get("status"))), where.at("status"))
    plan.put("randomization_unit", text_of(data.get("hashAttribute")), where.at("hashAttribute"))
    _put_phases(plan, data, where)
    if isinstance(data["settings"], dict):
        _put_settings(plan, data["settings"], where.at("settings"))
    decision = [text_of(value_at(data, "resultSummary", field)) for field in ("status", "conclusions")]
    if any(decision):
        words = ": ".join(part for part in decision if part)
        plan.put("results", {"decision": words}, where.at("resultSummary"))
    platform = {"name": "GrowthBook", "id": text_of(data.get("id"))}
    plan.put("platform", {key: value for key, value in platform.items() if value}, where.at("id"))
    return plan


def _put_phases(plan: Draft, data: dict[str, Any], where: Origin) -> None:
    """Times of the first and last phase; shares of the last, which is the one that holds now."""
    phases = list(rows(data["phases"]))
    if phases:
        first, last = phases[0], phases[-1]
        plan.put("start", _day(first[1].get("dateStarted")), where.at("phases", first[0], "dateStarted"))
        plan.put("end", _day(last[1].get("dateEnded")), where.at("phases", last[0], "dateEnded"))
        plan.put("exposure", share(last[1].get("coverage"), 1), where.at("phases", last[0], "coverage"))
    phase, here = (phases[-1][1], where.at("phases", phases[-1][0])) if phases else ({}, where)
    for at, variation in rows(data["variations"]):
        name = variation.get("variationId") or variation.get("id") or variation.get("key")
        arm = Draft(where.at("variations", at))
        label = variation.get("name") if isinstance(variation.get("name"), str) else name
        arm.values["id"] = identifier(label, f"arm-{at}")
        if at == 0:
            arm.values["control"] = True
        for number, split in rows(phase.get("trafficSplit")):
            if name is not None and split.get("variationId") == name:
                place = here.at("trafficSplit", number, "weight")
                arm.put("allocation", share(split.get("weight"), 1), place)
        plan.add("arms", arm)


def _put_settings(plan: Draft, settings: dict[str, Any], where: Origin) -> None:
    for field, native in (("primary_metrics", "goals"), ("secondary_metrics", "secondaryMetrics")):
        names = [name for name, _ in _metrics(settings.get(native), where.at(native))]
        plan.put(field, names or None, where.at(native))
    for name, place in _metrics(settings.get("guardrails"), where.at("guardrails")):
        plan.add("guardrails", Draft(place, metric=name))
    if settings.get("sequentialTestingEnabled") in (True, False):
        method = "always_valid" if settings["sequentialTestingEnabled"] else "none"
        plan.put("sequential", {"method": method}, where.at("sequentialTestingEnabled"))
    if settings.get("regressionAdjustmentEnabled") in (True, False):
        method = "cuped" if settings["regressionAdjustmentEnabled"] else "none"
        plan.put("variance_reduction", {"method": method}, where.at("regressionAdjustmentEnabled"))
    if settings.get("statsEngine") == "bayesian":
        plan.put("bayesian", {"prior": "kept in GrowthBook"}, where.at("statsEngine"))
    _put_effect(plan, settings.get("decisionFrameworkSettings"), where.at("decisionFrameworkSettings"))


def _metrics(listed: Any, where: Origin) -> Iterator[tuple[str, Origin]]:
    for at, row in enumerate(listed if isinstance(listed, list) else ()):
        name = text_of(row.get("metricId") or row.get("id") if isinstance(row, dict) else row)
        if name is not None:
            yield name, where.at(at)


def _put_effect(plan: Draft, framework: Any, where: Origin) -> None:
    """The minimum detectable effect of the one primary metric; it is relative."""
    key = "decisionFrameworkMetricOverrides"
    for at, row in rows(value_at(framework, key)):
        if [row.get("id")] == plan.values.get("primary_metrics") and text_of(row.get("targetMDE")) is not None:
            effect = {"value": row["targetMDE"], "type": "relative"}
            plan.put("mde", effect, where.at(key, at, "targetMDE"))


def _day(value: Any) -> str | None:
    """The day of a timestamp."""
    try:
        return day(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
