"""Offline evidence: protocol, acceptance, results, slices, explanations, limits and claims."""

from typing import Annotated, Literal

from mlgov.lifecycle.fairness import AbuseCase, Fairness, Robustness
from mlgov.lifecycle.fields import (
    BaselineRef,
    Correction,
    Count,
    DatasetRef,
    Flag,
    Fraction,
    Id,
    Mapped,
    MetricRef,
    MetricRefs,
    Number,
    PathOrText,
    PathOrUrl,
    Ref,
    Text,
    Texts,
    Value,
    items,
    maps,
    states,
)
from mlgov.lifecycle.predictions import Predictions
from mlgov.lifecycle.record import Bound, Record, Sourced
from mlgov.lifecycle.result import MetricResult, OfflineSplit


class IntervalMethod(Record):
    """How confidence intervals are computed."""

    method: Text = states("e.g. bootstrap, wilson")
    level: Fraction = states("confidence level")
    resamples: Count = states("of a bootstrap")


class Protocol(Record):
    """How the model is evaluated."""

    datasets: Annotated[Texts, Ref("data.datasets")] = items("on what")
    metrics: MetricRefs = items("by what")
    confidence_interval: IntervalMethod | None = states("how intervals are computed")
    test: Text = states("statistical test for comparisons")
    correction: Correction | None = states("for several comparisons")


class AcceptanceCriterion(Bound):
    """A release criterion."""

    id: Id = states("names the criterion")
    metric: MetricRef = states("the metric that is judged")
    slice: Annotated[Text, Ref("evaluation.slices")] = states("absent = whole split")
    against: BaselineRef = states("what has to be beaten")
    min_improvement: Number = states("by how much, in the metric's own direction")


class Slice(Record):
    """A part of the data that is looked at by itself."""

    id: Id = states("names the slice")
    attribute: Text = states("the column that cuts it")
    value: Text = states("the value it has there")


class Comparison(Record):
    """A paired comparison with a baseline."""

    against: BaselineRef = states("the baseline")
    metric: MetricRef = states("the metric")
    dataset: DatasetRef = states("on what")
    split: OfflineSplit | None = states("where")
    n: Count = states("pairs")
    b: Count = states("only the candidate right")
    c: Count = states("only the baseline right")
    p_value: Fraction = states("as reported")


class Explainability(Record):
    """Why the model answers as it does."""

    local: PathOrText = states("for one prediction")
    global_: PathOrText = states("for all of them", alias="global")
    features: Mapped[Value] = maps("importance of each feature")


class Limitation(Record):
    """A known limit."""

    id: Id = states("names the limit")
    statement: Text = states("where it does not work")
    slice: Annotated[Text, Ref("evaluation.slices")] = states("the part of the data that is meant")


class MetricClaim(Sourced):
    """What is said about the model elsewhere."""

    id: Id = states("names the claim")
    kind: Literal["value", "superior", "noninferior", "failure_rate"] | None = states("what is claimed")
    metric: MetricRef = states("about which metric")
    value: Number = states("the claimed value")
    margin: Number = states("allowed loss, in the metric's own direction")
    against: BaselineRef = states("compared with what")
    document: PathOrUrl = states("where it is said")

    def as_result(self) -> MetricResult:
        """The claim as a result that stands where the claim does, so that the two can be compared."""
        result = MetricResult.model_validate({"metric": self.metric, "value": self.value})
        list(result.bind(self._book, self._path))
        return result


class Trials(Record):
    """Trials that could have failed."""

    n: Count = states("trials")
    failures: Count = states("failures")
    independent: Flag = states("one does not influence another")


class Evaluation(Record):
    """The section `evaluation`."""

    protocol: Protocol | None = states("how it is evaluated")
    acceptance: list[AcceptanceCriterion] = items("release criteria")
    results: list[MetricResult] = items("what was measured")
    slices: list[Slice] = items("what the slices mean")
    comparisons: list[Comparison] = items("paired counts: b = only the candidate right, c = only the baseline right")
    fairness: Fairness | None = states("differences between groups of persons")
    robustness: list[Robustness] = items("what it withstands")
    abuse_cases: list[AbuseCase] = items("how it could be misused")
    error_analysis: PathOrText = states("where and why it is wrong")
    explainability: Explainability | None = states("why it answers as it does")
    limitations: list[Limitation] = items("the known limits")
    claims: list[MetricClaim] = items("what is said about the model elsewhere")
    trials: Trials | None = states("failure trials")
    predictions: Predictions | None = states("for recomputing metrics")
