"""Each alert must reach a receiver that calls somebody.

## Why
Labels and routes are written by different teams. An alert with `team: ml` beside routes for `team: platform` falls through to
the default receiver, and that one is often empty.

Routes are walked with the labels of the alert; a route that silences one alert by its name is meant. Where a label may still
come from the series the rule abstains. A default receiver is empty where it is said to have no targets, or where its name or
all of its targets say so (`null`, `none`, `blackhole`, `devnull@example.com`).

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts: [{name: Drift, op: gt, threshold: 0.2, labels: {team: ml}}]
  routes:
  - {matchers: ['team="platform"'], receiver: pager, targets: [pagerduty]}
  - {receiver: "null"}
~~~

### an urgent alert that no route sends on
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts: [{name: Slow, op: gt, threshold: 200ms, severity: critical}]
  routes:
  - {matchers: ['severity=~"page|ticket"'], receiver: pager, targets: [pagerduty]}
  - {receiver: default, targets: []}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: Drift, op: gt, threshold: 0.2, labels: {team: ml}}
  - {name: Watchdog, op: gt, threshold: 0}
  routes:
  - {matchers: ['team=~"ml|data"'], receiver: chat, targets: [slack]}
  - {matchers: ['alertname="Watchdog"'], receiver: "null", targets: []}
  - {receiver: "null", targets: []}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts: [{name: Drift, op: gt, threshold: 0.2, labels: {team: ml}}]
  routes: [{matchers: ['namespace="churn"'], receiver: chat, targets: [slack]}, {receiver: "null", targets: []}]
~~~

## Remedy
add a route for the labels of the alert, or give the default receiver a target

## References
S4-57; Google SRE Book, ch. 6
"""

import re

from mlgov.rulekit import Alert, Findings, Origin, Project, Route, abstain, rule

_MATCHER = re.compile(r"\s*([\w.-]+)\s*(=~|!~|!=|=|:)\s*(.*?)\s*")
_NOWHERE = re.compile(r"(null|none|black-?hole|dev-?null|noop|void|empty|nobody|no-?reply)(@.*)?")
# labels that are written on the alert and never come with a series
_WRITTEN = frozenset({"severity", "team", "owner", "alertname", "priority", "tier"})


@rule("MON211", severity="-WE", sources=["S4-57"])
def alert_goes_nowhere(project: Project) -> Findings:
    lost: dict[Origin, tuple[Route, list[Alert]]] = {}
    for alert in project.monitoring.alerts:
        routes = [route for route in project.monitoring.routes if alert.name and _is_alike(alert, route)]
        default = next((route for route in routes if not route.matchers), None)
        answers = [_matches(alert, route) for route in routes if route.matchers]
        taken = [r for r in routes if r.matchers and _matches(alert, r)]
        if taken and all(_is_forgotten(r, project) for r in taken):
            lost.setdefault(taken[0].at(), (taken[0], []))[1].append(alert)
            continue
        if default is None or True in answers or not _is_empty(default, project):
            continue
        if None in answers:
            yield abstain(f"a route asks for labels that alert {alert.name} may get from its series")
        else:
            lost.setdefault(default.at(), (default, []))[1].append(alert)
    for default, alerts in lost.values():
        yield _finding(default, sorted(alerts, key=lambda alert: alert.severity != "critical"))


def _finding(default: Route, alerts: list[Alert]) -> tuple[Origin, str, list[Origin]]:
    """One receiver that is empty is one finding, however many alerts fall through to it."""
    words = ", ".join(dict.fromkeys(f"{alert.name} ({_shown(alert)})" for alert in alerts))
    subject = f"alert {words} is" if len(alerts) == 1 else f"alerts {words} are"
    which = "the route for them" if default.matchers else "no route but the default one"
    message = f"{subject} sent by {which}, whose receiver {default.receiver} is empty"
    places = [alert.at("labels") if alert.labels else alert.at() for alert in alerts]
    return places[0], message, [default.at(), *places[1:]]


def _shown(alert: Alert) -> str:
    labels = (f"{key}: {value}" for key, value in _labels(alert).items() if key in _WRITTEN - {"alertname"})
    return ", ".join(labels) or "no labels"


def _is_alike(alert: Alert, route: Route) -> bool:
    return not (alert.environment and route.environment and alert.environment != route.environment)


def _labels(alert: Alert) -> dict[str, str]:
    known = {"alertname": alert.name or ""} | ({"severity": alert.severity} if alert.severity else {})
    return known | alert.labels


def _matches(alert: Alert, route: Route) -> bool | None:
    """Whether all matchers of a route hold; None where a label may still come with the series."""
    answers = [_holds(matcher, _labels(alert)) for matcher in route.matchers]
    return False if False in answers else None if None in answers else True


def _holds(matcher: str, labels: dict[str, str]) -> bool | None:
    found = _MATCHER.fullmatch(matcher)
    if not found:
        return None
    key, operator, value = found[1], found[2], found[3].strip("\"'")
    if key not in labels and key not in _WRITTEN:
        return None
    stated = labels.get(key, "")
    if operator in ("=", "!=", ":"):
        return (stated == value) == (operator != "!=")
    try:
        return bool(re.fullmatch(value, stated)) == (operator == "=~")
    except re.error:
        return None


def _is_empty(route: Route, project: Project) -> bool:
    if route.targets:
        return all(_NOWHERE.fullmatch(target.lower()) for target in route.targets)
    return _is_forgotten(route, project) or bool(_NOWHERE.fullmatch((route.receiver or "").lower()))


def _is_forgotten(route: Route, project: Project) -> bool:
    """A receiver that sends nothing, though its name does not say that this is meant."""
    raw = project.book.raw(route.path)
    is_stated = isinstance(raw, dict) and raw.get("targets") == []
    return is_stated and not _NOWHERE.fullmatch((route.receiver or "").lower())
