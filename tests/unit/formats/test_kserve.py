"""KServe: shares of canaries in both forms, versions of models, and logging."""

import pytest

from mlgov.formats import kserve
from mlgov.formats._model_version import version_of_address, version_of_image
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values

REAL = folder(FIXTURES / "kserve" / "real")
MINIMAL = folder(FIXTURES / "kserve" / "minimal")


def test_what_is_served_where_and_logged() -> None:
    found = project({"kserve.yaml": REAL["kserve.yaml"]})
    serving = found.serving
    assert (serving.model_version, serving.target, serving.mode, float(serving.replicas)) == (
        "1.4.0",
        "cloud",
        "online",
        2,
    )
    assert (serving.logging.target, serving.logging.fields) == ("http://feedback-sink.ml", ["request", "response"])
    assert [e.id for e in serving.endpoints] == ["churn"]
    (stage,) = found.rollout.stages
    assert (stage.kind, float(stage.traffic), stage.environment) == ("canary", 0.1, "staging")


def test_canaries_by_name_and_a_dark_launch() -> None:
    stages = values({"c.yaml": REAL["canaries.yaml"]}, "kserve", "rollout.stages[]")
    assert [(s["id"], s["kind"], s["traffic"]) for s in stages] == [
        ("churn-next", "canary", "20%"),
        ("churn-dark", "shadow", "0%"),
    ]


def test_the_first_version_of_the_format() -> None:
    files = {"legacy.yaml": MINIMAL["legacy.yaml"]}
    assert values(files, "kserve", "serving.model_version") == ["v3"]
    assert values(files, "kserve", "rollout.stages[]")[0]["traffic"] == "15%"


def test_without_knative_the_percentage_has_no_effect() -> None:
    found = trap(kserve, "raw.yaml")
    assert not said(found, "rollout.stages[]")
    assert not said(found, "serving.model_version")  # 1.0 is the version of scikit-learn


@pytest.mark.parametrize(
    ("address", "version"),
    [
        ("s3://models/churn/1.4.0", "1.4.0"),
        ("s3://models/churn/1.4.0/", "1.4.0"),
        ("s3://models/churn/v2/model.tar.gz", "v2"),
        ("models:/churn/3", "3"),
        ("oci://registry.example.org/churn:v1", "v1"),
        ("gs://models/churn/2.0.0-rc1", "2.0.0-rc1"),
        ("gs://kfserving-examples/models/sklearn/1.0/model", None),
        ("gs://models/flowers-2", None),
        ("pvc://model-pv-claim", None),
        ("s3://models/${VERSION}", None),
        ("models:/churn@champion", None),
        ("/app/models/model.pkl", None),
        (None, None),
    ],
)
def test_the_version_at_the_end_of_an_address(address: str | None, version: str | None) -> None:
    assert version_of_address(address) == version


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("registry.example.org:5000/churn:1.4.0", "1.4.0"),
        ("churn:v2", "v2"),
        ("churn:latest", None),
        ("churn:20", None),
        ("churn", None),
        ("churn:1.4.0@sha256:00", None),
        ("pytorch/torchserve:0.9.0", None),
        ("churn:{{ tag }}", None),
    ],
)
def test_the_version_of_an_image(image: str, version: str | None) -> None:
    assert version_of_image(image) == version


def test_odd_values_never_crash() -> None:
    survives(kserve)
