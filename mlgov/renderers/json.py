"""The report as versioned JSON (`mlgov schema report` prints its schema)."""

import json
from typing import Any

from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import LIMIT, LONGEST_PATH, capped, json_text
from mlgov.report import Report, to_data

# what is looked up is never cut: paths are no longer on Linux; fixes are bounded where they are made, the others are
# written by authors of rules
LONGER = dict.fromkeys(("file", "pointer", "page", "why", "references"), LONGEST_PATH) | dict.fromkeys(
    ("text", "value"), 100_000
)


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """Indented, sorted by nothing: the order of the report is the order of the text."""
    return json_text(json.dumps(capped_data(to_data(report)), indent=2, ensure_ascii=True)) + "\n"


def capped_data(value: Any, limit: int = LIMIT) -> Any:
    """The same data with every text cut that is longer than any honest one."""
    if isinstance(value, dict):
        return {k: capped_data(v, LONGER.get(k, LIMIT)) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [capped_data(item) for item in value]
    return capped(value, limit) if isinstance(value, str) else value
