"""One measured number, wherever it stands: evaluation, baselines, candidates and robustness share this record."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    Count,
    DatasetRef,
    Date,
    Flag,
    Fraction,
    MetricRef,
    Number,
    Ref,
    Text,
    Version,
    states,
)
from mlgov.lifecycle.record import Record, Sourced

Average = Literal["binary", "micro", "macro", "weighted", "samples"]
Split = Literal["train", "validation", "test", "cross_validation", "online"]
OfflineSplit = Literal["train", "validation", "test", "cross_validation"]


class Interval(Record):
    """A confidence interval around a measured value."""

    low: Number = states("lower end")
    high: Number = states("upper end")
    level: Fraction = states("confidence level; 0.95 where absent")
    method: Text = states("how it was computed, e.g. wilson, hanley_mcneil, bootstrap")


class Counts(Record):
    """Confusion counts, or successes of trials."""

    tp: Count = states("true positives")
    fp: Count = states("false positives")
    fn: Count = states("false negatives")
    tn: Count = states("true negatives")
    k: Count = states("successes")
    n: Count = states("trials")


class MetricResult(Sourced):
    """One measured number with what makes it usable, testable and attributable."""

    metric: MetricRef = states("id or name of the metric; unknown names stay facts of an unlisted metric")
    value: Number = states("the measured value; its literal text is kept")
    dataset: DatasetRef = states("the data set it was measured on")
    split: Split | None = states("default unknown, not test")
    slice: Annotated[Text, Ref("evaluation.slices")] = states("absent = whole split")
    n: Count = states("items, not rows of a report")
    positives: Count = states("n - positives = negatives")
    ci: Interval | None = states("level defaults to 0.95")
    sd: Number = states("over runs or folds")
    counts: Counts | None = states("confusion counts, or successes of trials")
    threshold: Number = states("decision threshold at which it was measured")
    coverage: Fraction = states("share of cases above the threshold")
    average: Average | None = states("overrides the definition for this value")
    k: Count = states("the rank at which it is cut")
    model_version: Version = states("the version that was measured")
    model_hash: Text = states("digest of the model that was measured")
    variant: Text = states("e.g. int8")
    dataset_version: Version = states("the version of the data set")
    run_id: Text = states("the run that measured it")
    date: Date = states("when it was measured")
    partial: Flag = states("a part of the test set only")

    @property
    def owner(self) -> str:
        """Whose number it is: `evaluation` (the model), `baselines`, `training` (a candidate) or `robustness`."""
        return "robustness" if "robustness" in self.path else str(self.path[0]) if self.path else "evaluation"

    @property
    def is_observed(self) -> bool:
        """True if a run wrote the value, even where a person wrote the record around it."""
        return self._book.how((*self._path, "value")) != "declared"
