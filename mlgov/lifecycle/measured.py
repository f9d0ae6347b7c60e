"""What was measured in the data themselves: frozen records that rules judge beside what is declared.

A project has measurements only after a run with `--data`. Each one knows the declaration that it was made for: its
`subject` and its origin are those of the declaring record, so a finding stands where a person can act.
A measurement holds plain values only, because it is made in another process and comes back as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlgov.finding import Origin

__all__ = [
    "Measured", "MeasuredColumn", "MeasuredExpectation", "MeasuredFile", "MeasuredGain", "MeasuredGiveaway", "MeasuredGroup", "MeasuredGroups", "MeasuredMetric", "MeasuredOverlap", "MeasuredPart", "MeasuredShift", "Repeats", "ShiftedColumn",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Base of everything measured.

    subject: canonical path of the declaring record (`data.datasets[train]`). origin: where that stands.
    """

    subject: str
    origin: Origin

    def at(self) -> Origin:
        """Where what was measured is declared."""
        return self.origin


@dataclass(frozen=True, kw_only=True)
class MeasuredColumn:
    """One column of a data file. values: rows that have one: not null, no NaN, and in a text file no word such as `NA`.

    fits: how many values are of each logical type (`integer number boolean date timestamp time object array`); a text
    fits every type that it spells.
    """

    name: str
    values: int
    fits: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class MeasuredFile(Measured):
    """One data file, or one folder of equal files, read whole.

    path: in the tree. digests: of the bytes, by algorithm, as far as the declared version is such a digest.
    classes: rows of each value of the label, as texts; empty where no label is declared or it has too many values.
    """

    path: str
    format: str
    rows: int
    bytes: int
    columns: tuple[MeasuredColumn, ...]
    digests: Mapping[str, str]
    label: str = ""
    classes: Mapping[str, int] = field(default_factory=dict)

    def column(self, name: str) -> MeasuredColumn | None:
        """The column of this name."""
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True, kw_only=True)
class MeasuredPart(Measured):
    """One part of a split, in its own rows. part: `train`, `validation` or `test`.

    path: of its data in the tree. first, last: of its rows in time, ISO 8601 in UTC; "" where no row tells a time.
    untimed: rows without one. classes: rows of each value of the label, where a label is declared.
    early, late: rows before and after the declared days of the part.
    """

    part: str
    path: str
    rows: int
    time: str = ""
    first: str = ""
    last: str = ""
    untimed: int = 0
    early: int = 0
    late: int = 0
    label: str = ""
    classes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Repeats:
    """Rows of a later part that stand in an earlier one as well.

    rows: of the later part. distinct: different rows of the earlier part. alone: rows that stand exactly once in each;
    doubled: rows that stand exactly twice in the earlier part and never in the later one. The two tell chance from
    copying: where rows repeat by themselves, both are in proportion.
    """

    rows: int
    distinct: int
    alone: int = 0
    doubled: int = 0


@dataclass(frozen=True, kw_only=True)
class MeasuredOverlap(Measured):
    """Two parts of one split, held against each other; subject and origin are those of the later part.

    earlier, later: names of the parts; their paths, rows and where the earlier one is declared.
    columns: how many columns were compared. exact: equal values; near: equal but for case, spaces, the way in which
    numbers are written, and keys that number rows or name entities. keys: different values of the declared entity key
    that stand in both, of `all_keys` in the later part; keyed: rows of the later part that have such a key.
    gap: seconds from the last row of the earlier part to the first of the later; None where a time is unknown.
    before_end: rows of the later part that are not after the last row of the earlier one.
    """

    earlier: str
    later: str
    earlier_path: str
    later_path: str
    earlier_origin: Origin
    earlier_rows: int
    later_rows: int
    columns: int
    exact: Repeats
    near: Repeats | None = None
    key: str = ""
    keys: int = 0
    all_keys: int = 0
    keyed: int = 0
    gap: float | None = None
    before_end: int = 0


@dataclass(frozen=True, kw_only=True)
class MeasuredGiveaway(Measured):
    """A column of the training data that alone tells the label of every row in which it has a value.

    how: `copy` (each of its values goes with one label), `cut` (ranges of it part the labels) or `equal` (it is the
    number that the label is). rows: in which it has a value; of `all_rows`. values: different ones, 0 = not counted.
    chance: with which noise would do the same in one of the columns that were looked at.
    """

    path: str
    label: str
    column: str
    how: str
    rows: int
    all_rows: int
    values: int = 0
    chance: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ShiftedColumn:
    """One column in two windows, as rows in the same bins: tenths of the training data, or values; the last: missing."""

    name: str
    train: tuple[int, ...]
    reference: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MeasuredShift(Measured):
    """The window that drift is measured against, held against the training data, column by column.

    path, rows: of the reference.
    """

    path: str
    rows: int
    train_path: str
    train_rows: int
    train_origin: Origin
    columns: tuple[ShiftedColumn, ...]


@dataclass(frozen=True, kw_only=True)
class MeasuredMetric(Measured):
    """One metric, computed again from predictions, for the statement that it can be held against.

    path: the predictions, in the tree. about: where the statement stands in the model (`("evaluation", "results", 3)`).
    values: what the metric is, in base units, in each of its usual definitions (the area under precision and recall has
    two); empty where `lack` says why it cannot be computed. n: rows. low, high: 95 % limits, by `method`.
    """

    path: str
    about: tuple[str | int, ...]
    metric: str
    values: tuple[float, ...] = ()
    n: int = 0
    low: float | None = None
    high: float | None = None
    method: str = ""
    lack: str = ""


@dataclass(frozen=True, kw_only=True)
class MeasuredGain(Measured):
    """A metric of the model and of a baseline on the same rows. origin: where the baseline's predictions are declared.

    metric: its name in the project. p: two-sided, of no difference. low, high: 95 % limits of ours - theirs.
    only_ours, only_theirs: items that only one of the two got right; None where items are not right or wrong.
    """

    baseline: str
    metric: str
    ours: float
    theirs: float
    n: int
    p: float
    low: float
    high: float
    method: str
    only_ours: int | None = None
    only_theirs: int | None = None


@dataclass(frozen=True, kw_only=True)
class MeasuredGroup:
    """The confusion counts of the rows with one value of an attribute."""

    value: str
    tp: int
    fp: int
    fn: int
    tn: int


@dataclass(frozen=True, kw_only=True)
class MeasuredGroups(Measured):
    """The groups that an attribute makes, in the predictions. origin: the fairness limit that they are held against."""

    path: str
    attribute: str
    groups: tuple[MeasuredGroup, ...]


@dataclass(frozen=True, kw_only=True)
class MeasuredExpectation(Measured):
    """What came of one expectation of a data set; origin: the place that states the expectation.

    path: the data that were looked at, a file of the tree or `connection table`. suite: file of the team's own suite, ""
    where the expectation follows from a declaration. expectation, arguments: as Great Expectations calls them.
    expected: the same in words, such as `age should be from 18 to 120`. values, unexpected: how many values were looked at,
    and were otherwise; -1 where nothing is counted. observed: what was measured instead, as a text. examples: a few
    unexpected values; none of columns about persons.
    """

    path: str
    suite: str
    expectation: str
    arguments: Mapping[str, Any]
    expected: str
    holds: bool
    values: int = -1
    unexpected: int = -1
    observed: str = ""
    examples: tuple[str, ...] = ()
