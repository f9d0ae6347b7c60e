"""SageMaker Model Monitor: constraints of a baseline, its statistics, and the violations that a run found."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import Draft, rows
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import count_of, number_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "sagemaker-monitor"
PATHS = ("*.json",)
MARKERS = (b'"inferred_type"', b'"constraint_check_type"', b'"violations"')
ROLE = "part"
_CHECKS = frozenset(
    "data_type_check completeness_check baseline_drift_check missing_column_check extra_column_check "
    "categorical_values_check".split()
)
_DISTANCE = re.compile(r"distance: (\d{1,10}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?) exceeds")
_SIGNAL = "baseline_drift"
_MOST = 1000


def recognise(artifact: Artifact) -> Claim | None:
    """`features` with `inferred_type`, or violations with a check of Model Monitor; the file name does not matter."""
    kind = _kind(artifact.data)
    return Claim(_version(artifact.data), kind) if kind else None


def _version(data: dict[str, Any]) -> str:
    return text_of(data.get("version")) or ""


def _kind(data: Any) -> str:
    if not isinstance(data, dict):
        return ""
    if any(str(v.get("constraint_check_type")) in _CHECKS for _, v in rows(data.get("violations"))):
        return "violations"
    features = [feature for _, feature in rows(data.get("features"))]
    if not any("inferred_type" in feature for feature in features):
        return ""
    has_statistics = any({"numerical_statistics", "string_statistics"} & feature.keys() for feature in features)
    return "statistics" if has_statistics or isinstance(data.get("dataset"), dict) else "constraints"


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The drift that is watched, or what a run reports; statistics alone only say how large the baseline was."""
    kind = _kind(artifact.data)
    if kind == "constraints":
        yield from _constraints(artifact)
    elif kind == "violations":
        yield from _violations(artifact)


def _constraints(artifact: Artifact) -> Iterator[Fact]:
    features = [name for _, f in rows(artifact.data.get("features")) if (name := text_of(f.get("name"))) is not None]
    where = artifact.at("monitoring_config")
    config = value_at(artifact.data, "monitoring_config")
    if value_at(config, "evaluate_constraints") == "Disabled":
        return
    quality = Draft(artifact.at("features"), id="data_quality", kind="input", features=features[:_MOST] or None)
    yield quality.fact("monitoring.signals[]")
    drift, here = value_at(config, "distribution_constraints"), where.at("distribution_constraints")
    if not isinstance(drift, dict) or drift.get("perform_comparison") == "Disabled":
        return
    signal = Draft(here, id=_SIGNAL, kind="data_drift")
    signal.put("features", features[:_MOST] or None, artifact.at("features"))
    if number_of(drift.get("comparison_threshold")) is not None:
        signal.put("threshold", {"warn": text_of(drift["comparison_threshold"])}, here.at("comparison_threshold"))
        signal.parts["threshold.warn"] = here.at("comparison_threshold")
    _reference(artifact, signal)
    yield signal.fact("monitoring.signals[]")


def _reference(artifact: Artifact, signal: Draft) -> None:
    """The statistics of the same baseline lie beside its constraints."""
    beside = artifact.beside("statistics.json")
    if beside is not None and _kind(beside.data) == "statistics":
        count = count_of(value_at(beside.data, "dataset", "item_count"))
        signal.put("reference_rows", count, beside.at("dataset", "item_count"))


def _violations(artifact: Artifact) -> Iterator[Fact]:
    """One report for each violation; a drift with its distance."""
    for at, violation in list(rows(artifact.data.get("violations")))[:_MOST]:
        check = str(violation.get("constraint_check_type"))
        if check not in _CHECKS:
            continue
        is_drift = check == "baseline_drift_check"
        where = artifact.at("violations", at)
        report = Draft(where, file="/" + artifact.path, kind="drift" if is_drift else "data_quality")
        report.put("signal", _SIGNAL if is_drift else "data_quality", where.at("constraint_check_type"))
        found = _DISTANCE.search(str(violation.get("description"))[:1000]) if is_drift else None
        report.put("value", found[1] if found else None, where.at("description"))
        yield report.fact("monitoring.reports[]", how="observed")
