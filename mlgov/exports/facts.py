"""mlgov.facts.json: every value of every project with its literal text, its unit and the place where it stands."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from mlgov import __version__
from mlgov.exports.leaves import leaves, typed, unit_of
from mlgov.lifecycle.book import Claim
from mlgov.lifecycle.project import Project
from mlgov.units import Quantity, quantity

VERSION = 1
_PLACE = re.compile(r"@(\d+)(?::(\d+))?")


def export(projects: Iterable[Project]) -> str:
    """The facts of all projects as one JSON document, held to `facts.schema.json`."""
    data = {
        "$schema": "https://mlgov.dev/schema/v1/facts.json",
        "version": VERSION,
        "tool": {"name": "mlgov", "version": __version__},
        "projects": [_project(project) for project in projects],
    }
    return json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def _project(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "folder": project.folder,
        "stage": project.stage,
        "has_manifest": project.has_manifest,
        "facts": [_fact(project, claim) for claim in leaves(project)],
    }


def _fact(project: Project, claim: Claim) -> dict[str, Any]:
    value = _value(project, claim)
    said: dict[str, Any] = {
        "path": project.book.subject(claim.path),
        "value": _plain(value),
        "text": claim.text,
        "unit": unit_of(value),
        "how": claim.how,
        "file": claim.origin.file,
    }
    place = _PLACE.match(claim.origin.pointer)
    if place:
        said |= {"line": int(place[1])} | ({"column": int(place[2])} if place[2] else {})
    else:
        said["pointer"] = claim.origin.pointer
    if claim.origin.document:
        said["document"] = claim.origin.document
    return said | ({"environment": claim.environment} if claim.environment else {})


def _value(project: Project, claim: Claim) -> Any:
    """The number that a text means where the model has a number there; other places may say other texts."""
    known = typed(project, claim.path)
    if not isinstance(known, Quantity):
        return claim.value
    try:
        return known if claim.text == known.text else quantity(claim.value)
    except ValueError:
        return claim.value


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        number = float(value)
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return str(value)
