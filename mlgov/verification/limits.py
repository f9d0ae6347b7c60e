"""How much data, time and memory one measurement may take, and the libraries that it needs."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, NamedTuple

from mlgov.errors import ExtraMissing
from mlgov.units import size


class Limits(NamedTuple):
    """What one job may take. Beyond a limit nothing is sampled: the job is given up, which is said.

    rows, columns, bytes: of one table, as it lies on disk and as it unpacks. memory: bytes of the measuring process.
    seconds: of one job. spark: the master of a Spark cluster that measures in our place, "" = this machine.
    """

    rows: int
    columns: int
    bytes: int
    memory: int
    seconds: int
    spark: str = ""


def limits_from(settings: Mapping[str, Any], spark: str = "") -> Limits:
    """The limits that the settings `[tool.mlgov.data]` state."""
    rows, columns, most, memory, seconds = (
        int(size(settings[f"max_{name}"])) for name in ("rows", "columns", "bytes", "memory", "seconds")
    )
    return Limits(rows, columns, most, memory, seconds, spark)


def require(spark: str = "") -> None:
    """Raise `ExtraMissing` where the libraries that read data are not installed."""
    if find_spec("duckdb") is None:
        raise ExtraMissing("verifying data", "data")
    if spark and find_spec("pyspark") is None:
        raise ExtraMissing("verifying data on Spark", "spark")
