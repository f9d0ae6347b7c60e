"""How data are divided into training, validation and test."""

from typing import Literal

from mlgov.lifecycle.fields import (
    Count,
    DatasetRef,
    Date,
    Duration,
    FilePath,
    Fraction,
    Integer,
    Text,
    Texts,
    items,
    states,
)
from mlgov.lifecycle.record import Record

Strategy = Literal["random", "stratified", "grouped", "temporal", "geographic", "predefined", "cross_validation"]


class SplitPart(Record):
    """One part of a split."""

    part: Literal["train", "validation", "test"] | None = states("dev, val, valid = validation")
    dataset: DatasetRef = states("the data set that holds it")
    fraction: Fraction = states("fraction or rows")
    rows: Count = states("fraction or rows")
    from_: Date = states("first event in the part", alias="from")
    to: Date = states("last event in the part")
    file: FilePath = states("for the overlap check")


class Splits(Record):
    """How data are divided."""

    strategy: Strategy | None = states("how rows are assigned")
    key_: Texts = items("grouping or stratification column", alias="key")
    time_column: Text = states("the column that orders events")
    gap: Duration = states("embargo between the parts, at least the label horizon")
    folds: Count = states("of a cross-validation")
    seed: Integer = states("not needed for temporal or predefined")
    total_rows: Count = states("rows of all parts")
    discarded_rows: Count = states("rows of no part")
    parts: list[SplitPart] = items("the parts")
