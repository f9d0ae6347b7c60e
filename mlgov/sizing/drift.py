"""The smallest window for a threshold on PSI, and the value that chance alone reaches."""

from typing import Any, NamedTuple

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer, Figure, amount, plain, rate, whole

_FORMULA = "floor = (1/reference + 1/window) × chi²(1-alpha; bins-1)"


class Drift(NamedTuple):
    """A drift signal as it is asked about. alpha: how often chance may pass the threshold."""

    threshold: float
    bins: int
    reference_rows: int
    window_rows: int | None = None
    alpha: float = 0.05


def drift(asked: Drift) -> Answer:
    """The smallest window whose noise lies below the threshold; with a window, also its noise floor."""
    limit = amount("--threshold", asked.threshold, "PSI is never negative")
    bins = whole("--bins", asked.bins, 2, "one bin never changes")
    rows = whole("--reference-rows", asked.reference_rows, 1, "it is the size of the reference")
    alpha = rate("--alpha", asked.alpha)
    least = statistics.psi_least_window(limit, bins, rows, alpha)
    if least is None:
        raise UsageError(
            f"--threshold {plain(limit)} lies below what chance reaches with {rows} rows of reference and {bins} bins, "
            "however large the window; use more reference rows, fewer bins or a higher threshold"
        )
    figures = [
        Figure("window_rows", least, "rows in the smallest window"),
        Figure("floor", _floor(bins, rows, least, alpha), f"PSI that such windows pass in {alpha:.3g} of all cases"),
    ]
    if asked.window_rows is not None:
        given = whole("--window-rows", asked.window_rows, 1, "it is the number of rows in one window")
        figures.append(Figure("floor_given", _floor(bins, rows, given, alpha), f"the same for {given} rows"))
    assumptions = (
        "rows are independent: where entities repeat, count entities",
        "holds from about 300 rows; smaller windows pass the floor a little more often",
        "above the floor an alarm is no chance; whether the shift matters is another question",
    )
    question = f"rows in a window so that PSI {plain(limit)} is more than noise"
    return Answer(question, tuple(figures), _FORMULA, "Yurdakul 2018; Potgieter 2023", assumptions, _plan(asked, least))


def _floor(bins: int, reference: int, window: int, alpha: float) -> float:
    return statistics.psi_noise_floor(bins, reference, window, alpha).psi_critical


def _plan(asked: Drift, least: int) -> dict[str, Any]:
    signal = {
        "id": "input_drift",
        "kind": "data_drift",
        "method": "psi",
        "bins": asked.bins,
        "reference_rows": asked.reference_rows,
        "window_rows": max(least, asked.window_rows or 0),
        "threshold": {"warn": asked.threshold},
    }
    return {"monitoring": {"signals": [signal]}}
