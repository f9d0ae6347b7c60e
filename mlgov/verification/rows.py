"""SQL that says what stands in a row: whether a value is missing, and hashes by which equal rows are found."""

from collections.abc import Sequence

from mlgov.verification.engines import MISSING, Engine, View

# names of columns that number rows; two copies of a row may have different ones
ROW_NUMBERS = ("", "unnamed: 0", "index", "id", "row", "row_id", "rowid", "row_number", "uuid", "guid")
_WORDS = ", ".join(f"'{word}'" for word in MISSING)


def present(column: str, kind: str, is_plain: bool) -> str:
    """The value of a column; NULL where it is missing: no text, NaN, or in a text file a word such as `NA`."""
    if kind == "text" and is_plain:
        return f"CASE WHEN trim({column}) NOT IN ({_WORDS}) THEN trim({column}) END"
    if kind == "number":
        return f"CASE WHEN NOT isnan(CAST({column} AS DOUBLE)) THEN {column} END"
    return column


def exact_hash(engine: Engine, view: View, names: Sequence[str], alike: bool) -> str:
    """64 bits for the values of some columns as they stand there. alike: the kinds are those of the other tables."""
    return engine.hash64(*(_exact(engine, view.column(n), view.kind(n), alike) for n in names))


def _exact(engine: Engine, column: str, kind: str, alike: bool) -> str:
    if kind == "text":
        return column
    if not alike:
        return engine.text(column)
    casts = {"integer": "BIGINT", "number": "DOUBLE"}  # two files may keep one column in different widths
    return f"CAST({column} AS {casts[kind]})" if kind in casts else engine.text(column)


def near_hash(engine: Engine, view: View, names: Sequence[str]) -> str:
    """The same, whatever the case, the spaces and the way in which numbers are written (to 7 digits)."""
    return engine.hash64(*(_near(engine, view.column(n), view.kind(n), view.is_plain) for n in names))


def _near(engine: Engine, column: str, kind: str, is_plain: bool) -> str:
    value = present(column, kind, is_plain)
    if kind in ("integer", "number"):
        return engine.hash64(f"CAST({value} AS FLOAT)")
    text = engine.text(value)
    number = engine.number(text)
    words = engine.hash64(f"lower(replace({text}, ' ', ''))")
    return f"CASE WHEN {number} IS NOT NULL THEN {engine.hash64(f'CAST({number} AS FLOAT)')} ELSE {words} END"
