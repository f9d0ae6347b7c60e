"""The report as JSON Lines, for programs that read as they go: one finding, waiver or project a line, the sum last.

Every line is an object whose `kind` says what it is; its other keys are those of the JSON report.
"""

import json
from collections.abc import Iterator
from typing import Any

from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.escaping import json_text
from mlgov.renderers.json import capped_data
from mlgov.report import Report, to_data

# key of the report -> kind of its lines, in the order in which they are written
KINDS = {
    "findings": "finding",
    "waived": "waived",
    "ratcheted": "ratcheted",
    "waivers": "waiver",
    "abstentions": "abstention",
    "projects": "project",
    "laws": "law",
}


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """Lines in the order of the report; a text without the line `run` at its end was cut off on the way."""
    return "".join(json_text(json.dumps(line)) + "\n" for line in _lines(capped_data(to_data(report))))


def _lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, kind in KINDS.items():
        yield from ({"kind": kind, **item} for item in data.pop(key))
    yield {"kind": "run", **data}
