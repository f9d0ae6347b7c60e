"""Where data come from and what they are: sources, data sets, columns, features, privacy and pipelines."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    Bytes,
    Contact,
    Count,
    DatasetRef,
    Date,
    Duration,
    Flag,
    Fraction,
    Id,
    Mapped,
    Number,
    OneOrMore,
    PathOrUrl,
    Pii,
    Ref,
    Share,
    Text,
    Texts,
    Version,
    items,
    maps,
    states,
)
from mlgov.lifecycle.labels import Labels
from mlgov.lifecycle.record import Bound, Record, Sourced
from mlgov.lifecycle.splits import Splits

SourceKind = Literal["database", "file", "api", "interaction", "sensor", "third_party", "public", "synthetic"]
DatasetRole = Literal["train", "validation", "test", "calibration", "reference", "golden", "online"]
Modality = Literal["tabular", "text", "image", "audio", "video", "time_series", "graph", "multimodal"]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "timestamp", "time", "object", "array"]
Treatment = Literal["none", "hashed", "tokenised", "dropped", "aggregated", "encrypted", "federated", "noised"]


class DataSource(Record):
    """A system from which data come."""

    id: Id = states("names the source")
    kind: SourceKind | None = states("interaction = clicks, likes, corrections")
    system: Text = states("upstream system")
    collection: Text = states("how it is collected")
    business_process: Text = states("the process in which the data arise")
    device_only: Flag = states("never leaves the device")


class Period(Record):
    """From a first to a last day."""

    from_: Date = states("first day", alias="from")
    to: Date = states("last day, to its end")


class Binding(Sourced):
    """A thing that is wholly told by a file."""


class Freshness(Record):
    """How old the newest row may be."""

    column: Text = states("the column that says when a row came into being")
    max_age: Duration = states("the newest row is no older")


class Dataset(Record):
    """One version of one set of data."""

    id: Id = states("names the data set")
    aliases: Texts = items("native spellings")
    role: DatasetRole | None = states("what it is used for")
    source: Annotated[Text, Ref("data.sources")] = states("where it comes from")
    location: PathOrUrl = states("where it lies")
    format: Text = states("file format")
    modality: Modality | None = states("what sort of data")
    rows: Count = states("~ marks an approximate count")
    volume: Bound | None = states("the least and most rows, where the count may vary")
    key_: Texts = items("columns whose values together name one row", alias="key")
    freshness: Freshness | None = states("how old the newest row may be")
    size_bytes: Bytes = states("size")
    version: Version = states("immutable; latest and main are rejected")
    collected: Period | None = states("when it was collected")
    provenance: Text = states("what it was made from")
    license: Text = states("SPDX id")
    class_balance: Mapped[Share] = maps("shares of the label in this data set")
    missing: Mapped[Share] = maps("share of missing values of each column")
    contract: Binding | None = states("the data contract")
    checks: Binding | None = states("data quality checks")


class Column(Record):
    """A raw column of the contract."""

    name: Text = states("raw columns of the contract")
    dataset: DatasetRef = states("default: the contract's data set")
    type: ColumnType | None = states("ODCS logical types")
    required: Flag = states("never missing")
    unique: Flag = states("no value occurs twice")
    min: Text = states("the least value: a number, a date or a timestamp")
    max: Text = states("the greatest value")
    values: Texts = items("the only values that may occur")
    pattern: Text = states("regular expression that is found in each value")
    min_length: Count = states("characters of the shortest text")
    max_length: Count = states("characters of the longest text")
    pii: Pii | None = states("what it says about a person")
    device_only: Flag = states("never leaves the device")
    treatment: Treatment | None = states("what is done before use")


class Feature(Record):
    """A model feature."""

    name: Text = states("a model feature")
    derived_from: Texts = items("names of columns or labels")
    dtype: Literal["numeric", "categorical", "boolean", "text", "datetime", "embedding"] | None = states("its type")
    available_at: Literal["before_prediction", "at_prediction", "after_prediction", "after_label"] | None = states(
        "when its value is known"
    )
    train_transform: Text = states("compared as text after normalising spaces")
    serve_transform: Text = states("the same for serving")
    ttl: Duration = states("how long a value is good; 0 = never expires")
    rationale: Text = states("why it should help")


class Entity(Record):
    """What repeats in the data."""

    key_: Text = states("what repeats: user, patient, machine", alias="key")
    rows_per_entity: Number = states("1 = nothing repeats")
    within_entity: Flag = states("true = forecasting within known entities is intended")


class Sampling(Record):
    """How rows were chosen."""

    strategy: Text = states("none is a valid answer")
    by: Texts = items("columns")
    rate: Fraction = states("share that is kept")


class Preprocessing(Record):
    """What is done to the data before training."""

    steps: Texts = items("in order")
    missing: Text = states("how missing values are handled")
    mixed_types: Text = states("how feature types are combined")


class Privacy(Record):
    """What the data say about persons and how that is guarded."""

    pii: Pii | None = states("the most sensitive that is used")
    anonymization: Text = states("how persons are hidden")
    device_only: Flag = states("data never leave the device")
    lawful_basis: Text = states("why they may be used")
    retention: Duration = states("how long they are kept")
    checked_by: Contact = states("the engineer who checked it")


class DataPipeline(Record):
    """A pipeline that refreshes data."""

    id: Id = states("names the pipeline")
    cadence: Duration = states("refresh")
    checks: OneOrMore[Literal["schema", "freshness", "volume", "validity", "drift"]] = items("what it checks")
    alerts: Annotated[Texts, Ref("monitoring.alerts")] = items("what it calls people with")
    owner: Contact = states("who owns it")


class Data(Record):
    """The section `data`."""

    sources: list[DataSource] = items("where data come from")
    datasets: list[Dataset] = items("the data sets")
    columns: list[Column] = items("raw columns of the contract")
    features: list[Feature] = items("what the model sees")
    labels: Labels | None = states("what is learnt")
    splits: Splits | None = states("how data are divided")
    entity: Entity | None = states("what repeats")
    sampling: Sampling | None = states("how rows were chosen; strategy none is a valid answer")
    preprocessing: Preprocessing | None = states("what is done before training")
    privacy: Privacy | None = states("persons in the data")
    content_safety: Text = states("handling of unsafe user content")
    pipelines: list[DataPipeline] = items("data pipelines")
