"""Finds the metric or data set of a project that a native fact speaks about, so that one thing stays one record."""

from collections.abc import Callable, Iterator
from typing import Any

from mlgov.lifecycle.book import Path
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import MetricName, metric_name

METRICS: Path = ("metrics",)
DATASETS: Path = ("data", "datasets")
_NAMING = frozenset(("id", "name", "type", "aliases"))


class Joiner:
    """Knows the items of one tree by what they are called.

    place: a path of the model as a path of the tree.
    """

    def __init__(self, place: Callable[[str], str]) -> None:
        self._place = place
        self._seen: dict[Path, int] = {}  # list -> how many of its items are known
        self._named: dict[tuple[Path, str], int] = {}
        self._meant: dict[str, list[tuple[int, MetricName]]] = {}

    def find(self, steps: Path, rows: list[Any], value: Any) -> int | None:
        """The position of the item that `value` speaks about; None where it is a new one, or could be several."""
        if steps not in (METRICS, DATASETS) or not isinstance(value, dict):
            return None
        self._learn(steps, rows)
        exact = (self._named.get((steps, name)) for name in self._names(value))
        found = next((at for at in exact if at is not None), None)
        return found if found is not None or steps == DATASETS else self._alike(value)

    def _learn(self, steps: Path, rows: list[Any]) -> None:
        for at in range(self._seen.get(steps, 0), len(rows)):
            row = rows[at] if isinstance(rows[at], dict) else {}
            for name in self._names(row):
                self._named.setdefault((steps, name), at)
            for meant in _meanings(row) if steps == METRICS else ():
                self._meant.setdefault(meant.base, []).append((at, meant))
        self._seen[steps] = len(rows)

    def _names(self, row: dict[str, Any]) -> Iterator[str]:
        """Everything a row is called: its id, name and aliases, and where it lies."""
        aliases = row.get("aliases")
        for name in (row.get("id"), row.get("name"), *(aliases if isinstance(aliases, list) else [aliases])):
            if isinstance(name, str) and name:
                yield name
        location = row.get("location")
        if isinstance(location, str) and location:
            yield location if "://" in location else "/" + self._place(location)

    def _alike(self, value: dict[str, Any]) -> int | None:
        """The only metric whose name means the same: `PR-AUC` is `average_precision`."""
        wanted = _meanings(value)
        found = {at for name in wanted for at, meant in self._meant.get(name.base, ()) if _same(meant, name)}
        return found.pop() if len(found) == 1 else None


def _meanings(row: dict[str, Any]) -> list[MetricName]:
    said = row.get("average")
    found = [metric_name(row[key]) for key in ("id", "name") if isinstance(row.get(key), str)]
    return [name._replace(average=said) if isinstance(said, str) and not name.average else name for name in found]


def _same(a: MetricName, b: MetricName) -> bool:
    if (a.k, a.percentile, a.threshold) != (b.k, b.percentile, b.threshold):
        return False
    return a.average is None or b.average is None or a.average == b.average


def is_bare(steps: Path, fact: Fact) -> bool:
    """True for a fact that only names a metric: it defines nothing where a manifest defines the metrics."""
    return steps == METRICS and isinstance(fact.value, dict) and fact.value.keys() <= _NAMING
