"""How the model is made and chosen."""

from typing import Annotated, Any, Literal

from mlgov.lifecycle.fields import (
    Bytes,
    Count,
    Date,
    Duration,
    Flag,
    Fraction,
    Id,
    Mapped,
    MetricRef,
    Number,
    OneOrMore,
    Ref,
    Share,
    Text,
    items,
    maps,
    states,
)
from mlgov.lifecycle.pipeline import Lineage, Pipeline, Run
from mlgov.lifecycle.record import Amount, Record, Sourced
from mlgov.lifecycle.result import MetricResult, OfflineSplit


class Latency(Sourced):
    """A measured time per prediction."""

    value: Duration = states("the time")
    percentile: Text = states("e.g. p95")
    hardware: Text = states("measured on what")


class Candidate(Record):
    """One model that was tried."""

    id: Id = states("names the candidate")
    complexity: Literal["simple", "medium", "complex", "ensemble"] | None = states(
        "zero-shot prompting counts as simple"
    )
    family: Text = states("e.g. gradient boosting")
    pros: Text = states("what speaks for it")
    cons: Text = states("what speaks against it")
    train_time: Duration = states("time to train")
    train_rows: Count = states("rows it saw")
    resources: Text = states("machines it took")
    latency: Latency | None = states("time per prediction")
    size: Bytes = states("size of the model file")
    memory: Bytes = states("memory in use")
    trained_on: Date = states("order of attempts")
    results: list[MetricResult] = items("same record as evaluation.results")


class Configuration(Record):
    """One of several sets of hyperparameters that a document shows side by side."""

    name: Text = states("what the document calls it")
    hyperparameters: dict[str, Any] = maps("compared by normalised name")


class Selection(Record):
    """Which candidate was chosen, and by what."""

    selected: Annotated[Text, Ref("training.candidates")] = states("the chosen one")
    metric: MetricRef = states("by which metric")
    split: OfflineSplit | None = states("where the choice was made")
    rationale: Text = states("why")


class LatencyLimit(Record):
    """The longest time that a prediction may take."""

    max: Duration = states("the longest time")
    percentile: Text = states("e.g. p95")


class SizeLimit(Record):
    """The largest size that is allowed."""

    max: Bytes = states("the largest size")


class TimeLimit(Record):
    """The longest time that is allowed."""

    max: Duration = states("the longest time")


class TrainingConstraints(Record):
    """What a candidate may cost."""

    latency: LatencyLimit | None = states("time per prediction")
    size: SizeLimit | None = states("size of the model file")
    memory: SizeLimit | None = states("memory in use")
    train_time: TimeLimit | None = states("time to train")


class Loss(Record):
    """What training minimises."""

    name: Text = states("e.g. log_loss")
    weights: Mapped[Share] = maps("weights inside one combined loss")
    custom: Flag = states("written by the team")


class EnsembleMember(Record):
    """One of several models that answer together."""

    model: Text = states("which")
    objective: Text = states("what it is trained for")
    weight: Fraction = states("its weight")


class Imbalance(Record):
    """What is done about rare classes."""

    strategy: Text = states("none + reason is an answer")
    reason: Text = states("why")


class Tuning(Record):
    """How hyperparameters were searched."""

    method: Text = states("e.g. random_search")
    trials: Count = states("how many")
    split: OfflineSplit | None = states("where they were judged")
    metric: MetricRef = states("by what")


class DecisionThreshold(Sourced):
    """The decision threshold and where it was chosen."""

    value: Number = states("the threshold")
    split: OfflineSplit | None = states("where it was chosen")


class Architecture(Record):
    """The shape of the model."""

    name: Text = states("e.g. resnet50")
    base_model: Text = states("what it was fine-tuned from")
    input_shape: OneOrMore[Count] = items("sizes of the input")
    classes: Count = states("how many it tells apart")
    parameters: Count = states("how many it has")


class SignatureInput(Record):
    """A column that the model takes."""

    name: Text = states("the column")
    type: Text = states("its type")
    required: Flag = states("never missing")
    importance: Fraction = states("its share of the explanation")


class SignatureOutput(Record):
    """A column that the model returns."""

    name: Text = states("the column")
    type: Text = states("its type")


class Signature(Record):
    """The columns that go in and come out."""

    inputs: list[SignatureInput] = items("columns the model takes")
    outputs: list[SignatureOutput] = items("columns the model returns")


class Distributed(Record):
    """Whether training runs on several machines."""

    strategy: Text = states("none + reason is an answer")
    reason: Text = states("why")


class Training(Record):
    """The section `training`."""

    candidates: list[Candidate] = items("the models that were tried")
    selection: Selection | None = states("which was chosen")
    constraints: TrainingConstraints | None = states("what a candidate may cost")
    loss: Loss | None = states("what training minimises")
    ensemble: list[EnsembleMember] = items("several models, one per objective")
    imbalance: Imbalance | None = states("none + reason is an answer")
    tuning: Tuning | None = states("how hyperparameters were searched")
    threshold: DecisionThreshold | None = states("decision threshold and where it was chosen")
    hyperparameters: dict[str, Any] = maps("compared by normalised name")
    configurations: list[Configuration] = items("sets of hyperparameters, side by side")
    architecture: Architecture | None = states("the shape of the model")
    signature: Signature | None = states("columns that go in and come out")
    pipeline: Pipeline | None = states("how it is run")
    lineage: Lineage | None = states("what it was made from")
    runs: list[Run] = items("repeated runs of the selected recipe")
    distributed: Distributed | None = states("required for large models")
    cost: Amount = states("what one training costs")
