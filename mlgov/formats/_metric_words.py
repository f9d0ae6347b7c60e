"""Which names mean a metric, and what the words of a name or a path say about the data behind it."""

from functools import lru_cache

from mlgov.lifecycle.metric_name import SPLITS, MetricName, metric_name, words

# names of the table that mean other things as well: alone they do not make a file a metrics file
AMBIGUOUS = frozenset({"coverage", "latency", "loss", "map", "hit_rate", "error_rate", "average_precision"})
BASELINE = frozenset({"baseline", "baselines", "dummy", "베이스라인", "기준선"})
PREVIOUS = frozenset({"champion", "previous", "incumbent"})
_MINIMISED = "minimize"


@lru_cache(maxsize=4096)
def known(name: str) -> MetricName | None:
    """The metric that a name means, if it is in the table of known metrics."""
    if not name or len(name) > 80:
        return None
    meant = metric_name(name)
    return meant if meant.known else None


def normalised(name: str) -> str:
    """A name as one spelling: `Churn capture` and `churn_capture` are equal."""
    return "_".join(words(name[:200]))


def side_of(metric: str) -> str:
    """Which side of a bare threshold is allowed: `min` where more is better, `max` where less is."""
    meant = known(metric)
    return "max" if meant and meant.known and meant.known.direction == _MINIMISED else "min"


def split_of(text: str) -> str | None:
    """The split that a name speaks of; None where it speaks of none or of several."""
    said = words(text[:300])
    found = {SPLITS[word] for word in said if SPLITS.get(word)}
    if "cross" in said and found == {"validation"}:
        return "cross_validation"
    return found.pop() if len(found) == 1 else None


def split_of_path(path: str) -> str | None:
    """The split that a file is called after, else its folders: `data/train.csv`, `test/part-0.parquet`."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    stem = name.partition(".")[0]
    if any(SPLITS.get(word) for word in words(stem)):
        return split_of(stem)
    return split_of(folder)


def bounded(key: str) -> tuple[str, str] | None:
    """Side and metric of a key that states a limit: `min_accuracy`, `rmse_max`, `accuracy_threshold`."""
    first, *rest = words(key[:200])[:12] or ("",)
    if not rest:
        return None
    for side, name in sides(first, rest):
        if known(name):
            return side or side_of(name), name
    return None


def sides(first: str, rest: list[str]) -> list[tuple[str, str]]:
    """What the first and last words of a name may say: side ("" for a bare threshold) and the name without them."""
    sides = {"min": "min", "minimum": "min", "max": "max", "maximum": "max", "threshold": "", "target": "",
             "required": "", "acceptable": "", "lower": "min", "upper": "max"}  # fmt: skip
    found = []
    if first in sides:
        found.append((sides[first], "_".join(rest)))
    if rest[-1] in sides:
        found.append((sides[rest[-1]], "_".join([first, *rest[:-1]])))
    if len(rest) > 1 and rest[-1] in ("bound", "limit") and rest[-2] in sides:
        found.append((sides[rest[-2]], "_".join([first, *rest[:-2]])))
    return found
