"""What is watched in production, who is called, and when."""

from typing import Literal

from mlgov.lifecycle.fields import (
    Contact,
    Count,
    DatasetRef,
    Date,
    Duration,
    FilePath,
    FilePaths,
    Fraction,
    Id,
    Mapped,
    MetricRef,
    Name,
    Number,
    PathOrUrl,
    PathsOrUrls,
    SignalRef,
    Text,
    Texts,
    Version,
    items,
    maps,
    states,
)
from mlgov.lifecycle.record import Bound, Reason, Record, Sourced

SignalKind = Literal[
    "latency",
    "throughput",
    "requests",
    "errors",
    "utilization",
    "batch_run",
    "input",
    "output",
    "model_version",
    "data_drift",
    "prediction_drift",
    "skew",
    "quality",
    "fairness",
    "business",
    "label",
    "freshness",
    "cost",
]
DriftMethod = Literal["psi", "ks", "js", "wasserstein", "chi2", "mmd", "classifier", "threshold"]


class SignalThreshold(Record):
    """When a drift is worth a warning, and when it is critical."""

    warn: Number = states("worth a warning")
    critical: Number = states("critical")


class Signal(Record):
    """One thing that is watched."""

    id: Id = states("names the signal")
    kind: SignalKind | None = states("operational: latency to batch_run; ML: input to fairness")
    metric: MetricRef = states("the metric it shows")
    series: Text = states("Prometheus series")
    features: Texts = items("columns watched")
    event: Text = states("logged event watched, e.g. like")
    method: DriftMethod | None = states("how a drift is measured")
    base: Literal["nats", "bits"] | None = states("for js; together with distance or divergence in `form`")
    form: Literal["distance", "divergence"] | None = states("for js")
    bins: Count = states("for psi and chi2")
    reference: DatasetRef = states("what it is compared with")
    reference_rows: Count = states("rows of the reference")
    window: Duration = states("over which time")
    window_rows: Count = states("rows in one window")
    cadence: Duration = states("how often it is tested")
    alpha: Fraction = states("for p-value tests")
    threshold: SignalThreshold | None = states("for effect-size tests")
    range: Bound | None = states("allowed range of a quality signal")
    proxy_for: MetricRef = states("the metric it stands for until labels arrive")
    never_labelled: Reason | None = states("labels never arrive")


class Alert(Record):
    """What calls a person."""

    name: Text = states("how it is known")
    signal: SignalRef = states("the signal it watches")
    metric: MetricRef = states("the metric it watches")
    expr: Text = states("PromQL")
    series: Texts = items("Prometheus series in the expression")
    op: Literal["lt", "lte", "gt", "gte"] | None = states("fires when the value is ... the threshold")
    threshold: Number = states("the value at which it fires")
    unit: Text = states("of the threshold")
    percentile: Text = states("p95 and p99 are not comparable")
    window: Duration = states("over which time")
    for_: Duration = states("how long it must hold", alias="for")
    window_rows: Count = states("items in one window")
    consecutive: Count = states("windows in a row")
    severity: Literal["info", "warning", "critical"] | None = states("page = critical, ticket = warning")
    labels: Mapped[Name] = maps("labels that routes match")
    owner: Contact = states("who acts")
    runbook: PathOrUrl = states("what to do")
    summary: Text = states("what it says")


class ScrapeJob(Record):
    """What Prometheus asks for its series."""

    name: Text = states("the job")
    targets: Texts = items("whom it asks")
    discovery: Text = states("how it finds them")
    selects: Texts = items("labels, as name=value, that a service must carry to be asked")


class Route(Record):
    """Which alerts go to whom."""

    matchers: Texts = items("which alerts")
    receiver: Text = states("who gets them")
    targets: Texts = items("where the receiver sends them")


class MonitoringReport(Sourced):
    """A report that a monitor wrote."""

    file: FilePath = states("the report")
    kind: Literal["drift", "quality", "data_quality", "fairness"] | None = states("what it is about")
    model_version: Version = states("which version")
    run_id: Text = states("which run")
    date: Date = states("when")
    signal: SignalRef = states("which signal")
    value: Number = states("what it measured")


class OnCall(Record):
    """Who is called."""

    contact: Contact = states("first")
    schedule: Text = states("when")
    backup: Contact = states("second")


class Monitoring(Record):
    """The section `monitoring`."""

    signals: list[Signal] = items("what is watched")
    alerts: list[Alert] = items("what calls a person")
    exports: Texts = items("series the project exports")
    rule_files: FilePaths = items("what Prometheus loads")
    scrape_jobs: list[ScrapeJob] = items("what Prometheus asks")
    routes: list[Route] = items("which alerts go to whom")
    reports: list[MonitoringReport] = items("what monitors wrote")
    on_call: OnCall | None = states("who is called")
    detection_sla: Duration = states("promised time to notice a quality loss")
    dashboards: PathsOrUrls = items("what people look at")
