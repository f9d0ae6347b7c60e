"""A table as a query that gives every column one plain type, so that pandas and Spark see the same values.

Files of text have no types: a column is what all of its values spell, unless it is declared to be text. Words such as
`NA`, and NaN, are missing.
"""

from collections.abc import Collection, Iterator, Mapping

from mlgov.lifecycle.measured import MeasuredColumn
from mlgov.verification.engines import MISSING, Engine, View


def select(
    engine: Engine, view: View, wanted: Collection[str], spelt: Mapping[str, MeasuredColumn], types: Mapping[str, str]
) -> tuple[str, list[str]]:
    """SQL for the wanted columns of a view, or one that stands for the rows where none is wanted, and their names.

    spelt: what the values of a file of text spell; types: the declared types.
    """
    held = [(f"c{at}", name, kind) for at, (name, kind) in enumerate(view.columns) if name in wanted]
    if not held:
        return f"SELECT 1 AS c0 FROM {view.name}", ["rows"]
    if view.is_text:
        kinds = {name: _kind(spelt[name], types.get(name, "")) for _, name, _ in held}
        wide = set(_too_wide(engine, view, [column for column, name, _ in held if kinds[name] == "BIGINT"]))
        picked = [_cast(column, "DOUBLE" if column in wide else kinds[name]) for column, name, _ in held]
    else:
        picked = [_plain(column, kind) for column, _, kind in held]
    columns = ", ".join(f"{value} AS {column}" for value, (column, _, _) in zip(picked, held, strict=True))
    return f"SELECT {columns} FROM {view.name}", [name for _, name, _ in held]


def _kind(found: MeasuredColumn, declared: str) -> str:
    """The SQL type that every value of a column of text spells, the declared one before others; "" for a text."""
    fits = {kind for kind, values in found.fits.items() if values == found.values and found.values}
    kinds = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP"}
    if declared == "string":
        return ""
    return next((kinds[kind] for kind in (declared, *kinds) if kind in fits and kind in kinds), "")


def _too_wide(engine: Engine, view: View, columns: list[str]) -> Iterator[str]:
    """The columns of whole numbers that 64 bits do not hold."""
    asked = [f"count({_cast(c, 'DOUBLE')}) - count({_cast(c, 'BIGINT')})" for c in columns]
    for lost, column in zip(
        engine.rows(f"SELECT {', '.join(asked)} FROM {view.name}")[0] if asked else (), columns, strict=True
    ):
        if lost:
            yield column


def _cast(column: str, kind: str) -> str:
    words = ", ".join(f"'{word}'" for word in MISSING)
    value = f"CASE WHEN trim({column}) IN ({words}) THEN NULL ELSE trim({column}) END"
    if kind == "BOOLEAN":
        return f"CASE lower({value}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
    return f"TRY_CAST({value} AS {kind})" if kind else value


def _plain(column: str, kind: str) -> str:
    """A column that has a type, as one that every library knows; what is nested or rare is a text."""
    head = kind.upper().partition("(")[0].strip()
    if kind.endswith("]"):
        head = "LIST"
    if head in ("DOUBLE", "FLOAT", "REAL"):
        return f"CASE WHEN isnan({column}) THEN NULL ELSE {column} END"
    if head in ("DECIMAL", "HUGEINT", "UHUGEINT"):
        return f"CAST({column} AS DOUBLE)"
    if head.startswith("TIMESTAMP"):
        return f"CAST({column} AS TIMESTAMP)"
    return column if head in _KEPT else f"CAST({column} AS VARCHAR)"


_KEPT = frozenset(
    "TINYINT SMALLINT INTEGER INT BIGINT UTINYINT USMALLINT UINTEGER UBIGINT BOOLEAN DATE VARCHAR STRING".split()
)
