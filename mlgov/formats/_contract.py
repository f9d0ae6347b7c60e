"""What data contracts of several standards share: terms of service as durations, persons in columns, the contract itself."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mlgov.artifact import Artifact
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._quantities import number_of, text_of
from mlgov.units import duration

# `m` may be minutes or months, and months have no fixed length: neither is read
_UNITS = {
    "ms": "ms millisecond milliseconds", "s": "s sec second seconds", "m": "min mins minute minutes", "h": "h hr hrs hour hours",
    "d": "d day days", "w": "w wk week weeks", "y": "y yr yrs year years",
}  # fmt: skip
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ISO = re.compile(
    r"P(?:(?P<y>\d{1,6})Y)?(?:(?P<w>\d{1,6})W)?(?:(?P<d>\d{1,6})D)?"
    r"(?:T(?:(?P<h>\d{1,6})H)?(?:(?P<m>\d{1,6})M)?(?:(?P<s>\d{1,9})S)?)?"
).fullmatch
_WORDS = {"hourly": "1h", "daily": "1d", "weekly": "7d", "yearly": "1y", "annually": "1y"}
_PERSONAL = frozenset("restricted pii personal personal_data".split())


def term(value: Any, unit: Any = None) -> str | None:
    """`24` with unit `h`, `P1Y`, `30d`, `daily`, as a duration with its unit; None where the unit is not told."""
    text = text_of(value)
    if text is None or len(text) > 60:
        return None
    if unit is not None:
        known = _UNIT.get(str(unit).strip().lower())
        number = number_of(value)
        return f"{text}{known}" if known and number is not None and number >= 0 else None
    if found := _ISO(text):
        return "".join(f"{n}{u}" for u, n in found.groupdict().items() if n) or None
    try:
        return text if duration(text) > 0 else None
    except ValueError:
        return _WORDS.get(text.lower())


def persons(value: Any) -> str | None:
    """What a classification or a flag says about persons in a column; most classes say nothing about them."""
    if isinstance(value, bool):
        return "personal" if value else None
    if not isinstance(value, str):
        return None
    plain = value.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in ("special_category", "phi", "sensitive_personal_data"):
        return "special_category"
    return "personal" if plain in _PERSONAL else None


def primary_key(columns: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str] | None:
    """The columns that say of themselves that they are part of the primary key, in their order."""
    named = [(name, row) for name, row in columns if row.get("primaryKey") is True or row.get("primary") is True]
    positions = [row.get("primaryKeyPosition") for _, row in named]
    if all(isinstance(at, int) for at in positions):
        named.sort(key=lambda entry: entry[1]["primaryKeyPosition"])
    return [name for name, _ in named] or None


def table(artifact: Artifact, where: Origin, name: str, *, has_checks: bool) -> Draft:
    """The data set that one table of a contract is about."""
    record = Draft(where, id=identifier(name, "table"), contract={"source": {"file": "/" + artifact.path}})
    if has_checks:
        record.values["checks"] = {"source": {"file": "/" + artifact.path}}
    record.parts["id"] = where.at("name")
    return record
