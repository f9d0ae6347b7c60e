"""A table as a query that gives every column one plain type, so that pandas and Spark see the same values.

Files of text have no types: a column is what all of its values spell, the declared type before others, and text where it
is declared to be text.
"""

from collections.abc import Collection, Iterator, Mapping

from mlgov.lifecycle.measured import MeasuredColumn
from mlgov.verification.engines import Engine, View
from mlgov.verification.rows import present


def select(
    engine: Engine, view: View, wanted: Collection[str], spelt: Mapping[str, MeasuredColumn], types: Mapping[str, str]
) -> tuple[str, list[str]]:
    """SQL for the wanted columns of a view, or one that stands for the rows where none is wanted, and their names.

    spelt: what the values of a file of text spell; types: the declared types.
    """
    held = [(f"c{at}", name, kind) for at, (name, kind) in enumerate(view.columns) if name in wanted]
    if not held:
        return f"SELECT 1 AS c0 FROM {view.name}", ["rows"]
    if view.is_plain:
        kinds = {name: _kind(spelt[name], types.get(name, "")) for _, name, _ in held}
        wide = set(_too_wide(engine, view, [column for column, name, _ in held if kinds[name] == "integer"]))
        values = [_spelt(engine, column, "number" if column in wide else kinds[name]) for column, name, _ in held]
    else:
        values = [_plain(engine, column, kind) for column, _, kind in held]
    columns = ", ".join(f"{value} AS {column}" for value, (column, _, _) in zip(values, held, strict=True))
    return f"SELECT {columns} FROM {view.name}", [name for _, name, _ in held]


def _kind(found: MeasuredColumn, declared: str) -> str:
    """The kind that every value of a column of text spells; "text" where there is none, or no value."""
    fits = {kind for kind, values in found.fits.items() if values == found.values and found.values}
    known = ("integer", "number", "boolean", "date", "timestamp")
    if declared == "string":
        return "text"
    return next((kind for kind in (declared, *known) if kind in fits and kind in known), "text")


def _too_wide(engine: Engine, view: View, columns: list[str]) -> Iterator[str]:
    """The columns of whole numbers that 64 bits do not hold."""
    asked = [f"count({_spelt(engine, c, 'number')}) - count({_spelt(engine, c, 'integer')})" for c in columns]
    told = engine.rows(f"SELECT {', '.join(asked)} FROM {view.name}")[0] if asked else ()
    yield from (column for lost, column in zip(told, columns, strict=True) if lost)


def _spelt(engine: Engine, column: str, kind: str) -> str:
    """SQL for what a text spells; both engines know `TRY_CAST`."""
    value = present(column, "text", True)
    match kind:
        case "integer":
            return f"TRY_CAST({value} AS BIGINT)"
        case "number":
            return engine.number(value)
        case "boolean":
            return f"CASE lower({value}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        case "date":
            return engine.day(value)
        case "timestamp":
            return f"TRY_CAST({value} AS TIMESTAMP)"
    return value


def _plain(engine: Engine, column: str, kind: str) -> str:
    """A column that has a type, as one that every library knows; what is nested or rare is a text."""
    if kind in ("text", "integer", "boolean", "date"):
        return column
    if kind == "number":
        return engine.number(column)
    return f"CAST({column} AS TIMESTAMP)" if kind == "timestamp" else engine.text(column)
