"""Puts the rows of two tables of predictions beside each other, by what names each row."""

import numpy as np

from mlgov.verification.job import Unmeasurable
from mlgov.verification.metrics.sample import Sample
from mlgov.verification.predicted import Predicted


def paired(ours: Predicted, theirs: Predicted) -> tuple[Sample, Sample]:
    """Both samples with their rows in one order; refused where the tables do not hold the same items once each."""
    mine, other = ours.keys(), theirs.keys()
    if mine is None or other is None:
        path = (ours if mine is None else theirs).table.path
        raise Unmeasurable("has no column that names each row, so it cannot be paired (predictions.item)", path)
    for table, keys in ((ours.table, mine), (theirs.table, other)):
        if len(np.unique(keys)) < len(keys):
            raise Unmeasurable("names a row twice, so it cannot be paired", table.path)
    first, second = np.argsort(mine, kind="stable"), np.argsort(other, kind="stable")
    if len(mine) != len(other) or (mine[first] != other[second]).any():
        raise Unmeasurable(f"does not hold the same rows as {ours.table.path}", theirs.table.path)
    one, two = ours.sample().take(first), theirs.sample().take(second)
    if one.target.dtype.kind != two.target.dtype.kind or (one.target != two.target).any():
        raise Unmeasurable(f"has other true values than {ours.table.path} for the same rows", theirs.table.path)
    return one, two
