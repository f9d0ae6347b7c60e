"""The rows that a metric is computed from, as arrays of equal length."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Incomputable(Exception):
    """Why a metric cannot be computed from these rows; completes "accuracy cannot be computed: …"."""


@dataclass(frozen=True)
class Sample:
    """Rows of predictions. target, prediction: texts of classes, or numbers where all of them are numbers.

    score: a number per row, the greater the more likely positive (or the better ranked). weight: of a row. query: what a
    row was ranked for. positive: the class that counts as positive, "" where nobody says. None = there is no such column.
    """

    target: NDArray[Any]
    prediction: NDArray[Any] | None = None
    score: Floats | None = None
    weight: Floats | None = None
    query: NDArray[Any] | None = None
    positive: str = ""

    def __len__(self) -> int:
        return len(self.target)

    def take(self, chosen: NDArray[Any]) -> "Sample":
        """The rows of an index or a mask."""
        parts = (self.prediction, self.score, self.weight, self.query)
        prediction, score, weight, query = (None if part is None else part[chosen] for part in parts)
        return Sample(self.target[chosen], prediction, score, weight, query, self.positive)

    @property
    def truth(self) -> Flags:
        """Which rows are positive."""
        return self._is_positive(self.target)

    @property
    def said(self) -> Flags:
        """Which rows are predicted positive."""
        return self._is_positive(self.labels)

    def decided(self, threshold: float | None) -> Flags:
        """Which rows count as positive: those from a threshold on, where one is declared, else those predicted so."""
        return self.said if threshold is None or self.score is None else np.asarray(self.score >= threshold)

    @property
    def labels(self) -> NDArray[Any]:
        """The predicted classes or numbers."""
        if self.prediction is None:
            raise Incomputable("there is no column of predictions")
        return self.prediction

    @property
    def scores(self) -> Floats:
        """The scores."""
        if self.score is None:
            raise Incomputable("there is no column of scores")
        return self.score

    @property
    def probabilities(self) -> Floats:
        """The scores, which must lie between 0 and 1."""
        scores = self.scores
        if not (len(scores) and scores.min() >= 0 and scores.max() <= 1):
            raise Incomputable("the scores are no probabilities")
        return scores

    @property
    def numbers(self) -> tuple[Floats, Floats]:
        """Target and prediction as numbers; a score stands for the prediction where there is none."""
        said = self.score if self.prediction is None else self.prediction
        if said is None or self.target.dtype.kind != "f" or said.dtype.kind != "f":
            raise Incomputable("target and prediction are no numbers")
        return self.target, said

    @property
    def is_binary(self) -> bool:
        """True if the target knows two classes at most."""
        return len(np.unique(self.target)) <= 2

    def _is_positive(self, classes: NDArray[Any]) -> Flags:
        positive = self.positive or self._usual()
        if classes.dtype.kind == "f":
            try:
                return np.asarray(classes == float(positive))
            except ValueError:
                raise Incomputable(f"the positive class {positive!r} is no number, as the classes are") from None
        return np.asarray(np.char.lower(classes.astype(str)) == positive.lower())

    def _usual(self) -> str:
        """`1` of 0 and 1, `true` of true and false, `yes` of yes and no: nobody counts these the other way round."""
        known = {str(value).lower() for value in np.unique(self.target)}
        for negative, positive in (("0.0", "1.0"), ("false", "true"), ("no", "yes"), ("n", "y"), ("-1.0", "1.0")):
            if known <= {negative, positive}:
                return positive
        raise Incomputable("nobody says which class is positive (evaluation.predictions.positive_class)")
