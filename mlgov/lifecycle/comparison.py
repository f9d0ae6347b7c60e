"""Whether two measured numbers speak about the same thing: the comparability key and its three answers.

Lifecycle model, section 3: two values are comparable if, for each part of the key, both sides state the same or the
part cannot differ in this project. A part that is unknown on one side and could differ means *abstain*.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mlgov import units
from mlgov.lifecycle import printed
from mlgov.lifecycle.metric_name import SPLITS, MetricName, metric_name

if TYPE_CHECKING:
    from mlgov.lifecycle.metrics import Metric
    from mlgov.lifecycle.project import Project
    from mlgov.lifecycle.result import MetricResult

PARTS = (
    "average", "k", "threshold", "percentile", "dataset", "split", "slice", "model_version", "dataset_version", "variant",
)  # fmt: skip


class Key(NamedTuple):
    """What a measured value is about; None = not stated. metric: the id in the project, else the normalised name."""

    metric: str
    average: str | None
    k: float | None
    threshold: float | None
    percentile: str | None
    dataset: str | None
    split: str | None
    slice: str | None
    model_version: str | None
    dataset_version: str | None
    variant: str | None


class Comparability(NamedTuple):
    """`answer`: same, different or unknown. part: the first part that differs or is unknown."""

    answer: str
    part: str = ""


SAME = Comparability("same")


def definition(result: "MetricResult", project: "Project") -> "Metric | None":
    """The project's definition of the metric of a result."""
    return project.metric(result.metric)


def key(result: "MetricResult", project: "Project") -> Key:
    """The key of one result, filled from its metric's definition and its data set where it does not say itself."""
    metric = definition(result, project)
    said = metric_name(result.metric or "")
    meant = metric_name(metric.id or "") if metric else said
    dataset = project.dataset(result.dataset)
    split = result.split or said.split or _split_of(dataset.role if dataset else None)
    return Key(
        metric=(metric.id or meant.base) if metric else said.base,
        average=_average(result, metric, said, project),
        k=_first(result.k, said.k, metric.k if metric else None),
        threshold=_first(result.threshold, said.threshold, metric.threshold if metric else None),
        percentile=_first(said.percentile, meant.percentile),
        dataset=(dataset.id if dataset else result.dataset) or _only_dataset(split, project),
        split=split,
        slice=result.slice,
        model_version=_plain_version(result.model_version or _version_of_document(result, project)),
        dataset_version=result.dataset_version or (dataset.version if dataset else None),
        variant=result.variant,
    )


def _average(result: "MetricResult", metric: "Metric | None", said: MetricName, project: "Project") -> str | None:
    known = said.known or (metric_name(metric.type or metric.id or "").known if metric else None)
    if known and not known.averaged:
        return "none"
    stated: str | None = _first(result.average, said.average, metric.average if metric else None)
    if stated is None and project.framing.output and project.framing.output.type == "binary":
        return "binary"
    return stated


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _split_of(role: str | None) -> str | None:
    return SPLITS.get(role or "") or None


def _only_dataset(split: str | None, project: "Project") -> str | None:
    """The data set of a split, where exactly one has that role."""
    ids = [d.id for d in project.data.datasets if d.id and split and _split_of(d.role) == split]
    return ids[0] if len(ids) == 1 else None


def _version_of_document(result: "MetricResult", project: "Project") -> str | None:
    """A card that states its version speaks about that version, but not where it speaks about a baseline."""
    return project.version_in(result.at("value").file) if result.owner == "evaluation" else None


@lru_cache(maxsize=1024)
def _plain_version(version: str | None) -> str | None:
    """`v1.4.0` and `1.4.0` are one version, `md5-5d41…` and `5d41…` too; a long and a short commit hash are."""
    if not version:
        return None
    text = re.sub(r"^(?:md5|sha1|sha256)[-:]", "", version.strip().lower())
    return text[1:] if text[:1] == "v" and text[1:2].isdigit() else text


def same_version(a: str | None, b: str | None) -> bool:
    """True if two version texts name one version: `v1.4` = `1.4`, a short hash = the long one."""
    first, second = _plain_version(a), _plain_version(b)
    if first is None or second is None:
        return False
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) >= 7 and all(c in "0123456789abcdef" for c in long) and long.startswith(short)


_DOTTED = re.compile(r"\d+(\.\d+)+([-+.].*)?")
_NUMBER = re.compile(r"\d{1,9}")
_HASH = re.compile(r"[0-9a-f]{7,}")


def other_version(a: str | None, b: str | None) -> bool:
    """True if two texts surely name two versions: both of one kind, and neither a shorter form of the other.

    `1.4` may be `1.4.0`, and nobody knows whether the registry's `7` is the release `1.4.0`.
    """
    first, second = _plain_version(a), _plain_version(b)
    if first is None or second is None or same_version(a, b):
        return False
    if first.startswith(second) or second.startswith(first):
        return _NUMBER.fullmatch(first) is not None and _NUMBER.fullmatch(second) is not None
    return any(kind.fullmatch(first) and kind.fullmatch(second) for kind in (_DOTTED, _NUMBER, _HASH))


class Comparer:
    """Compares results of one project; it knows which parts can differ at all there."""

    def __init__(self, project: "Project") -> None:
        from mlgov.lifecycle.result import MetricResult

        self.project = project
        self._alike: dict[tuple[str | None, ...], list[MetricResult]] | None = None
        self._printed: dict[int, tuple[MetricResult, tuple[float, float] | None]] = {}
        self._taken: dict[tuple[str, str], int] = {}
        self._compared: dict[tuple[int, int, tuple[str, ...]], Comparability] = {}
        self._keys = {id(r): key(r, project) for r in project.records(MetricResult)}
        self._universe: dict[str, set[Any]] = {part: set() for part in PARTS}
        for found in self._keys.values():
            for part in PARTS[4:]:
                self._universe[part].add(getattr(found, part))
        if version := _plain_version(project.identity.version):
            self._universe["model_version"].add(version)
        self._universe["dataset"].update(d.id for d in project.data.datasets if d.role in ("test", "golden"))

    def key(self, result: "MetricResult") -> Key:
        """The key of a result."""
        return self._keys.get(id(result)) or key(result, self.project)

    def same_metric(self, a: "MetricResult", b: "MetricResult") -> bool:
        """True if both measure one metric, whatever the data."""
        return self.key(a).metric == self.key(b).metric

    def grouped(self, results: "Iterable[MetricResult]") -> "dict[tuple[str | None, ...], list[MetricResult]]":
        """Results by what they must share to be comparable at all: metric, slice and variant; each group in order."""
        found: dict[tuple[str | None, ...], list[MetricResult]] = {}
        for result in results:
            found.setdefault(self._group(result), []).append(result)
        return found

    def alike(self, result: "MetricResult") -> "list[MetricResult]":
        """The model's results of the metric, slice and variant of a result, in order."""
        if self._alike is None:
            self._alike = self.grouped(self.project.results)
        return self._alike.get(self._group(result), [])

    def _group(self, result: "MetricResult") -> tuple[str | None, ...]:
        found = self.key(result)
        return found.metric, found.slice, found.variant

    def named_alike(self, a: str | None, b: str | None) -> bool:
        """True if two names of metrics mean the same one, whatever split they speak of."""
        first, second = self.project.metric(a), self.project.metric(b)
        if first or second or not a or not b:
            return first is second and first is not None
        return metric_name(a)._replace(split=None) == metric_name(b)._replace(split=None)

    def compare(self, a: "MetricResult", b: "MetricResult", ignore: tuple[str, ...] = ()) -> Comparability:
        """`same`, or the first part that makes the two different or unknown; parts in `ignore` do not count."""
        if id(a) not in self._keys or id(b) not in self._keys:  # made for the question: its id may be another's later
            return self._answer(a, b, ignore)
        asked = id(a), id(b), ignore  # rules ask for the same pairs again
        if asked not in self._compared:
            self._compared[asked] = self._answer(a, b, ignore)
        return self._compared[asked]

    def _answer(self, a: "MetricResult", b: "MetricResult", ignore: tuple[str, ...]) -> Comparability:
        first, second = self.key(a), self.key(b)
        if first.metric != second.metric:
            return Comparability("different", "metric")
        answers = [self._part(part, first, second) for part in PARTS if part not in ignore]
        answers.append(self._unit(a, b))
        different = next((c for c in answers if c.answer == "different"), None)
        return different or next((c for c in answers if c.answer == "unknown"), SAME)

    def _unit(self, a: "MetricResult", b: "MetricResult") -> Comparability:
        """`200ms` beside a bare 200 of a metric without a unit: nobody knows; a bare number may well be a fraction."""
        stated = {result.value.unit for result in (a, b) if result.value is not None} - {"fraction"}
        metric = definition(a, self.project)
        if len(stated) < 2 or metric and metric.unit:
            return SAME
        return Comparability("unknown" if "" in stated else "different", "unit")

    def _part(self, part: str, first: Key, second: Key) -> Comparability:
        a, b = getattr(first, part), getattr(second, part)
        if part.endswith("_version") and same_version(a, b) or a == b and a is not None:
            return SAME
        if a is not None and b is not None:
            return Comparability("different", part)
        if part in ("slice", "variant"):  # absent = the whole split, the model as it is
            return SAME if a == b else Comparability("different", part)
        if part in PARTS[:4] and a != b:  # `recall` beside `recall_macro`: nobody knows whether it is the same one
            return Comparability("unknown", part)
        return SAME if self._possible(part, first.metric) <= 1 else Comparability("unknown", part)

    def _possible(self, part: str, metric: str) -> int:
        """How many values a part is known to take: of this metric where the part belongs to the metric."""
        if part not in PARTS[:4]:
            return len(self._universe[part] - {None})
        if (part, metric) not in self._taken:
            found = {getattr(k, part) for k in self._keys.values() if k.metric == metric}
            self._taken[part, metric] = len(found - {None})
        return self._taken[part, metric]

    def value(self, result: "MetricResult") -> float:
        """The value in base units (a percent as a fraction, milliseconds as seconds)."""
        if result.value is None:
            return float("nan")
        metric = definition(result, self.project)
        return units.in_base(result.value, metric.unit if metric else None)

    def printed(self, result: "MetricResult") -> tuple[float, float] | None:
        """The numbers that the printed value can stand for, in base units; None where it is no number."""
        kept = self._printed.get(id(result))
        if kept is None or kept[0] is not result:
            kept = self._printed[id(result)] = result, self._interval(result)
        return kept[1]

    def _interval(self, result: "MetricResult") -> tuple[float, float] | None:
        found = printed.interval(result.value)
        if found is None or result.value is None or result.value.unit:
            return found
        metric = definition(result, self.project)
        low, high = (units.in_base(end, metric.unit if metric else None) for end in found)
        return low, high

    def agree(self, a: "MetricResult", b: "MetricResult") -> bool:
        """True if two printed values can stand for the same number, each in its own unit."""
        first, second = self.printed(a), self.printed(b)
        return first is not None and second is not None and printed.overlap(first, second)

    def off_by_hundred(self, a: "MetricResult", b: "MetricResult") -> bool:
        """True if two values that do not agree would, were one of them a percent and the other a fraction."""
        first, second = self.printed(a), self.printed(b)
        if first is None or second is None or printed.overlap(first, second):
            return False
        return printed.hundredfold(first, second) or printed.off_by_hundred(a.value, b.value)
