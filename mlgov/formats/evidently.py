"""Evidently: reports and test suites as JSON, in the shape of 0.7 and in that of 0.4 (also `evidently.legacy`).

What was compared is not in these files: no reference data set, and in the newer shape no date.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._drift_words import method_of
from mlgov.formats._metric_words import known
from mlgov.formats._quantities import number_of, text_of
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words
from mlgov.units import day

NAME = "evidently"
PATHS = ("*.json",)
MARKERS = (b"evidently:", b'"metric":', b'"status":')
ROLE = "part"
_PREFIX = "evidently:metric_v2:"
_MOST = 1000  # columns of one report
_SCORES = ("accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "mean_abs_error", "rmse", "r2_score")


def recognise(artifact: Artifact) -> Claim | None:
    """Metrics whose configuration is of Evidently; before 0.7 `metric` with `result`, or tests with their statuses."""
    data = artifact.data
    if not isinstance(data, dict):
        return None
    metrics = [metric for _, metric in rows(data.get("metrics"))]
    if any(_type(metric) for metric in metrics):
        return Claim("0.7", "report")
    version = text_of(data.get("version"))
    if version and any(isinstance(m.get("metric"), str) and isinstance(m.get("result"), dict) for m in metrics):
        return Claim(version, "report")
    summary = data.get("summary")
    is_suite = isinstance(summary, dict) and "by_status" in summary and isinstance(data.get("tests"), list)
    return Claim(version or "", "test suite") if is_suite else None


def _type(metric: dict[str, Any]) -> str:
    config = metric.get("config")
    kind = config.get("type") if isinstance(config, dict) else None
    return kind.removeprefix(_PREFIX) if isinstance(kind, str) and kind.startswith("evidently:") else ""


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What was watched, how, and what it measured."""
    report = _Report(artifact)
    for at, metric in list(rows(artifact.data.get("metrics")))[:_MOST]:
        where = artifact.at("metrics", at)
        if kind := _type(metric):
            yield from report.metric(kind, metric, where)
        elif isinstance(metric.get("result"), dict):
            yield from report.legacy(str(metric.get("metric")), metric["result"], where.at("result"))
    for at, test in list(rows(artifact.data.get("tests")))[:_MOST]:
        parameters = test.get("parameters")
        if isinstance(parameters, dict) and text_of(parameters.get("column_name")):
            yield from report.column(
                parameters, artifact.at("tests", at, "parameters"), "stattest", "threshold", "score"
            )


class _Report:
    """One file: every number gets the same file and date."""

    def __init__(self, artifact: Artifact) -> None:
        self.path = "/" + artifact.path
        self.date, self.date_place = _date(artifact.data.get("timestamp")), artifact.at("timestamp")
        self.known: set[str] = set()

    def metric(self, kind: str, metric: dict[str, Any], where: Origin) -> Iterator[Fact]:
        """A metric of 0.7."""
        config, value = metric["config"], metric.get("value")
        here, share = where.at("config"), value.get("share") if isinstance(value, dict) else None
        if kind == "ValueDrift":
            tests = [test for _, test in rows(config.get("tests"))]
            level = "critical" if any(test.get("is_critical") is True for test in tests) else "warn"
            signal = self._drift(config.get("column"), config.get("method"), config.get("threshold"), here, level)
            yield from self._both(signal, "drift", value, where.at("value"))
        elif kind == "DriftedColumnsCount":
            signal = Draft(here, id="data_drift", kind="data_drift", method="threshold")
            _limit(signal, "warn", config.get("drift_share"), here.at("drift_share"))
            yield from self._both(signal, "drift", share, where.at("value", "share"))
        elif (meant := known(kind)) is not None and number_of(value) is not None:
            signal = Draft(here, id=meant.base, kind="quality", metric=meant.base)
            yield from self._both(signal, "quality", value, where.at("value"))
        elif {"missing", "duplicated", "range", "rows", "row", "unique", "empty"} & set(words(kind)):
            yield from self._quality(kind, config, share if share is not None else value, where)

    def _quality(self, kind: str, config: dict[str, Any], value: Any, where: Origin) -> Iterator[Fact]:
        column = text_of(config.get("column"))
        name = "_".join(words(kind)) + (f"_{column}" if column else "")
        signal = Draft(where.at("config"), id=identifier(name), kind="input")
        signal.put("features", [column] if column else None, where.at("config", "column"))
        yield from self._both(signal, "data_quality", value, where.at("value"))

    def legacy(self, kind: str, result: dict[str, Any], where: Origin) -> Iterator[Fact]:
        """A metric of 0.4."""
        if kind == "DatasetDriftMetric":
            signal = Draft(where, id="data_drift", kind="data_drift", method="threshold")
            _limit(signal, "warn", result.get("drift_share"), where.at("drift_share"))
            share = where.at("share_of_drifted_columns")
            yield from self._both(signal, "drift", result.get("share_of_drifted_columns"), share)
        columns = result.get("drift_by_columns")
        for name, column in list(columns.items())[:_MOST] if isinstance(columns, dict) else ():
            if isinstance(column, dict):
                yield from self.column(column, where.at("drift_by_columns", name))
        if "stattest_name" in result:
            yield from self.column(result, where)
        current = result.get("current")
        for score in _SCORES if kind.endswith("QualityMetric") and isinstance(current, dict) else ():
            if isinstance(current, dict) and number_of(current.get(score)) is not None and (meant := known(score)):
                signal = Draft(where.at("current", score), id=meant.base, kind="quality", metric=meant.base)
                yield from self._both(signal, "quality", current[score], signal.where)

    def column(
        self, said: dict[str, Any], where: Origin, test: str = "stattest_name", limit: str = "stattest_threshold",
        score: str = "drift_score",
    ) -> Iterator[Fact]:  # fmt: skip
        """The drift of one column."""
        signal = self._drift(said.get("column_name"), said.get(test), said.get(limit), where, "warn", limit)
        yield from self._both(signal, "drift", said.get(score), where.at(score))

    def _drift(
        self, column: Any, test: Any, threshold: Any, where: Origin, level: str, field: str = "threshold"
    ) -> Draft | None:
        name, how = text_of(column), method_of(text_of(test))
        if name is None:
            return None
        kind = "prediction_drift" if name.lower() in ("prediction", "predictions", "target") else "data_drift"
        signal = Draft(where, id=identifier(f"drift_{name}" + (f"_{how.name}" if how.name else "")), kind=kind)
        signal.values |= {"features": [name]} | ({"method": how.name} if how.name else {})
        signal.values |= {"form": how.form} if how.form else {}
        if how.is_p_value:
            number = number_of(threshold)
            is_share = number is not None and 0 <= number <= 1
            signal.put("alpha", text_of(threshold) if is_share else None, where.at(field))
        elif how.name:
            _limit(signal, level, threshold, where.at(field))
        return signal

    def _both(self, signal: Draft | None, kind: str, value: Any, where: Origin) -> Iterator[Fact]:
        """The signal, once in a file, and what was measured."""
        if signal is None:
            return
        name = signal.values["id"]
        if name not in self.known:
            self.known.add(name)
            yield signal.fact("monitoring.signals[]", how="observed")
        if number_of(value) is not None:
            report = Draft(where, file=self.path, kind=kind, signal=name, value=text_of(value))
            report.put("date", self.date, self.date_place)
            report.parts["value"] = where
            yield report.fact("monitoring.reports[]", how="observed")


def _limit(signal: Draft, level: str, value: Any, where: Origin) -> None:
    if number_of(value) is not None:
        signal.put("threshold", {level: text_of(value)}, where)
        signal.parts[f"threshold.{level}"] = where


def _date(value: Any) -> str | None:
    try:
        return day(value) if isinstance(value, str) else None
    except ValueError:
        return None
