"""Routes of Istio: shares, mirrors as doubles, and weights that somebody else moves."""

from mlgov.formats import istio
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values

ROLLOUT = """\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec: {strategy: {canary: {trafficRouting: {istio: {virtualService: {name: churn}}}, steps: [{setWeight: 5}]}}}
"""


def test_a_mirror_of_a_tenth_of_a_percent() -> None:
    shadow, split = project(folder(FIXTURES / "istio" / "real")).rollout.stages
    assert (shadow.kind, shadow.literal("mirror"), float(shadow.mirror)) == ("shadow", "0.1%", 0.001)
    assert (split.kind, float(split.traffic)) == ("canary", 0.1)


def test_one_destination_with_all_traffic_is_no_split_and_old_words_are_read() -> None:
    stages = said(trap(istio, "idle.yaml"), "rollout.stages[]")
    assert [(s["id"], s["mirror"]) for s in stages] == [("churn-old-words-shadow", "5%"), ("churn-2-shadow", "50%")]


def test_weights_that_a_controller_moves_are_left_out() -> None:
    assert trap(istio, "owned.yaml") == []


def test_the_controller_may_stand_in_another_file() -> None:
    route = folder(FIXTURES / "istio" / "real")["istio.yaml"].decode()
    alone = {"k8s/route.yaml": route, "k8s/shift.yaml": ROLLOUT}
    assert values(alone, "istio", "rollout.stages[]")
    together = alone | {"k8s/kustomization.yaml": "resources: [route.yaml, shift.yaml]\n"}
    assert not values(together, "istio", "rollout.stages[]")
    usual = {"k8s/route.yaml": route, "k8s/rollout.yaml": ROLLOUT}
    assert not values(usual, "istio", "rollout.stages[]")


def test_odd_values_never_crash() -> None:
    survives(istio)
