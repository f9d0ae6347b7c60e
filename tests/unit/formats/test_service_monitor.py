"""ServiceMonitor, PodMonitor and annotations that ask to be scraped."""

from tests.unit.formats.reading import FIXTURES, folder, inventory, project, values

REAL = folder(FIXTURES / "service_monitor" / "real")


def test_a_monitor_asks_what_its_labels_name() -> None:
    service, pod = project({"monitors.yaml": REAL["monitors.yaml"]}).monitoring.scrape_jobs
    assert (service.name, service.targets, service.discovery) == ("churn", ["churn-api"], "ServiceMonitor")
    assert service.environment == "production"
    assert (pod.name, pod.targets, pod.discovery) == ("churn-batch", [], "PodMonitor")


def test_annotations_of_a_service_and_of_pods() -> None:
    found = values({"service.yaml": REAL["service.yaml"]}, "scrape-discovery", "monitoring.scrape_jobs[]")
    assert [(job["name"], job["targets"]) for job in found] == [
        ("churn-api", ["churn-api:8000"]),
        ("churn-worker", ["churn-worker", "worker"]),
    ]
    assert {job["discovery"] for job in found} == {"annotations"}


def test_the_version_is_told() -> None:
    versions = {e.path: e.version for e in inventory(REAL).entries if "scrape-discovery" in e.format}
    assert versions["monitors.yaml"] == "ServiceMonitor v1, PodMonitor v1"
    assert "annotations" in versions["service.yaml"]
