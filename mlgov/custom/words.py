"""The message of a custom rule: a text with the fields of the record in braces."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mlgov.custom.table import Table, near
from mlgov.errors import SettingsError
from mlgov.lifecycle.record import Record

_BRACES = re.compile(r"\{([^{}]*)\}")


def template(table: Table, known: Iterable[str]) -> str:
    """The message of a table; `SettingsError` where it names a field that there is not."""
    text, words = table.text("message"), sorted(known)
    for name in _BRACES.findall(text):
        if name not in words:
            hint = near(name, words) or f"; there are {', '.join(words)}"
            raise SettingsError(f"message: no field {name!r}{hint}", table.place("message"))
    return text


def filled(text: str, record: Record, options: Mapping[str, Any]) -> str:
    """The message about one record: every number with the digits that stand in the file."""

    def word(found: re.Match[str]) -> str:
        name = found[1]
        if name in options:
            return str(options[name])
        value = getattr(record, _attribute(record, name))
        return record.literal(name) or (", ".join(map(str, value)) if isinstance(value, list) else "") or f"(no {name})"

    return _BRACES.sub(word, text)


def _attribute(record: Record, name: str) -> str:
    return next(field for field in type(record).model_fields if record.key(field) == name)
