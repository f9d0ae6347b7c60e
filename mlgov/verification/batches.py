"""Data as Great Expectations sees them: a frame of pandas or Spark, or a table of a database; the context is always ephemeral.

Nothing of the checked tree is a context here: no great_expectations.yml is read, no plug-in, no store.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the library is imported

import great_expectations as gx  # after its settings
from great_expectations.data_context.types.base import ProgressBarsConfig

from mlgov.verification.connections import shown
from mlgov.verification.fitting import logical
from mlgov.verification.job import Unmeasurable


class Batch(NamedTuple):
    """A batch of Great Expectations. types: the logical type of each column, "" where it is not known.

    hollow: columns of a text file that hold no value, and so have no type.
    """

    batch: Any
    types: Mapping[str, str]
    hollow: frozenset[str] = frozenset()


def of_pandas(frame: Any) -> Batch:
    """A frame of pandas whose columns have nullable types."""
    source = _context().data_sources.add_or_update_pandas("pandas")
    definition = source.add_dataframe_asset("data").add_batch_definition_whole_dataframe("whole")
    types = {str(name): _pandas_type(frame[name]) for name in frame.columns}
    return Batch(definition.get_batch(batch_parameters={"dataframe": frame}), types)


def _pandas_type(column: Any) -> str:
    if column.dtype.name != "object":
        return logical(type(column.dtype).__name__) or logical(column.dtype.name)
    held = column.dropna()
    return logical(type(held.iloc[0]).__name__) if len(held) else ""


def of_spark(frame: Any) -> Batch:
    """A frame of Spark, on the session that made it."""
    source = _context().data_sources.add_or_update_spark("spark", force_reuse_spark_context=True)
    definition = source.add_dataframe_asset("data").add_batch_definition_whole_dataframe("whole")
    types = {field.name: logical(type(field.dataType).__name__) for field in frame.schema.fields}
    return Batch(definition.get_batch(batch_parameters={"dataframe": frame}), types)


def of_sql(address: str) -> Batch:
    """A table of a database, which is only read; address: `URL#TABLE`, the URL as SQLAlchemy writes it."""
    try:
        return _of_table(*address.rsplit("#", 1))
    except Exception as error:  # noqa: BLE001  # drivers raise anything
        raise Unmeasurable(f"cannot be read: {_harmless(str(error), address)}", shown(address)) from None


def _harmless(words: str, address: str) -> str:
    """What a library says on one line, without the address and the password that it may quote."""
    import sqlalchemy

    url = address.rpartition("#")[0]
    try:
        secret = str(sqlalchemy.make_url(url).password or "")
    except sqlalchemy.exc.ArgumentError:
        return "the URL is none that SQLAlchemy reads"
    for hidden in filter(None, (url, secret, quote(secret), quote_plus(secret))):
        words = words.replace(hidden, "…")
    return " ".join(words.split())[:300]


def _of_table(url: str, table: str) -> Batch:
    import sqlalchemy

    schema, _, name = table.rpartition(".")
    written, arguments = _read_only(url)
    source = _context().data_sources.add_or_update_sql(
        "sql",
        connection_string=written.replace("$", "\\$"),  # a `$` would be filled in from the environment
        create_temp_table=False,
        kwargs={"connect_args": arguments},
    )
    definition = source.add_table_asset("data", table_name=name, schema_name=schema or None)
    batch = definition.add_batch_definition_whole_table("whole").get_batch()
    columns = sqlalchemy.inspect(source.get_engine()).get_columns(name, schema=schema or None)
    return Batch(batch, {column["name"]: logical(type(column["type"]).__name__) for column in columns})


def _read_only(url: str) -> tuple[str, dict[str, Any]]:
    """The address and arguments of a connection that cannot write, as far as the database knows such a thing."""
    import sqlalchemy

    parsed = sqlalchemy.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return url, {"options": "-c default_transaction_read_only=on"}
    if parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith("file:"):
        return f"sqlite:///file:{parsed.database}?mode=ro&uri=true", {}
    return url, {}


@cache
def _context() -> Any:
    """One for the process: each keeps a folder of its own."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context
