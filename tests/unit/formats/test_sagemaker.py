"""SageMaker: guardrails, variants, shadow tests and captured requests."""

from mlgov.formats import sagemaker
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values

REAL = folder(FIXTURES / "sagemaker" / "real")
TEMPLATE = folder(FIXTURES / "sagemaker" / "minimal")


def test_linear_steps_wait_between_them() -> None:
    found = project({"e.json": REAL["update_endpoint.json"]}).rollout
    (stage,) = found.stages
    assert [float(s.traffic) for s in stage.steps] == [0.3, 0.6, 0.9, 1.0]
    assert float(stage.duration) == 1200
    assert [t.metric for t in found.rollback.triggers] == ["churn-5xx"]
    assert found.rollback.automatic is True


def test_shadow_variants_and_captured_requests() -> None:
    found = project({"c.json": REAL["endpoint_config.json"]})
    (stage,) = found.rollout.stages
    assert (stage.kind, float(stage.mirror), float(stage.traffic)) == ("shadow", 0.5, 0)
    assert (found.serving.logging.target, float(found.serving.logging.sampling)) == ("s3://example/capture", 0.2)


def test_a_shadow_test_has_a_schedule() -> None:
    (stage,) = values({"x.json": REAL["inference_experiment.json"]}, "sagemaker", "rollout.stages[]")
    assert stage == {"id": "churn-shadow-next", "kind": "shadow", "traffic": "0%", "mirror": "30%", "duration": "7d"}


def test_a_template_without_alarms_has_no_way_back() -> None:
    found = project(TEMPLATE)
    assert [(s.kind, float(s.traffic)) for s in found.rollout.stages] == [("canary", 0.1), ("canary", 0.1), ("full", 1)]
    assert found.rollout.rollback.automatic is False
    assert (found.serving.model_version, found.serving.image) == ("1.4.0", None)


def test_references_and_numbers_of_instances_are_unknown() -> None:
    found = trap(sagemaker, "unknown.yaml")
    assert said(found, "rollout.stages[]")[0] == {"id": "Endpoint-canary", "kind": "canary"}
    assert not said(found, "rollout.rollback.triggers[]")


def test_odd_values_never_crash() -> None:
    survives(sagemaker)
