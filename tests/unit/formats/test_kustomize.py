"""Kustomize: what an overlay sets belongs to its environment."""

from mlgov.formats import kustomize
from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, facts, folder


def test_an_overlay_sets_images_replicas_and_variables() -> None:
    found = facts(folder(FIXTURES / "kustomize" / "real"), "kustomize")
    assert {f.environment for f in found} == {"staging"}
    assert [(f.path, f.value, f.how) for f in found if f.path != "serving.image"] == [
        ("serving.model_version", "1.5.0-rc1", "derived"),
        ("serving.replicas", "1", "declared"),
        ("serving.model_version", "1.5.0", "declared"),
    ]


def test_images_of_other_software_are_left_out() -> None:
    found = [f.value for f in facts(folder(FIXTURES / "kustomize" / "real"), "kustomize") if f.path == "serving.image"]
    assert [image.partition("@")[0] for image in found] == [
        "registry.example.org/churn:1.5.0-rc1",
        "mirror.example.org/scorer",
    ]


def test_odd_values_never_crash() -> None:
    survives(kustomize)
