"""What the model has to beat."""

from typing import Literal

from mlgov.lifecycle.fields import Id, Text, Url, Version, items, states
from mlgov.lifecycle.predictions import Predictions
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.result import MetricResult

Kind = Literal[
    "random",
    "majority_class",
    "constant",
    "heuristic",
    "simple_model",
    "current_system",
    "previous_model",
    "human",
    "pretrained",
    "published",
]


class Baseline(Record):
    """One thing that the model has to beat, with what it was measured at."""

    id: Id = states("names the baseline")
    kind: Kind | None = states("random and majority_class are trivial; constant is an alias of majority_class")
    description: Text = states("what it does")
    reference: Url = states("paper or leaderboard")
    model_version: Version = states("the version it stands for")
    results: list[MetricResult] = items("same record as evaluation.results")
    predictions: Predictions | None = states("what it predicted, for paired tests")
