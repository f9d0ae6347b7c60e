"""Seldon Core: relative weights, percentages, mirrors and versions, of both generations."""

from mlgov.formats import seldon
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values

REAL = folder(FIXTURES / "seldon" / "real")
FIRST = {"first.yaml": folder(FIXTURES / "seldon" / "minimal")["first.yaml"]}


def test_relative_weights_become_shares() -> None:
    found = project(REAL)
    (experiment,) = found.experiments
    assert [(a.id, float(a.allocation), a.control, a.model_version) for a in experiment.arms] == [
        ("churn-1-3", 0.9, True, None),
        ("churn-1-4", 0.1, None, "1.4.0"),
    ]
    shadow, split = found.rollout.stages
    assert (shadow.kind, float(shadow.mirror), float(shadow.traffic)) == ("shadow", 1.0, 0.0)
    assert (split.kind, float(split.traffic), split.experiment) == ("ab_test", 0.1, "churn-ab")


def test_a_candidate_is_an_arm_and_other_models_are_served() -> None:
    assert values(REAL, "seldon", "serving.model_version") == ["7"]


def test_predictors_share_the_traffic_and_one_stays_in_the_dark() -> None:
    shadow, split = values(FIRST, "seldon", "rollout.stages[]")
    assert (shadow["kind"], shadow["mirror"]) == ("shadow", "40%")
    assert (split["kind"], split["traffic"]) == ("ab_test", "25%")
    (plan,) = values(FIRST, "seldon", "experiments[]")
    assert [a["allocation"] for a in plan["arms"]] == ["75%", "25%"]
    assert values(FIRST, "seldon", "serving.model_version") == ["1.3.0"]
    assert values(FIRST, "seldon", "serving.logging.fields") == [["request"]]


def test_weights_of_nothing_are_no_shares_and_one_candidate_is_no_experiment() -> None:
    found = trap(seldon, "weights.yaml")
    assert said(found, "experiments[]") == [{"id": "churn-ab", "arms": [{"id": "a"}, {"id": "b"}]}]
    assert not said(found, "rollout.stages[]")


def test_odd_values_never_crash() -> None:
    survives(seldon)
