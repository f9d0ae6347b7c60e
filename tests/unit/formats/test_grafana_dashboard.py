"""Grafana dashboards are known by their uid, else by their file."""

from tests.unit.formats.reading import FIXTURES, folder, inventory, values

MINIMAL = folder(FIXTURES / "grafana_dashboard" / "minimal")
PATH = "monitoring.dashboards[]"


def test_the_uid_of_a_dashboard() -> None:
    assert values(folder(FIXTURES / "grafana_dashboard" / "real"), "grafana-dashboard", PATH) == ["churn-model"]
    assert values({"v2.yaml": MINIMAL["v2.yaml"]}, "grafana-dashboard", PATH) == ["churn-v2"]


def test_a_dashboard_without_uid_is_its_file() -> None:
    assert values({"a/nested.json": MINIMAL["nested.json"]}, "grafana-dashboard", PATH) == ["/a/nested.json"]


def test_quotes_that_break_the_json_are_told_with_their_place() -> None:
    (defect,) = inventory(folder(FIXTURES / "grafana_dashboard" / "broken")).defects
    assert (defect.code, defect.origins[0].pointer) == ("INT002", "@4:82")


def test_the_version_is_told() -> None:
    (entry,) = inventory(folder(FIXTURES / "grafana_dashboard" / "real")).entries
    assert (entry.format, entry.version) == ("grafana-dashboard", "36")
