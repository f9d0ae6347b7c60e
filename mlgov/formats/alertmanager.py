"""Alertmanager: which alerts go to which receiver, and where that sends them; files, ConfigMaps, AlertmanagerConfig.

Routes come in the order in which they take alerts: the inner ones before the one around them, so that the first that
matches is the one that takes an alert. `matchers` are those on the whole way down; a receiver is inherited; no targets at
all (`[]`) are those of a receiver that sends nothing.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import embedded, resources
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "alertmanager"
PATHS = ("*.yaml", "*.yml")
MARKERS = (b"receivers:", b"monitoring.coreos.com/", b"kind: ConfigMap", b"kind: Secret")
ROLE = "part"
_GROUP = "monitoring.coreos.com"
_DEEPEST, _MOST = 20, 1000  # routes within routes; routes at all
_MATCHER = re.compile(
    r'\s*([a-zA-Z_][\w.]{0,200})\s*(=~|!~|!=|=)\s*("(?:[^"\\]++|\\.)*+"|\'[^\']*+\'|[^,{}"\']*+)\s*,?'
)
_TYPES = {"=", "!=", "=~", "!~"}
_PAGERS = ("pagerduty", "opsgenie", "victorops")
# the field of a receiver that says where it sends, and none of its secrets
_ADDRESSES = {"email": ("to",), "slack": ("channel",), "telegram": ("chat_id",), "sns": ("topic_arn",), "webex": ("room_id",),
              "webhook": ("url",), "jira": ("project",)}  # fmt: skip


class Tree(NamedTuple):
    """A route with its receivers, and where they stand."""

    data: dict[str, Any]
    where: Origin
    environment: str
    version: str


def recognise(artifact: Artifact) -> Claim | None:
    """A `route` with a list of `receivers`, plain or in an AlertmanagerConfig; collectors have receivers as well."""
    found = list(_trees(artifact))
    versions = dict.fromkeys(tree.version for tree in found if tree.version)
    return Claim(", ".join(versions)) if found else None


def _trees(artifact: Artifact) -> Iterator[Tree]:
    environment = environment_of(artifact.path)
    for index, data in artifact.mappings:
        if "apiVersion" not in data and _is_tree(data):
            yield Tree(data, artifact.at(document=index), environment, "")
    for resource in resources(artifact):
        spec = resource.mapping("spec")
        if resource.is_a(_GROUP, "AlertmanagerConfig") and isinstance(spec.get("route"), dict):
            environment = environment_of(artifact.path, resource.namespace)
            yield Tree(spec, resource.at("spec"), environment, resource.version)
    for inner in embedded(artifact, ".yml", ".yaml"):
        environment = environment_of(artifact.path, inner.namespace)
        yield from (Tree(data, inner.at(document=i), environment, "") for i, data in inner.mappings if _is_tree(data))


def _is_tree(data: dict[str, Any]) -> bool:
    receivers = data.get("receivers")
    return isinstance(data.get("route"), dict) and isinstance(receivers, list) and bool(receivers)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A route for each node of the tree, and that somebody is called, where a receiver is a pager."""
    for tree in _trees(artifact):
        receivers = {
            str(r.get("name")): (r, tree.where.at("receivers", at)) for at, r in rows(tree.data.get("receivers"))
        }
        for draft in _routes(tree.data["route"], tree.where.at("route"), receivers):
            yield draft.fact("monitoring.routes[]", tree.environment)
        for receiver, where in receivers.values():
            for service in sorted({kind for kind, _ in _integrations(receiver)} & set(_PAGERS)):
                yield Fact("monitoring.on_call.schedule", service, where, environment=tree.environment)


def _routes(
    root: dict[str, Any], where: Origin, receivers: dict[str, tuple[dict[str, Any], Origin]]
) -> Iterator[Draft]:
    """Depth first, a route after those inside it."""
    walk = list(_walk(root, where, [], None, 0))[:_MOST]
    for matchers, name, here, place in walk:
        draft = Draft(here)
        draft.put("matchers", matchers or None, here.at("matchers"))
        draft.put("receiver", name, place)
        if name in receivers:
            receiver, origin = receivers[name]
            draft.put("targets", list(dict.fromkeys(_targets(receiver))), origin)
        yield draft


def _walk(
    route: dict[str, Any], where: Origin, above: list[str], taken: tuple[str, Origin] | None, depth: int
) -> Iterator[tuple[list[str], str | None, Origin, Origin]]:
    matchers = above + list(_matchers(route))
    name = text_of(route.get("receiver"))
    taken = (name, where.at("receiver")) if name is not None else taken
    for at, inner in rows(route.get("routes")) if depth < _DEEPEST else ():
        yield from _walk(inner, where.at("routes", at), matchers, taken, depth + 1)
    yield matchers, taken[0] if taken else None, where, taken[1] if taken else where


def _matchers(route: dict[str, Any]) -> Iterator[str]:
    """Old and new ways to say which alerts: `match`, `match_re`, `matchers` as texts or as mappings."""
    for field, sign in (("match", "="), ("match_re", "=~")):
        pairs = route.get(field)
        for label, value in pairs.items() if isinstance(pairs, dict) else ():
            if (text := text_of(value)) is not None:
                yield f'{label}{sign}"{text}"'
    listed = route.get("matchers")
    for matcher in listed if isinstance(listed, list) else [listed]:
        if isinstance(matcher, str):
            yield from _parsed(matcher)
        elif isinstance(matcher, dict) and (name := text_of(matcher.get("name"))):
            kind = matcher["matchType"] if str(matcher.get("matchType")) in _TYPES else None
            sign = kind or ("=~" if matcher.get("regex") is True else "=")
            yield f'{name}{sign}"{text_of(matcher.get("value")) or ""}"'


def _parsed(text: str) -> Iterator[str]:
    """`{a="b", c =~ d}` holds two; what is written otherwise stays as it is."""
    body = text.strip()
    body = body[1:-1] if body.startswith("{") and body.endswith("}") else body
    found, at = [], 0
    while at < len(body) and (match := _MATCHER.match(body, at)) and match.end() > at:
        value = match[3].strip()
        found.append(f"{match[1]}{match[2]}" + (value if value[:1] == '"' else '"' + value.strip("'") + '"'))
        at = match.end()
    yield from found if found and not body[at:].strip() else [text.strip()]


def _integrations(receiver: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """`slack_configs` and, in the operator's objects, `slackConfigs`: the kind, and one of its entries."""
    for key, entries in receiver.items():
        kind = re.sub(r"_?[cC]onfigs$", "", str(key))
        if kind != key:
            yield from ((kind.lower(), entry) for _, entry in rows(entries))


def _targets(receiver: dict[str, Any]) -> Iterator[str]:
    """Where it sends alerts; only the kind where the address is a secret or is filled in later."""
    for kind, entry in _integrations(receiver):
        said = next((text for field in _ADDRESSES.get(kind, ()) if (text := text_of(entry.get(field)))), None)
        yield _public(said) if said else kind


def _public(address: str) -> str:
    """An address without user, password and query."""
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    except ValueError:
        return address.partition("?")[0]
