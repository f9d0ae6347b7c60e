"""The report as versioned JSON (`mlgov schema report` prints its schema)."""

import json

from mlgov.renderers import Source
from mlgov.report import Report, to_data


def render(report: Report, source: Source, *, color: bool = False, abstentions: bool = False) -> str:
    """Indented, sorted by nothing: the order of the report is the order of the text."""
    return json.dumps(to_data(report), indent=2, ensure_ascii=True) + "\n"
