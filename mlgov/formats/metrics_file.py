"""Metrics in JSON and YAML, as training and evaluation scripts write them: `metrics.json`, `scores.json`, `dvclive/`."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, locate
from mlgov.formats._listed import is_declared, metrics_named
from mlgov.formats._measured import Found, Measured, NonFinite
from mlgov.formats._metric_words import AMBIGUOUS, BASELINE, known, split_of
from mlgov.formats._report import is_report
from mlgov.formats._results import Context, Said, baseline
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "metrics"
PATHS = ("metrics.json", "metrics.yaml", "metrics.yml", "*_metrics.json", "*-metrics.json", "metrics_*.json",
         "metrics-*.json", "**/metrics/*.json", "*.json", "*.yaml", "*.yml")  # fmt: skip
MARKERS = ()
ROLE = "part"

_WORDS = frozenset(
    "metrics metric scores score results result evaluation eval performance report baseline summary kpi kpis".split()
)
_FOLDERS = frozenset("metrics dvclive evaluation eval scores results reports report evaluations".split())
# keys that tell other formats, some of which hold numbers under the name of a metric
_OTHERS = frozenset(
    "apiVersion kind $schema nbformat lockfileVersion dependencies panels stages plugins_used generator_version totals "
    "model_details n-shot bomFormat expectation_suite_name expectations swagger openapi scrape_configs groups cells "
    "apiversion flavors outs dataContractSpecification compilerOptions @context".split()
)
# what watches a model in use says nothing about how it was evaluated
_OF_OPERATION = frozenset({"monitoring", "drift", "coverage", "grafana", "lighthouse"})
_VERSION = re.compile(r"(?<![0-9A-Za-z])v\d+(?:[._]\d+){0,3}(?![0-9A-Za-z])")


def recognise(artifact: Artifact) -> Claim | None:
    """A file that its name, its folder or a pipeline calls metrics, and that holds at least one known metric."""
    declared = is_declared(artifact)
    if not declared and not _says_metrics(artifact):
        return None
    data = artifact.data
    if not _is_open(data):
        return None
    if declared:
        return Claim(detail="metrics of a pipeline") if any(True for _ in _found(artifact)) else None
    return Claim() if any(_is_clear(found) for found in _found(artifact)) else None


def _says_metrics(artifact: Artifact) -> bool:
    if {word for part in artifact.path.split("/") for word in words(part)} & _OF_OPERATION:
        return False
    folders = {part.lower() for part in artifact.folder.split("/")[-2:]}
    return bool(set(words(artifact.name.partition(".")[0])) & _WORDS or folders & _FOLDERS)


def _is_open(data: Any) -> bool:
    if isinstance(data, dict):
        return not _OTHERS & data.keys() and not is_report(data)
    return isinstance(data, list)


def _is_clear(found: Found) -> bool:
    """A number that can only be the value of a metric of a model."""
    names = [found.metric] if isinstance(found, NonFinite) else _metrics(found)
    meant = [known(name) for name in names]
    return any(name is not None and name.base not in AMBIGUOUS for name in meant)


def _metrics(fact: Fact) -> list[str]:
    results = fact.value.get("results", [fact.value])
    return [result["metric"] for result in results if result.get("metric")]


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One result per known metric, with what the file, its name and its keys say about it."""
    gathered: list[Fact] = []
    for found in _found(artifact):
        if isinstance(found, NonFinite):
            yield not_finite(artifact, found)
        elif _is_baseline(artifact) and found.path == "evaluation.results[]":
            gathered.append(found)
        else:
            yield found
    if gathered:
        yield baseline(artifact.name.partition(".")[0], gathered, artifact.at(), "observed")


def _is_baseline(artifact: Artifact) -> bool:
    return bool(set(words(artifact.name.partition(".")[0])) & BASELINE)


def _found(artifact: Artifact) -> Iterator[Found]:
    measured = Measured("observed", metrics_named(artifact), is_declared(artifact))
    for document in artifact.documents:
        origin = artifact.at(document=document.index)
        yield from measured.node(document.data, origin, named_by_path(artifact))


def named_by_path(artifact: Artifact) -> Context:
    """What the path says: `train_metrics.json` is about the training split, `v1.2/metrics.json` about a version."""
    context: dict[str, Said] = {}
    stem = artifact.name.rpartition(".")[0]
    if split := split_of(stem):
        context["split"] = Said(split, artifact.at())
    if versions := _VERSION.findall(artifact.path):
        context["model_version"] = Said(versions[-1].replace("_", "."), artifact.at())
    return context


def not_finite(artifact: Artifact, found: NonFinite) -> Flaw:
    """The flaw of a value such as NaN, at its place."""
    span = locate(artifact.path, artifact.raw, found.origin.pointer, found.origin.document)
    said = getattr(found.value, "text", None) or str(found.value)
    return Flaw("INT004", f"{found.metric} is {said}, which is not a finite number", span.line, span.column,
                None, found.origin.document)  # fmt: skip
