"""A file that holds what a model said for each item, beside the truth: from it metrics can be computed again."""

from typing import Literal

from mlgov.lifecycle.fields import DatasetRef, FilePath, Text, Version, states
from mlgov.lifecycle.record import Record


class Predictions(Record):
    """A file of predictions, one row per item (or per item and query), for recomputing metrics."""

    file: FilePath = states("the file")
    target: Text = states("column of the truth")
    prediction: Text = states("column of the prediction")
    score: Text = states("column of the score")
    positive_class: Text = states("the class that counts as positive")
    weight: Text = states("column of the weight of an item; absent = all alike")
    item: Text = states("column that names the item, so that two files can be joined")
    query: Text = states("column of the query, user or session that a ranking is for")
    dataset: DatasetRef = states("the data set that was predicted")
    split: Literal["train", "validation", "test", "cross_validation", "online"] | None = states("the split")
    model_version: Version = states("the version that predicted")
