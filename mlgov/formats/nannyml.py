"""NannyML: the configuration of its command line, with calculators, the reference data and the schedule."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._drift_words import method_of
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import count_of, number_of, text_of
from mlgov.formats._schedule import interval_of
from mlgov.lifecycle.fact import Fact

NAME = "nannyml"
PATHS = ("*.yaml", "*.yml")
MARKERS = (b"calculators:", b"reference_data:")
ROLE = "part"
_KINDS = {
    "univariate_drift": "data_drift", "multivariate_drift": "data_drift", "data_reconstruction": "data_drift",
    "domain_classifier": "data_drift", "performance": "quality", "cbpe": "quality", "dle": "quality", "pape": "quality",
    "missing_values": "input", "unseen_values": "input", "summary_stats": "input",
}  # fmt: skip
_INTERVALS = {"minutes": "m", "hours": "h", "days": "d", "weeks": "w"}
_PERIODS = {"min": "1m", "h": "1h", "d": "1d", "w": "1w"}  # of pandas; months have no fixed length


def recognise(artifact: Artifact) -> Claim | None:
    """`calculators` with types, beside `input.reference_data`."""
    data = artifact.data
    calculators = list(rows(data.get("calculators"))) if isinstance(data, dict) else []
    is_ours = any("type" in calculator for _, calculator in calculators)
    return Claim() if is_ours and isinstance(value_at(data, "input", "reference_data"), dict) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A signal for each calculator that is not disabled."""
    data, environment = artifact.data, environment_of(artifact.path)
    cadence = _cadence(data, artifact.at("scheduling"))
    reference = text_of(value_at(data, "input", "reference_data", "path"))
    for at, calculator in rows(data.get("calculators")):
        if calculator.get("enabled") is not False and (draft := _signal(calculator, artifact.at("calculators", at))):
            draft.put("reference", reference, artifact.at("input", "reference_data", "path"))
            draft.put("cadence", cadence[0] if cadence else None, cadence[1] if cadence else draft.where)
            yield draft.fact("monitoring.signals[]", environment)


def _cadence(data: dict[str, Any], where: Origin) -> tuple[str, Origin] | None:
    if every := interval_of(value_at(data, "scheduling", "cron", "crontab")):
        return every, where.at("cron", "crontab")
    interval = value_at(data, "scheduling", "interval")
    said = [(key, text_of(value)) for key, value in interval.items()] if isinstance(interval, dict) else []
    known = [(key, text) for key, text in said if key in _INTERVALS and count_of(text) not in (None, "0")]
    return (f"{known[0][1]}{_INTERVALS[known[0][0]]}", where.at("interval", known[0][0])) if len(known) == 1 else None


def _signal(calculator: dict[str, Any], where: Origin) -> Draft | None:
    kind = text_of(calculator.get("type"))
    if kind is None:
        return None
    named = text_of(calculator.get("name"))
    draft = Draft(where, id=identifier(named or kind))
    draft.put("kind", _KINDS.get(kind), where.at("type"))
    params, here = calculator.get("params"), where.at("params")
    if isinstance(params, dict):
        columns = [text for c in _texts(params.get("column_names")) if (text := text_of(c)) is not None]
        draft.put("features", columns or None, here.at("column_names"))
        draft.put("window_rows", _some(params.get("chunk_size")), here.at("chunk_size"))
        period = text_of(params.get("chunk_period"))
        draft.put("window", _PERIODS.get((period or "").lower()), here.at("chunk_period"))
        _tests(draft, params, here)
    return draft


def _some(value: Any) -> str | None:
    count = count_of(value)
    return None if count == "0" else count


def _tests(draft: Draft, params: dict[str, Any], where: Origin) -> None:
    """One method for all columns is the method of the signal; several are not told."""
    fields = ("continuous_methods", "categorical_methods")
    said = {m for f in fields for value in _texts(params.get(f)) if (m := text_of(value)) is not None}
    methods = {method_of(name) for name in said}
    if len(methods) == 1 and (method := methods.pop()).name is not None:
        field = next(f for f in fields if _texts(params.get(f)))
        draft.put("method", method.name, where.at(field))
        draft.put("form", method.form, where.at(field))
    limit = value_at(params, "thresholds")
    own = [value_at(limit, name) if isinstance(limit, dict) else None for name in said]
    upper = {text_of(value_at(one, "upper")) for one in own if number_of(value_at(one, "upper")) is not None}
    if len(upper) == 1 and len(own) == 1:
        draft.put("threshold", {"warn": upper.pop()}, where.at("thresholds"))


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
