"""Finds the function of a metric by its standard name."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

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
        found = function(sample, asked)
    except ValueError as error:  # scikit-learn: one class only, negative values for a logarithm …
        raise Incomputable(str(error).partition("\n")[0]) from None
    return tuple(float(value) for value in found)


def functions(is_ranked: bool = False) -> Mapping[str, Compute]:
    """Every metric that can be computed, by standard name; precision and recall of rankings are others."""
    from mlgov.verification.metrics import classification, ranking, regression

    every = classification.METRICS | regression.METRICS | ranking.METRICS
    return every | ranking.AT_RANK if is_ranked else every
