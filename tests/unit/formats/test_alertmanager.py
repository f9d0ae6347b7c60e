"""Alertmanager: routes in the order in which they take alerts, with all matchers on the way and what they reach."""

import time

from mlgov.formats import alertmanager
from mlgov.formats.alertmanager import _matchers
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, facts, folder, place, project

REAL = folder(FIXTURES / "alertmanager" / "real")


def test_inner_routes_come_first_and_inherit() -> None:
    routes = project({"alertmanager.yml": REAL["alertmanager.yml"]}).monitoring.routes
    assert [(r.matchers, r.receiver) for r in routes] == [
        (['team="risk-ml"', 'severity=~"critical|page"', 'env="staging"', 'service!="churn"'], "pager"),
        (['team="risk-ml"', 'severity=~"critical|page"'], "pager"),
        (['severity="warning"', 'service=~"churn-.*"'], "mail"),
        (['alertname="Watchdog"'], "missing"),
        ([], "null"),
    ]


def test_targets_hold_addresses_and_no_secrets() -> None:
    routes = project({"alertmanager.yml": REAL["alertmanager.yml"]}).monitoring.routes
    assert routes[0].targets == ["pagerduty", "#churn"]
    assert routes[2].targets == ["ml@example.org", "https://hooks.example.org/churn"]


def test_an_empty_receiver_has_no_targets_and_an_unknown_one_none_stated() -> None:
    found = said(read(alertmanager, REAL["alertmanager.yml"].decode()), "monitoring.routes[]")
    assert found[-1]["targets"] == []
    assert "targets" not in found[-2]


def test_places() -> None:
    routes = project({"alertmanager.yml": REAL["alertmanager.yml"]}).monitoring.routes
    text = {"alertmanager.yml": REAL["alertmanager.yml"].decode()}
    assert place(routes[2].at("receiver"), text) == "alertmanager.yml:13:15"
    assert place(routes[2].at("targets"), text) == "alertmanager.yml:21:3"


def test_somebody_is_called_where_a_receiver_is_a_pager() -> None:
    found = project({"alertmanager.yml": REAL["alertmanager.yml"]}).monitoring.on_call
    assert found is not None
    assert (found.schedule, found.contact) == ("pagerduty", None)


def test_the_object_of_the_operator() -> None:
    found = facts({"k8s/config.yaml": REAL["config.yaml"]}, "alertmanager")
    assert {f.environment for f in found} == {"staging"}
    assert found[0].value == {
        "matchers": ['severity="critical"', 'service=~"churn.*"'],
        "receiver": "chat",
        "targets": ["#churn-staging", "opsgenie"],
    }


def test_matchers_that_nobody_understands_stay_as_they_are() -> None:
    assert list(_matchers({"matchers": ["severity"]})) == ["severity"]
    start = time.process_time()
    list(_matchers({"matchers": ['a="\\' * 20_000, 'a="b",' * 20_000, " " * 50_000]}))
    assert time.process_time() - start < 2
