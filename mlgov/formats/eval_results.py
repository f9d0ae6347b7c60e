"""`.eval_results/*.yaml` of Hugging Face: results on benchmarks, the newer form of `model-index`."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, locate
from mlgov.finding import Origin
from mlgov.formats._numbers import amount
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact
from mlgov.units import day, literal

NAME = "eval-results"
PATHS = (".eval_results/*.yaml", ".eval_results/*.yml", "**/.eval_results/*.yaml", "**/.eval_results/*.yml")
MARKERS = (b"dataset",)
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its folder and its shape: a list of results, each with a data set and a value."""
    rows = artifact.data
    return Claim() if isinstance(rows, list) and any(isinstance(r, dict) and "dataset" in r for r in rows) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One declared result for each entry; the task of the benchmark is the name of its metric."""
    for at, row in enumerate(artifact.data):
        dataset = row.get("dataset") if isinstance(row, dict) else None
        if not isinstance(dataset, dict) or not dataset.get("id"):
            yield _flaw(artifact, artifact.at(at), "an evaluation result has no dataset.id")
        else:
            yield from _result(artifact, row, dataset, artifact.at(at))


def _result(artifact: Artifact, row: dict[str, Any], dataset: dict[str, Any], at: Origin) -> Iterator[Fact | Flaw]:
    value = row.get("value")
    printed = amount(value) if isinstance(value, str) else None
    read_ = printed.text if printed else value
    if isinstance(read_, bool) or not isinstance(read_, (int, float)) and printed is None:
        yield _flaw(artifact, at.at("value"), f"the value {literal(value)[:60]!r} is not a number")
        return
    if isinstance(read_, float) and not math.isfinite(read_):
        yield _flaw(artifact, at.at("value"), f"the value is {literal(value)}, which is not a finite number")
        return
    context = {"dataset": Said(literal(dataset["id"]), at.at("dataset", "id"))}
    if dataset.get("revision"):
        context["dataset_version"] = Said(literal(dataset["revision"]), at.at("dataset", "revision"))
    if isinstance(row.get("date"), str):
        try:
            context["date"] = Said(day(row["date"]), at.at("date"))
        except ValueError:
            yield _flaw(artifact, at.at("date"), f"the date {row['date'][:40]!r} does not exist", "INT008")
    metric = literal(dataset["task_id"]) if dataset.get("task_id") else "score"
    yield result(metric, Said(read_, at.at("value")), context, "declared")


def _flaw(artifact: Artifact, origin: Origin, reason: str, code: str = "INT004") -> Flaw:
    span = locate(artifact.path, artifact.raw, origin.pointer)
    return Flaw(code, reason, span.line, span.column)
