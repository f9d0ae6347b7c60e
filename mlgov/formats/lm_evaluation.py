"""Results of lm-evaluation-harness: one value and its standard error per task, metric and filter."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._kubernetes import value_at
from mlgov.formats._measured import NonFinite
from mlgov.formats._metric_keys import is_number
from mlgov.formats._results import Said, result
from mlgov.formats.metrics_file import not_finite
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "lm-evaluation-harness"
PATHS = ("results_*.json", "*.json")
MARKERS = (b'"n-shot"', b'"group_subtasks"', b"_stderr,", b'"results"')
ROLE = "part"
_KEYS = frozenset({"results", "configs", "versions", "n-shot"})


def recognise(artifact: Artifact) -> Claim | None:
    """By the four keys that only this format joins; the version is that of the harness, where it is kept."""
    data = artifact.data
    if not isinstance(data, dict) or not data.keys() >= _KEYS or not isinstance(data["results"], dict):
        return None
    version = data.get("lm_eval_version")
    return Claim(version if isinstance(version, str) else "")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A result for each value, with its interval, items and data; directions; the number of shots."""
    data = artifact.data
    for task, row in data["results"].items():
        for key, value in row.items() if isinstance(row, dict) else ():
            if is_number(value) and "_stderr" not in str(key):
                yield from _result(artifact, str(task), str(key), row)
    yield from _directions(artifact, data.get("higher_is_better"))
    shots = data["n-shot"]
    if (
        isinstance(shots, dict)
        and len({literal(n) for n in shots.values()}) == 1
        and all(map(is_number, shots.values()))
    ):
        task, number = next(iter(shots.items()))
        yield Fact("training.hyperparameters.num_fewshot", number, artifact.at("n-shot", task), "observed")
    if isinstance(commit := data.get("git_hash"), str) and 6 < len(commit) <= 64:
        yield Fact("training.lineage.commit", commit, artifact.at("git_hash"), "observed")


def _result(artifact: Artifact, task: str, key: str, row: dict[str, Any]) -> Iterator[Fact | Flaw]:
    """`acc_norm,strict-match`: metric and filter; up to 0.3 there was no filter."""
    where, value = artifact.at("results", task, key), row[key]
    metric, _, chosen = key.rpartition(",") if "," in key else (key, "", "")
    if not math.isfinite(value):
        yield not_finite(artifact, NonFinite(metric, value, where))
        return
    context = dict(_context(artifact, task))
    if chosen not in ("", "none"):
        context["variant"] = Said(chosen, where)
    error = f"{metric}_stderr,{chosen}" if chosen else f"{metric}_stderr"
    said = row.get(error)
    if isinstance(said, (int, float)) and math.isfinite(said):  # where it is not known, it is the text N/A
        ends = {"low": value - 1.96 * said, "high": value + 1.96 * said, "level": 0.95, "method": "normal"}
        context["ci"] = Said(ends, artifact.at("results", task, error))
    yield result(metric, Said(value, where), context, "observed")


def _context(artifact: Artifact, task: str) -> Iterator[tuple[str, Said]]:
    """Data set, its version and split, items, and whether they are a part only."""
    data, origin = artifact.data, artifact.at()
    yield "dataset", Said(task, origin.at("results", task))
    version = value_at(data, "versions", task)
    if isinstance(version, (int, float, str)) and not isinstance(version, bool) and version != "N/A":
        yield "dataset_version", Said(literal(version), origin.at("versions", task))
    for key, split in (("test_split", "test"), ("validation_split", "validation")):
        if isinstance(value_at(data, "configs", task, key), str):
            yield "split", Said(split, origin.at("configs", task, key))
            break
    yield from _items(data, task, origin)
    if (day := _day(data.get("date"))) is not None:
        yield "date", Said(day, origin.at("date"))


def _items(data: dict[str, Any], task: str, origin: Origin) -> Iterator[tuple[str, Said]]:
    counted = value_at(data, "n-samples", task)
    effective, original = (
        (counted.get("effective"), counted.get("original")) if isinstance(counted, dict) else (None, None)
    )
    if isinstance(effective, int) and not isinstance(effective, bool) and effective > 0:
        where = origin.at("n-samples", task, "effective")
        yield "n", Said(effective, where)
        if isinstance(original, int) and effective < original:
            yield "partial", Said(True, where)
            return
    if is_number(value_at(data, "config", "limit")):
        yield "partial", Said(True, origin.at("config", "limit"))


def _day(seconds: Any) -> str | None:
    """Epoch seconds as a timestamp."""
    if not is_number(seconds) or not math.isfinite(seconds) or not 0 < seconds < 4e9:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _directions(artifact: Artifact, told: Any) -> Iterator[Fact]:
    """Which metrics are better higher; one that the tasks disagree about is told of none."""
    found: dict[str, set[bool]] = {}
    places: dict[str, Origin] = {}
    for task, row in told.items() if isinstance(told, dict) else ():
        for metric, better in row.items() if isinstance(row, dict) else ():
            if isinstance(better, bool) and isinstance(metric, str):
                found.setdefault(metric, set()).add(better)
                places.setdefault(metric, artifact.at("higher_is_better", task, metric))
    for metric, said in found.items():
        if len(said) == 1 and metric.replace("_", "a").isalnum():
            value = {"id": metric, "direction": "maximize" if said.pop() else "minimize"}
            yield Fact("metrics[]", value, places[metric], "observed")
