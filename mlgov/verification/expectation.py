"""What is expected of data, in the words of Great Expectations but without it: plain values with their origins."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mlgov.finding import Origin

# what the logical types are called by pandas, Spark and the dialects of SQL
_INTEGERS = (
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    *(f"{sign}Int{bits}Dtype" for sign in ("", "U") for bits in (8, 16, 32, 64)),
    "ByteType", "ShortType", "IntegerType", "LongType", "TINYINT", "SMALLINT", "INTEGER", "BIGINT",
)  # fmt: skip
TYPES = {
    "string": ("str", "StringDtype", "CategoricalDtype", "StringType", "VarcharType", "CharType", "CHAR", "VARCHAR", "TEXT", "NVARCHAR", "NCHAR", "UUID", "ENUM"),
    "integer": _INTEGERS,
    "number": (*_INTEGERS, "float16", "float32", "float64", "Float32Dtype", "Float64Dtype", "FloatType", "DoubleType", "DecimalType",
               "FLOAT", "REAL", "DOUBLE", "DOUBLE_PRECISION", "NUMERIC", "DECIMAL"),
    "boolean": ("bool", "BooleanDtype", "BooleanType", "BOOLEAN"),
    "date": ("date", "DateType", "DATE"),
    "timestamp": ("datetime64[s]", "datetime64[ms]", "datetime64[us]", "datetime64[ns]", "DatetimeTZDtype", "TimestampType", "TimestampNTZType", "TIMESTAMP", "DATETIME"),
    "time": ("time", "TIME"),
}  # fmt: skip


class Expectation(NamedTuple):
    """One expectation. kind: its type in Great Expectations; origin: the place that declares it.

    private: values of its columns are about persons and are shown to nobody.
    """

    kind: str
    kwargs: Mapping[str, Any]
    origin: Origin
    private: bool = False

    def data(self) -> dict[str, Any]:
        """The expectation as a suite of Great Expectations 1.x holds it; `meta` tells who declares it."""
        declared = f"{self.origin.file}#{self.origin.pointer}" if self.origin.pointer else self.origin.file
        return {"type": self.kind, "kwargs": dict(self.kwargs), "meta": {"declared": declared}}


class Suite(NamedTuple):
    """The expectations of one data set. name: of the suite; dataset: its id; origin: the record that declares it."""

    name: str
    dataset: str
    origin: Origin
    expectations: tuple[Expectation, ...]

    def data(self) -> dict[str, Any]:
        """The suite as Great Expectations 1.x reads it."""
        return {"name": self.name, "expectations": [e.data() for e in self.expectations], "meta": {}, "notes": None}


def columns_of(kwargs: Mapping[str, Any]) -> list[str]:
    """The columns that an expectation is about, in the words of every core type, and those of its condition."""
    named = [kwargs.get(key) for key in ("column", "column_A", "column_B")]
    for key in ("column_list", "column_set"):
        named += kwargs[key] if isinstance(kwargs.get(key), list) else []
    return [name for name in (*named, *_conditional(kwargs.get("row_condition"))) if isinstance(name, str)]


def _conditional(condition: Any) -> Iterator[Any]:
    if isinstance(condition, Mapping):
        column = condition.get("column")
        yield column.get("name") if isinstance(column, Mapping) else None
        inner = condition.get("conditions")
        for part in inner if isinstance(inner, list) else ():
            yield from _conditional(part)
