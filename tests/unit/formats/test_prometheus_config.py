"""Prometheus: which rule files it loads and whom it asks."""

from mlgov.formats import prometheus_config
from tests.unit.formats.deployment import read, said
from tests.unit.formats.reading import FIXTURES, facts, folder, place, project

REAL = folder(FIXTURES / "prometheus_config" / "real")
MINIMAL = folder(FIXTURES / "prometheus_config" / "minimal")


def test_rule_files_stay_as_written_and_templates_are_left_out() -> None:
    found = project(REAL).monitoring
    assert found.rule_files == ["alert_rules.yml", "/etc/prometheus/rules/*.yml"]


def test_jobs_have_targets_or_find_them() -> None:
    churn, pods = project(REAL).monitoring.scrape_jobs
    assert (churn.name, churn.targets, churn.discovery) == ("churn", ["churn-api:8000", "churn-batch:8001"], None)
    assert (pods.name, pods.targets, pods.discovery) == ("pods", ["churn-predictor"], "kubernetes_sd_configs: pod")
    text = {"prometheus.yml": REAL["prometheus.yml"].decode()}
    assert place(churn.at("targets"), text) == "prometheus.yml:15:3"


def test_a_configuration_in_a_config_map_is_read_too() -> None:
    found = facts({"k8s/map.yaml": MINIMAL["configmap.yaml"]}, "prometheus")
    assert [(f.path, f.origin.pointer) for f in found] == [
        ("monitoring.rule_files[]", "/data/prometheus.yml/rule_files/0"),
        ("monitoring.scrape_jobs[]", "/data/prometheus.yml/scrape_configs/0"),
    ]


def test_keys_with_only_comments_below_are_nothing() -> None:
    found = read(
        prometheus_config, "global: {}\nrule_files:\n# - a.yml\nscrape_configs:\n- job_name: a\n  static_configs:\n"
    )
    assert said(found, "monitoring.rule_files[]") == []
    assert said(found, "monitoring.scrape_jobs[]") == [{"name": "a"}]
