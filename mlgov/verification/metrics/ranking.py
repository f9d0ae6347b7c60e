"""Metrics of rankings: per query, then their mean; a query without anything relevant counts as 0, or not at all."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from mlgov.verification.metrics.computing import Asked, Compute
from mlgov.verification.metrics.sample import Floats, Incomputable, Sample

Values = tuple[float, ...]
# relevance in the order of the scores, the rank at which it is cut -> the value of one query
OfQuery = Callable[[Floats, int], float]


def per_query(of_query: OfQuery, sample: Sample, asked: Asked) -> Floats:
    """The value of each query; NaN where nothing in it is relevant."""
    values = []
    for relevance in _ranked(sample):
        cut = min(asked.k or len(relevance), len(relevance))
        values.append(of_query(relevance, cut) if relevance.any() else np.nan)
    return np.asarray(values, dtype=float)


def _ranked(sample: Sample) -> Iterator[Floats]:
    """The relevance of the rows of each query, best score first; rows of equal score keep their order."""
    if sample.query is None:
        raise Incomputable("there is no column of queries (evaluation.predictions.query)")
    if sample.target.dtype.kind != "f":
        raise Incomputable("the relevance is no number")
    order = np.lexsort((np.arange(len(sample)), -sample.scores, np.unique(sample.query, return_inverse=True)[1]))
    queries = sample.query[order]
    yield from np.split(sample.target[order], np.flatnonzero(queries[1:] != queries[:-1]) + 1)


def _mean(of_query: OfQuery, sample: Sample, asked: Asked) -> Values:
    values = per_query(of_query, sample, asked)
    if np.isnan(values).all():
        raise Incomputable("nothing is relevant to any query")
    return float(np.nanmean(values)), float(np.nan_to_num(values).mean())


def _gain(relevance: Floats, cut: int) -> float:
    """Normalised discounted cumulative gain, with the relevance itself as gain. Source: Järvelin & Kekäläinen 2002."""
    discount = 1 / np.log2(np.arange(2, cut + 2))
    best = np.sort(relevance)[::-1][:cut]
    return float((relevance[:cut] * discount).sum() / (best * discount).sum())


def _gain_of_powers(relevance: Floats, cut: int) -> float:
    return _gain(2**relevance - 1, cut)


def _average_precision(relevance: Floats, cut: int) -> float:
    hits = relevance[:cut] > 0
    precision = np.cumsum(hits) / np.arange(1, cut + 1)
    return float((precision * hits).sum() / min(int((relevance > 0).sum()), cut))


def _reciprocal(relevance: Floats, cut: int) -> float:
    hits = np.flatnonzero(relevance[:cut] > 0)
    return 1 / (int(hits[0]) + 1) if len(hits) else 0.0


def _hit(relevance: Floats, cut: int) -> float:
    return float((relevance[:cut] > 0).any())


def _ndcg(sample: Sample, asked: Asked) -> Values:
    return (*_mean(_gain, sample, asked), *_mean(_gain_of_powers, sample, asked))


METRICS: dict[str, Compute] = {
    "ndcg": _ndcg,
    "map": partial(_mean, _average_precision),
    "mrr": partial(_mean, _reciprocal),
    "hit_rate": partial(_mean, _hit),
}


def precision_at(relevance: Floats, cut: int) -> float:
    """The share of the first ranks that is relevant."""
    return float((relevance[:cut] > 0).mean())


def recall_at(relevance: Floats, cut: int) -> float:
    """The share of what is relevant that stands in the first ranks."""
    return float((relevance[:cut] > 0).sum() / (relevance > 0).sum())


AT_RANK: dict[str, Compute] = {"precision": partial(_mean, precision_at), "recall": partial(_mean, recall_at)}
