"""Plain Kubernetes: which workload serves the model, which version, and in which environment."""

import pytest

from mlgov.artifact import Artifact
from mlgov.formats import kubernetes
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import embedded, resources
from mlgov.formats._schedule import interval_of
from tests.unit.formats.deployment import read, said, survives, trap
from tests.unit.formats.reading import FIXTURES, facts, folder

REAL = folder(FIXTURES / "kubernetes" / "real")
LIST = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: rules, namespace: ml}
  data:
    alerts.yml: |
      groups: [{name: churn}]
    notes.txt: hello
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: churn}}
"""


def test_a_version_that_is_told_beats_the_tag_of_the_image() -> None:
    found = [f for f in facts(REAL, "kubernetes") if f.path == "serving.model_version"]
    assert [(f.value, f.how) for f in found] == [("1.4.0", "declared"), ("1.4.0", "declared")]


def test_the_container_beside_the_proxy_is_the_model() -> None:
    found = [f for f in facts(REAL, "kubernetes") if f.path == "serving.image"]
    assert [f.value for f in found] == ["registry.example.org/churn:2.3.0", "registry.example.org/churn-batch:1.4.0"]
    assert found[0].origin.pointer == "/spec/template/spec/containers/1/image"
    assert found[0].environment == "production"


def test_a_batch_that_predicts_has_an_interval() -> None:
    found = read(kubernetes, REAL["kubernetes.yaml"].decode())
    assert said(found, "serving.batch.interval") == ["1d"]
    assert said(found, "serving.mode") == ["batch"]


def test_a_tag_is_a_version_only_where_nothing_else_says_one() -> None:
    text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: churn}\nspec: {template: {spec: {containers: [{name: a, image: 'r/churn:1.4.0'}]}}}\n"
    (fact,) = [f for f in facts({"k8s/d.yaml": text}, "kubernetes") if f.path == "serving.model_version"]
    assert (fact.value, fact.how) == ("1.4.0", "derived")


def test_other_software_states_nothing() -> None:
    assert trap(kubernetes, "others.yaml") == []


def test_what_is_templated_is_unknown() -> None:
    assert trap(kubernetes, "templated.yaml") == []


def test_items_of_a_list_are_objects_with_places() -> None:
    artifact = Artifact("k8s/all.yaml", LIST.encode())
    config, deployment = resources(artifact)
    assert (config.name, config.namespace, config.at("data").pointer) == ("rules", "ml", "/items/0/data")
    assert deployment.is_a("apps", "Deployment")


def test_files_in_a_config_map_are_artifacts_of_their_own() -> None:
    artifact = Artifact("k8s/all.yaml", LIST.encode())
    (file,) = embedded(artifact, ".yml")
    assert (file.name, file.path, file.data) == ("alerts.yml", "k8s/all.yaml", {"groups": [{"name": "churn"}]})
    assert file.at("groups", 0).pointer == "/items/0/data/alerts.yml/groups/0"
    assert [f.name for f in embedded(artifact)] == ["alerts.yml", "notes.txt"]


@pytest.mark.parametrize(
    ("path", "namespace", "expected"),
    [
        ("k8s/overlays/prod/hpa.yaml", "", "production"),
        ("k8s/overlays/eu-prod/hpa.yaml", "", "production"),
        ("k8s/overlays/pre-prod/hpa.yaml", "", "staging"),
        ("k8s/overlays/test/hpa.yaml", "", "test"),
        ("tests/hpa.yaml", "", ""),
        ("deploy/staging/hpa.yaml", "prod", "staging"),
        ("charts/churn/values-prod.yaml", "", "production"),
        ("charts/churn/values.staging.yaml", "", "staging"),
        ("charts/churn/values.yaml", "", ""),
        ("values-dev-prod.yaml", "", ""),
        ("k8s/a.yaml", "churn-prod", "production"),
        ("k8s/a.yaml", "non-prod", ""),
        ("k8s/a.yaml", "reproduction", ""),
        ("live/a.yaml", "live", ""),
    ],
)
def test_the_environment_of_a_file(path: str, namespace: str, expected: str) -> None:
    assert environment_of(path, namespace) == expected


@pytest.mark.parametrize(
    ("schedule", "interval"),
    [
        ("0 3 * * *", "1d"),
        ("*/15 * * * *", "15m"),
        ("5 * * * *", "1h"),
        ("0 */6 * * *", "6h"),
        ("0 3 * * 1", "7d"),
        ("@daily", "1d"),
        ("0 3 1 * *", None),
        ("0 3 * * 1-5", None),
        ("*/7 * * * *", None),
        ("{{ .Values.schedule }}", None),
        (None, None),
    ],
)
def test_how_often_a_schedule_fires(schedule: str | None, interval: str | None) -> None:
    assert interval_of(schedule) == interval


def test_odd_values_never_crash() -> None:
    survives(kubernetes)
