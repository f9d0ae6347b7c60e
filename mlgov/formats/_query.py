"""Queries of checks: arguments are filled in, and what is still templated is kept only where it hides no series name."""

import re
from typing import Any

_ARGUMENT = re.compile(r"\{\{\s?args\.([\w.-]{1,100})\s?\}\}")
_HIDDEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|\'[^\']*+\'|`[^`]*+`|\[[^\]\[]*+\]')
_LONGEST = 20_000

Arguments = dict[str, str]


def filled(value: Any, arguments: Arguments) -> Any:
    """A text with `{{args.name}}` replaced where the argument has a value; everything else as it is."""
    if not isinstance(value, str) or "{{" not in value or len(value) > _LONGEST:
        return value
    return _ARGUMENT.sub(lambda found: arguments.get(found[1], found[0]), value)


def query_of(value: Any, arguments: Arguments | None = None) -> str | None:
    """A query whose placeholders, if any, stand in label values or ranges."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return None
    text = filled(value, arguments or {}).strip()
    bare = _HIDDEN.sub("", text)
    return None if "{{" in bare or "${" in bare or "$(" in bare else text
