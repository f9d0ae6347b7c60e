"""Every metric that decides anything, defined once."""

from collections.abc import Sequence
from typing import Literal

from mlgov.lifecycle.fields import Count, Duration, Id, MetricRef, Number, Range, Text, Texts, items, states
from mlgov.lifecycle.known_metrics import KnownMetric
from mlgov.lifecycle.metric_name import MetricName, metric_name
from mlgov.lifecycle.record import Bound, Record
from mlgov.lifecycle.result import Average

# words that mean something else in other fields, so that an own definition makes them another metric
_AMBIGUOUS = frozenset({"coverage", "gini", "map"})
Kind = Literal["model_quality", "business", "operational", "fairness", "data_quality", "ux", "cost"]


class Metric(Record):
    """One metric: what it is, where it is measured, which way is better, and how good is good enough."""

    id: Id = states("how all other sections name it")
    name: Text = states("display name")
    aliases: Texts = items("native spellings (`val_f1_macro`, `Validation F1 Macro`)")
    series: Texts = items("Prometheus series; suffixes _bucket, _sum, _count, _total are stripped")
    type: Text = states("standard metric name (scikit-learn or HF evaluate); default: the id")
    kind: Kind | None = states("what it is about")
    scope: Literal["offline", "online"] | None = states("where it is measured")
    role: Literal["primary", "secondary", "guardrail", "diagnostic"] | None = states("one primary per scope")
    direction: Literal["maximize", "minimize"] | None = states("default from the table of known metrics")
    unit: Text = states("fraction, percent, s, ms, count, per_second, bytes, money ...")
    definition: Text = states("formula in words; required for custom metrics")
    average: Average | None = states("part of the comparability key")
    k: Count = states("part of the comparability key")
    threshold: Number = states("decision threshold inside the metric")
    range: Range = items("[low, high]")
    target: Bound | None = states("where the team wants to be")
    acceptable: Bound | None = states("the least that may ship (min for maximize, max for minimize)")
    rationale: Text = states("why this metric, against the error costs")
    proxy_for: MetricRef = states("offline -> online, fast -> slow")
    maturity: Duration = states("time until the value of one unit is known")

    @property
    def known(self) -> KnownMetric | None:
        """Its entry in the table of known metrics, by type, else by id; None for a custom metric.

        An abbreviation or an ambiguous word that has a definition of its own, and no type, is custom: `hr` may be a
        heart rate.
        """
        found = metric_name(self.type or self.id or "").known
        if found is None or self.type or not self.definition:
            return found
        is_spelled_out = found.name in (self.id or "").lower() and found.name not in _AMBIGUOUS
        return found if is_spelled_out else None

    @property
    def better(self) -> str | None:
        """`maximize` or `minimize`: as stated, else as everybody knows; None where neither says so."""
        return self.direction or (self.known.direction if self.known else None)

    @property
    def percentile(self) -> str | None:
        """The percentile that its name says: `p95` for latency_p95."""
        return next((p for n in (self.id, self.name, self.type) if n and (p := metric_name(n).percentile)), None)


def find_metric(name: str, metrics: Sequence[Metric]) -> Metric | None:
    """The metric that `name` means: by id, alias or series, else the only one whose normalised name is equal."""
    for metric in metrics:
        if name in (metric.id, metric.name, *metric.aliases, *metric.series):
            return metric
    wanted = metric_name(name)
    alike = [m for m in metrics if any(_same(wanted, metric_name(n)) for n in (m.id, m.type, m.name) if n)]
    definitions = {m.id for m in alike}
    return alike[0] if len(definitions) == 1 else None


def _same(a: MetricName, b: MetricName) -> bool:
    return a.base == b.base and all(
        x is None or y is None or x == y for x, y in ((a.average, b.average), (a.k, b.k), (a.percentile, b.percentile))
    )
