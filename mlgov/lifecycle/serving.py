"""How predictions reach users."""

from typing import Annotated, Any, Literal

from mlgov.lifecycle.fields import (
    NUMERIC,
    Bytes,
    Count,
    Duration,
    Fraction,
    Id,
    Mapped,
    MetricRef,
    Number,
    PathOrUrl,
    Share,
    Text,
    Texts,
    Url,
    Version,
    Written,
    items,
    maps,
    states,
)
from mlgov.lifecycle.record import Amount, Bound, Record, Sourced
from mlgov.units import Quantity, literal, quantity


def _threshold(value: Any) -> Quantity | dict[str, Quantity] | None:
    """A number, or a number for each segment."""
    if isinstance(value, dict):
        return {literal(segment): quantity(number) for segment, number in value.items()}
    return None if value is None else quantity(value)


Thresholds = Annotated[
    Quantity | dict[str, Quantity] | None,
    Written(_threshold, {"anyOf": [NUMERIC, {"type": "object", "additionalProperties": NUMERIC}]}),
]


class Batch(Record):
    """When a batch runs and how much it does."""

    interval: Duration = states("how often it runs")
    window: Duration = states("how long it may take")
    rows: Count = states("rows of one run")
    throughput: Number = states("rows per second")


class Compression(Record):
    """How the model was made smaller."""

    method: Literal["none", "quantization", "pruning", "distillation"] | None = states("which method")
    variant: Text = states("e.g. int8")
    reason: Text = states("why, or why not")


class Fallback(Record):
    """What answers when the model cannot."""

    kind: Literal["rules", "cache", "previous_model", "default_value", "human", "none"] | None = states("what answers")
    depends_on: Texts = items("what it needs to work")


class ServingGuardrail(Record):
    """A limit around the model."""

    id: Id = states("names the limit")
    description: Text = states("what it does")
    metric: MetricRef = states("the metric that watches it")


class Endpoint(Record):
    """Where predictions are asked for."""

    id: Id = states("names the endpoint")
    service: Text = states("the service behind it")
    url: Url = states("its address")
    port: Count = states("its port")


class Service(Record):
    """A network service and how others find it; one without a name tells labels that every service gets."""

    name: Text = states("its name")
    labels: Texts = items("what it is found by, as name=value")
    selects: Texts = items("the pods behind it, as name=value")


class RequestField(Record):
    """A field of a request."""

    name: Text = states("the field")
    type: Text = states("its type")


class RequestSchema(Record):
    """What a request holds."""

    inputs: list[RequestField] = items("request fields")


class Budget(Record):
    """What the device allows."""

    size: Bytes = states("size of the model")
    memory: Bytes = states("memory in use")
    latency: Duration = states("time per prediction")
    battery: Text = states("drain of the battery")


class Component(Record):
    """A part of the end-to-end time."""

    id: Id = states("names the part")
    latency: Duration = states("its time")
    statistic: Literal["mean", "p50", "p95", "p99"] | None = states("of which kind")


class Measurement(Sourced):
    """A measured size, memory or time of the served model."""

    what: Literal["size", "memory", "latency"] | None = states("what was measured")
    value: Number = states("the measured value, with its unit")
    percentile: Text = states("e.g. p95")
    hardware: Text = states("measured on what")
    model_version: Version = states("which version")


class Slo(Bound):
    """A service-level objective."""

    id: Id = states("names the objective")
    metric: MetricRef = states("the metric that is held")
    percentile: Text = states("e.g. p95")
    objective: Fraction = states("share of the time or the requests")
    window: Duration = states("over which time")


class PredictionLog(Record):
    """Where predictions are logged."""

    target: Url = states("where they go")
    sampling: Fraction = states("which share")
    fields: Texts = items("what is kept")


class Serving(Record):
    """The section `serving`."""

    target: Literal["cloud", "on_device", "browser", "edge", "hybrid"] | None = states("where predictions are made")
    rationale: Text = states("why there: privacy, network, cost")
    mode: Literal["online", "batch", "streaming", "precomputed"] | None = states("when they are made")
    model_version: Version = states("what is deployed")
    image: Text = states("digest at high-risk")
    freshness: Duration = states("oldest acceptable prediction")
    batch: Batch | None = states("when a batch runs")
    compression: Compression | None = states("how the model was made smaller")
    threshold: Thresholds = states("decision threshold in production")
    combine: Mapped[Share] = maps("weights of a combination")
    fallback: Fallback | None = states("what answers when the model cannot")
    guardrails: list[ServingGuardrail] = items("limits around the model: caps, filters")
    override: Text = states("how a person overrules it")
    safe_state: Text = states("what it does when unsure")
    endpoints: list[Endpoint] = items("where predictions are asked for")
    services: list[Service] = items("network services in front of the model, as they are configured")
    schema_: RequestSchema | None = states("what a request holds", alias="schema")
    replicas: Count = states("how many run")
    throughput: Number = states("per second and replica, measured")
    budget: Budget | None = states("what the device allows")
    devices: Texts = items("on which devices it runs")
    components: list[Component] = items("parts of the end-to-end time")
    measurements: list[Measurement] = items("what was measured of the served model")
    slos: list[Slo] = items("service-level objectives")
    logging: PredictionLog | None = states("prediction log")
    diagram: PathOrUrl = states("how it is put together")
    cost: Amount = states("per year")
