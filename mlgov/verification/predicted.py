"""Reads a table of predictions: which column is what, and the rows as arrays."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlgov.verification.engines import Engine
from mlgov.verification.job import Table, Unmeasurable
from mlgov.verification.metrics.sample import Floats, Sample

# how columns are called where nobody says it; the first that the table has counts
USUAL = {
    "target": ("target", "label", "y_true", "true_label", "truth", "ground_truth", "actual", "y"),
    "prediction": ("prediction", "predicted", "predicted_label", "y_pred", "pred", "y_hat", "yhat"),
    "score": ("score", "probability", "proba", "prob", "y_score", "y_prob", "y_proba", "predicted_probability"),
    "item": ("id", "item_id", "row_id", "sample_id", "example_id", "record_id", "index"),
}
PARTS = ("target", "prediction", "score", "weight", "item", "query")


class Predicted:
    """One table of predictions, read whole in one query, so that all arrays hold the rows in one order.

    columns: what each part is called in it (`target`, `score` …), as far as it has one.
    declared: the names that the declaration gives; a name that the table does not have is refused.
    others: more columns that are wanted, as texts.
    """

    def __init__(self, engine: Engine, table: Table, declared: Mapping[str, Any], others: Iterable[str] = ()) -> None:
        self.table = table
        self._view = engine.view(table)
        self._positive = str(declared.get("positive_class") or "")
        self.columns = {part: name for part in PARTS if (name := self._column(part, declared.get(part)))}
        self._names = [n for n in dict.fromkeys((*self.columns.values(), *others)) if self._view.column(n)]
        self._texts, self._numbers = self._read(engine)

    @property
    def is_complete(self) -> bool:
        """True if the table holds the truth and what was said."""
        return "target" in self.columns and bool({"prediction", "score"} & self.columns.keys())

    def sample(self) -> Sample:
        """All rows; refused where the truth or what was said is missing in one of them."""
        if not self.is_complete:
            words = "has no columns of truth and prediction (evaluation.predictions names them)"
            raise Unmeasurable(words, self.table.path)
        target, prediction = self._classes("target"), self._classes("prediction")
        assert target is not None
        score, weight = self._number("score"), self._number("weight")
        return Sample(target, prediction, score, weight, self._values("query"), self._positive)

    def keys(self) -> NDArray[Any] | None:
        """What names each row, None where nothing does."""
        return self._values("item")

    def texts(self, name: str) -> NDArray[Any] | None:
        """The values of a column as texts, missing ones as ""; None where the table has no such column."""
        return self._texts.get(name)

    def _column(self, part: str, declared: Any) -> str:
        if declared:
            if not self._view.column(str(declared)):
                raise Unmeasurable(f"has no column {str(declared)[:80]!r}", self.table.path)
            return str(declared)
        known = {name.lower(): name for name, _ in self._view.columns}
        return next((known[name] for name in USUAL.get(part, ()) if name in known), "")

    def _read(self, engine: Engine) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Every wanted column as texts and as numbers."""
        if not self._names:
            return {}, {}
        texts = [engine.text(self._view.column(name)) for name in self._names]
        asked = enumerate([*texts, *(engine.number(text) for text in texts)])
        named = ", ".join(f"{part} AS a{at}" for at, part in asked)
        found = engine.arrays(f"SELECT {named} FROM {self._view.name}")
        half = len(self._names)
        words = (np.char.strip(np.ma.filled(part, "").astype(str)) for part in found[:half])
        numbers = (np.ma.asarray(part, dtype=np.float64) for part in found[half:])
        return dict(zip(self._names, words, strict=True)), dict(zip(self._names, numbers, strict=True))

    def _values(self, part: str) -> NDArray[Any] | None:
        """The values of a part as texts; none may be missing."""
        if part not in self.columns:
            return None
        found = self._texts[self.columns[part]]
        self._refuse(part, int((found == "").sum()))
        return found

    def _number(self, part: str) -> Floats | None:
        """The values of a part as finite numbers."""
        if part not in self.columns:
            return None
        found = self._numbers[self.columns[part]]
        wrong = int((~np.isfinite(found.filled(np.nan))).sum())
        self._refuse(part, wrong, "a number")
        return np.asarray(found.filled(np.nan))

    def _classes(self, part: str) -> NDArray[Any] | None:
        """Numbers where every value is one (`1` and `1.0` are one class), else texts."""
        texts = self._values(part)
        if texts is None:
            return None
        numbers = self._numbers[self.columns[part]]
        is_number = np.isfinite(numbers.filled(np.nan)).all()
        return np.asarray(numbers.filled(np.nan)) if is_number else texts

    def _refuse(self, part: str, rows: int, what: str = "a value") -> None:
        if rows:
            name = self.columns[part][:80]
            raise Unmeasurable(f"has {rows} rows without {what} in column {name!r}", self.table.path)


def alike(texts: NDArray[Any], value: str) -> NDArray[np.bool_]:
    """Which texts are a value: whatever the case, and `1` as well as `1.0`."""
    same = np.asarray(np.char.lower(texts) == value.strip().lower())
    try:
        number = float(value)
    except ValueError:
        return same
    return np.asarray([one or _is_number(text, number) for one, text in zip(same, texts.tolist(), strict=True)])


def _is_number(text: str, number: float) -> bool:
    try:
        return float(text) == number
    except ValueError:
        return False
