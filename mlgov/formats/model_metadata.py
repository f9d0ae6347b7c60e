"""Metadata that training scripts write beside a model: its kind, version and day, the settings and numbers of its run."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._identity import context_of
from mlgov.formats._listed import is_declared
from mlgov.formats._measured import Measured, NonFinite
from mlgov.formats._quantities import text_of
from mlgov.formats._settings import settings
from mlgov.formats.metrics_file import not_finite
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "model-metadata"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = ()
ROLE = "part"
_WORDS = frozenset({"metadata", "info", "registry"})
_KINDS = ("model_type", "model_name", "algorithm", "model_class", "estimator")
_MADE = ("version", "model_version", "training_date", "trained_at", "trained_on", "created_at", "timestamp", "run_id")
_SETTINGS = ("hyperparameters", "params", "parameters", "config", "model_params", "best_params")
_NUMBERS = ("metrics", "performance", "scores", "evaluation", "results", "test_metrics")
_OTHERS = frozenset("apiVersion kind $schema bomFormat model_details flavors artifact_path cells".split())


def recognise(artifact: Artifact) -> Claim | None:
    """By a word of its name, what the model is, when or as which version it was made, and its settings or numbers."""
    if not _WORDS & set(words(artifact.name.rpartition(".")[0])) or is_declared(artifact):
        return None
    data = artifact.data
    if not isinstance(data, dict) or _OTHERS & data.keys():
        return None
    told = all(any(text_of(data.get(key)) for key in keys) for keys in (_KINDS, _MADE))
    return Claim() if told and any(isinstance(data.get(key), dict) for key in (*_SETTINGS, *_NUMBERS)) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Settings as the run had them, and what it measured, with the version that the file names."""
    data, at = artifact.data, artifact.at()
    for key in _SETTINGS:
        if isinstance(data.get(key), dict):
            yield from settings(data[key], at.at(key), "observed")
    context = context_of(_identity(data), at, {})
    for key in _NUMBERS:
        if isinstance(data.get(key), dict):
            for found in Measured("observed").node(data[key], at.at(key), context):
                yield not_finite(artifact, found) if isinstance(found, NonFinite) else found


def _identity(data: dict[str, Any]) -> dict[str, Any]:
    """The plain values at the top: what is nested tells of other things."""
    return {key: value for key, value in data.items() if not isinstance(value, (dict, list))}
