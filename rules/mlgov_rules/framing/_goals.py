"""What each metric has to reach: its target, else its acceptable bound, else a release criterion."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import AcceptanceCriterion, Bound, KnownMetric, Metric, Origin, Project, metric_name
from mlgov_rules.framing._bounds import sides


class Goal(NamedTuple):
    """What a metric has to reach. word: which bound it is."""

    name: str
    metric: Metric | None
    bound: Bound
    word: str
    place: Origin

    @property
    def known(self) -> KnownMetric | None:
        """The metric in the table of known metrics."""
        return self.metric.known if self.metric else metric_name(self.name).known

    @property
    def key(self) -> str:
        """The metric as results are compared by it."""
        return (self.metric.id if self.metric else None) or metric_name(self.name).base

    @property
    def average(self) -> str | None:
        """Over which classes it is averaged."""
        return (self.metric.average if self.metric else None) or metric_name(self.name).average

    @property
    def side(self) -> str:
        """The side of the bound that asks for something: `min` where more is better; "" where it is not stated."""
        better = (self.metric.better if self.metric else None) or (self.known.direction if self.known else None)
        stated = sides(self.bound)
        wanted = {"maximize": "min", "minimize": "max"}.get(better or "", stated[0] if len(stated) == 1 else "")
        return wanted if wanted in stated else ""


def goals(project: Project) -> Iterator[Goal]:
    """The bound that decides for each metric of a project; criteria of a slice are left out."""
    bounded = set()
    for metric in project.metrics:
        word = next((w for w in ("target", "acceptable") if (b := getattr(metric, w)) and sides(b)), "")
        if word and metric.id:
            bounded.add(metric.id)
            yield Goal(metric.id, metric, getattr(metric, word), word, metric.at(word))
    for criterion in project.evaluation.acceptance:
        if _is_open(criterion, project, bounded):
            yield Goal(
                criterion.metric, project.metric(criterion.metric), criterion, "release criterion", criterion.at()
            )


def _is_open(criterion: AcceptanceCriterion, project: Project, bounded: set[str]) -> bool:
    return bool(criterion.metric) and not criterion.slice and project.metric_id(criterion.metric) not in bounded
