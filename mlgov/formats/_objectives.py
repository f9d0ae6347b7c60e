"""What objectives share: which metric their words and queries mean, numbers with units, and the limit inside a histogram query."""

import re
from collections.abc import Iterable
from typing import Any

from mlgov.formats._promql import selectors, tree
from mlgov.formats._promql_metric import PARTS
from mlgov.formats._promql_units import measured, unit_of
from mlgov.formats._quantities import number_of, text_of
from mlgov.formats._watched import Watched, watched
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

_SUFFIXES = {"s": "s", "ms": "ms", "minutes": "m", "hours": "h", "days": "d", "percent": "%", "MB": "MB", "GB": "GB",
             "MiB": "MiB", "GiB": "GiB", "KB": "KB", "bytes": "B"}  # fmt: skip
_RANK = re.compile(r"p\d{2,4}").fullmatch
_GOOD_SHARE = {"error_rate": "availability", "availability": "availability"}


def metric_in(*texts: str | None) -> tuple[str | None, str | None]:
    """Metric and percentile that words mean: `P99 latency`, `requests-availability`, `Error rate: 5xx`."""
    said = [word for text in texts if text for word in words(text[:300])]
    known = set(said)
    ranks = {word for word in said if _RANK(word)}
    rank = ranks.pop() if len(ranks) == 1 else None
    if known & PARTS or ranks:
        return None, None
    found = {name for name, is_meant in _meanings(known) if is_meant}
    if len(found) != 1:
        return None, None
    name = found.pop()
    return (f"latency_{rank}" if rank else "latency", rank) if name == "latency" else (name, None)


def _meanings(said: set[str]) -> Iterable[tuple[str, bool]]:
    has_response_time = {"response", "time"} <= said
    yield (
        "latency",
        bool(said & {"latency", "latencies", "latencia", "지연", "지연시간", "응답시간"}) or has_response_time,
    )
    yield "availability", bool(said & {"availability", "uptime", "disponibilidad", "가용성", "가동률"})
    yield (
        "error_rate",
        bool(said & {"오류율", "에러율", "5xx"})
        or ({"error", "errors"} & said != set() and {"rate", "ratio"} & said != set()),
    )


def with_unit(value: Any, unit: str | None) -> str | None:
    """`0.25` of a series in seconds as `0.25s`; the bare number where the unit is unknown or a fraction."""
    text = text_of(value)
    return None if text is None or number_of(value) is None else text + _SUFFIXES.get(unit or "", "")


def shown_by(query: str, name: str) -> Watched:
    """What a query of a threshold shows."""
    return watched(query, {}, name)


def share_of(part: str | None, whole: str | None, name: str) -> Watched:
    """What the share of good or bad events shows; of both it is the good ones that the objective is about."""
    if part is None:
        return Watched()
    found = watched(f"({part}) / ({whole})" if whole else part, {}, name)
    return found._replace(metric=_GOOD_SHARE.get(found.metric or ""))


def bucket_limit(queries: Iterable[str]) -> str | None:
    """`0.5s` where the queries count what is faster than the bucket `le="0.5"` of a series in seconds."""
    found: set[str] = set()
    for query in queries:
        root = tree(query)
        for selector in selectors(root) if root is not None else ():
            limits = [v for n, op, v in selector.labels if n == "le" and op == "Equal"]
            unit = unit_of(measured(selector, {}))
            if selector.name.endswith("_bucket") and unit in _SUFFIXES:
                found |= {text for v in limits if (text := with_unit(v, unit)) and number_of(v) is not None}
    return found.pop() if len(found) == 1 else None


def series_fact(metric: str | None, found: Watched, like: Fact) -> Fact | None:
    """That a metric has these series; only of a metric that is known."""
    if metric is None or not found.series:
        return None
    return Fact("metrics[]", {"id": metric, "series": list(found.series)}, like.origin, environment=like.environment)
