"""How training is run and what a model was made from: pipeline, lineage and repeated runs."""

from typing import Any

from mlgov.lifecycle.fields import (
    Bytes,
    Count,
    DatasetRef,
    FilePath,
    FilePaths,
    Flag,
    Id,
    Integer,
    MetricRef,
    Number,
    PathOrText,
    Text,
    Version,
    items,
    states,
)
from mlgov.lifecycle.record import Bound, Record, Sourced
from mlgov.lifecycle.result import Split


class PipelineStage(Record):
    """One step of a pipeline, as declared and as recorded."""

    id: Id = states("names the stage")
    command: Text = states("what it runs")
    deps: FilePaths = items("what it reads")
    params: Any = states("what steers it: names, or names with values")
    outs: FilePaths = items("what it writes")
    metrics: FilePaths = items("metric files it writes")
    locked: Flag = states("a run of it is recorded")
    frozen: Flag = states("it is not run again")


class PipelineFile(Record):
    """A file as a tool recorded it: kept elsewhere, told by its digest."""

    path_: FilePath = states("the file", alias="path")
    digest: Text = states("of its content, with its kind: md5-5d41402a…")
    size: Bytes = states("bytes")
    files: Count = states("of a folder, how many files it holds")


class QualityGate(Bound):
    """What stops a worse model."""

    metric: MetricRef = states("the metric that is judged")
    file: FilePath = states("where the gate is written")


class Pipeline(Record):
    """How training is run."""

    tool: Text = states("e.g. dvc, kedro")
    stages: list[PipelineStage] = items("two facts per key: declared (yaml) and recorded (lock)")
    files: list[PipelineFile] = items("what stages read and wrote, as their tool recorded it")
    gates: list[QualityGate] = items("what stops a worse model")


class Lineage(Record):
    """What a model was made from."""

    commit: Text = states("git sha")
    environment_: PathOrText = states("lock file or digest", alias="environment")
    seed: Integer = states("of the random numbers")
    data_version: Version = states("the training data")
    run_id: Text = states("the run that made it")
    model_hash: Text = states("digest of the model")
    registered_version: Version = states("its version in the registry")


class Run(Sourced):
    """One of several repeated runs."""

    id: Id = states("names the run")
    seed: Integer = states("of the random numbers")
    metric: MetricRef = states("what was measured")
    value: Number = states("the measured value")
    split: Split | None = states("measured where")
    dataset: DatasetRef = states("measured on what")
