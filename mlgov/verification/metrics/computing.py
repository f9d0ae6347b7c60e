"""Finds the function of a metric by its standard name."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from mlgov.verification.metrics.sample import Incomputable, Sample


class Asked(NamedTuple):
    """A metric by its standard name, and what else defines it; None where nobody says."""

    name: str
    average: str | None = None
    k: int | None = None
    threshold: float | None = None


Compute = Callable[[Sample, Asked], tuple[float, ...]]


def compute(asked: Asked, sample: Sample) -> tuple[float, ...]:
    """The metric in each of its usual definitions, the commonest first; raises `Incomputable`.

    Numbers are in base units: shares as fractions. Source of the definitions: scikit-learn, where it has them.
    """
    function = functions(is_ranked=sample.query is not None).get(asked.name)
    if function is None:
        raise Incomputable("mlgov does not know how")
    if not len(sample):
        raise Incomputable("there is no such row")
    try:
        with catch_warnings():
            simplefilter("ignore")  # what scikit-learn warns of gives no number, or the one that everybody gets
            found = tuple(float(value) for value in function(sample, asked))
    except ValueError as error:  # scikit-learn: negative values for a logarithm …
        raise Incomputable(str(error).partition("\n")[0]) from None
    if not all(map(isfinite, found)):
        raise Incomputable("these rows give no number, perhaps because they are all of one class")
    return found


def functions(is_ranked: bool = False) -> Mapping[str, Compute]:
    """Every metric that can be computed, by standard name; precision and recall of rankings are others."""
    from mlgov.verification.metrics import classification, ranking, regression

    every = classification.METRICS | regression.METRICS | ranking.METRICS
    return every | ranking.AT_RANK if is_ranked else every
