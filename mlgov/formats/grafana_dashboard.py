"""Grafana dashboards: what people look at, by the `uid`; a dashboard without one is known by its file."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._kubernetes import embedded
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "grafana-dashboard"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b'"panels"', b'"schemaVersion"', b"dashboard.grafana.app/", b'"dashboard"')
ROLE = "part"
_HINTS = ("schemaVersion", "templating", "annotations", "timezone", "refresh", "__inputs", "gnetId", "time")
_GROUP = "dashboard.grafana.app/"


def recognise(artifact: Artifact) -> Claim | None:
    """`panels` beside other keys of a dashboard, the same inside `dashboard`, or an object of the dashboard API."""
    found = [version for _, _, version in _all(artifact)]
    return Claim(", ".join(dict.fromkeys(v for v in found if v))) if found else None


def _all(artifact: Artifact) -> Iterator[tuple[dict[str, Any], Origin, str]]:
    """Each dashboard, its place and its version."""
    for index, data in artifact.mappings:
        yield from _dashboards(data, artifact.at(document=index))
    for inner in embedded(artifact, ".json"):
        for _, data in inner.mappings:
            yield from _dashboards(data, inner.at())


def _dashboards(data: dict[str, Any], where: Origin) -> Iterator[tuple[dict[str, Any], Origin, str]]:
    api = text_of(data.get("apiVersion")) or ""
    inner = data.get("dashboard")
    if api.startswith(_GROUP) and data.get("kind") == "Dashboard":
        yield data, where, api.removeprefix(_GROUP)
    elif _is_dashboard(data):
        yield data, where, text_of(data.get("schemaVersion")) or ""
    elif isinstance(inner, dict) and _is_dashboard(inner):
        yield inner, where.at("dashboard"), text_of(inner.get("schemaVersion")) or ""


def _is_dashboard(data: dict[str, Any]) -> bool:
    panels = data.get("panels")
    if not isinstance(panels, list) or not isinstance(data.get("title"), str):
        return False
    return any(hint in data for hint in _HINTS) or any(isinstance(p, dict) and "targets" in p for p in panels)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The uid of each dashboard; in an object of the API that is its name."""
    for data, where, _ in _all(artifact):
        metadata = data.get("metadata")
        name = text_of(metadata.get("name")) if isinstance(metadata, dict) and "apiVersion" in data else None
        uid = text_of(data.get("uid")) or name
        place = where.at("uid") if text_of(data.get("uid")) else where.at("metadata", "name") if name else where
        yield Fact("monitoring.dashboards[]", uid or "/" + artifact.path, place)
