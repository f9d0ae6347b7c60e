"""The report as versioned JSON (`mlgov schema report` prints its schema)."""

import json
from typing import Any

from mlgov.renderers import Source
from mlgov.renderers.escaping import capped, json_text
from mlgov.report import Report, to_data

# what artifacts may have filled; paths, codes and fingerprints stay whole, because they are looked up
_FREE = frozenset(("message", "remedy", "reason", "subject", "role"))


def render(report: Report, source: Source, *, color: bool = False, abstentions: bool = False) -> str:
    """Indented, sorted by nothing: the order of the report is the order of the text."""
    return json_text(json.dumps(_capped(to_data(report)), indent=2, ensure_ascii=True)) + "\n"


def _capped(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: capped(v) if k in _FREE and isinstance(v, str) else _capped(v) for k, v in value.items()}
    return [_capped(item) for item in value] if isinstance(value, list) else value
