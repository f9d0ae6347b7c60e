"""Monitoring reports as teams' own scripts write them: a summary of drift that names the model it was made for."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import Draft
from mlgov.formats._pages import date_of
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "monitoring-report"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"model_run_id", b"training_run_id", b"model_version", b"model:", b'"model"')
ROLE = "part"
_OF_MONITORING = frozenset("monitoring monitor drift".split())
# a bare `run_id` may be that of the monitor
_RUNS = ("model_run_id", "training_run_id", "mlflow_model_run_id")
_DATES = ("generated_at", "created_at", "timestamp", "report_date", "date")
_OTHERS = frozenset("apiVersion kind groups alerts panels scrape_configs expectations version metrics tests".split())


def recognise(artifact: Artifact) -> Claim | None:
    """By a word of its path, a key that speaks of drift, and the model's run or version; never settings of a monitor."""
    data = artifact.data
    if not isinstance(data, dict) or not _is_about_monitoring(artifact) or _OTHERS & data.keys():
        return None
    is_report = _measures_drift(data) and next(_dated(artifact), None) is not None
    return Claim() if is_report and any(True for _ in _model(artifact)) else None


def _is_about_monitoring(artifact: Artifact) -> bool:
    return any(_OF_MONITORING & set(words(part)) for part in artifact.path.split("/")[-4:])


def _measures_drift(data: dict[str, Any]) -> bool:
    """True for what was found, not only for the threshold that is set."""
    inner = [row for value in data.values() for row in (value if isinstance(value, list) else [value])[:3]]
    keys = [*data, *(key for row in inner if isinstance(row, dict) for key in row)]
    return any("drift" in str(key).lower() and "threshold" not in str(key).lower() for key in keys)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One report with the model and the day that it names."""
    report = Draft(artifact.at(), file="/" + artifact.path, kind="drift")
    for field, value, where in (*_model(artifact), *_dated(artifact)):
        if field not in report.values:
            report.put(field, value, where)
    yield report.fact("monitoring.reports[]", how="observed")


def _model(artifact: Artifact) -> Iterator[tuple[str, str, Origin]]:
    """Run and version of the model, at the top or under `model`."""
    data, at = artifact.data, artifact.at()
    for key, field in (*((run, "run_id") for run in _RUNS), ("model_version", "model_version")):
        if (text := _named(data.get(key))) is not None:
            yield field, text, at.at(key)
    model = data.get("model")
    for key, field in (("run_id", "run_id"), ("version", "model_version")) if isinstance(model, dict) else ():
        if (text := _named(model.get(key))) is not None:
            yield field, text, at.at("model", key)


def _named(value: Any) -> str | None:
    text = text_of(value)
    return None if text is None or is_placeholder(text) or len(text) > 120 else text


def _dated(artifact: Artifact) -> Iterator[tuple[str, str, Origin]]:
    for key in _DATES:
        value = artifact.data.get(key)
        if isinstance(value, str) and (day := date_of(value)) is not None:
            yield "date", day, artifact.at(key)
