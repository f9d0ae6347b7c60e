"""Flagger: what kind of rollout, how long it takes, and in which units its gates count."""

import pytest

from mlgov.documents import Flaw
from mlgov.formats import flagger
from tests.unit.formats.deployment import read, said, survives, trap
from tests.unit.formats.reading import FIXTURES, facts, folder, project

STAGES = "rollout.stages[]"
REAL = folder(FIXTURES / "flagger" / "real")


def canary(analysis: str) -> str:
    return f"apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {{name: a}}\nspec: {{analysis: {{{analysis}}}}}\n"


def test_steps_take_an_interval_each() -> None:
    found = project({"flagger.yaml": REAL["flagger.yaml"]}).rollout
    stage, full = found.stages
    assert [float(s.traffic) for s in stage.steps] == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert (float(stage.traffic), float(stage.duration), stage.pause) == (0.5, 1500, "manual")
    assert (full.kind, full.how) == ("full", "derived")
    assert stage.environment == "production"


def test_built_in_metrics_have_units_and_others_have_templates() -> None:
    rate, time, drift = project({"flagger.yaml": REAL["flagger.yaml"]}).rollout.stages[0].gates
    assert (rate.literal("min"), rate.unit, float(rate.min)) == ("99%", "percent", 0.99)
    assert (time.literal("max"), time.unit, float(time.max)) == ("500ms", "ms", 0.5)
    assert (drift.template, drift.literal("max"), drift.unit) == ("psi", "0.2", None)
    assert float(rate.failure_limit) == 3


def test_a_header_makes_an_a_b_test_whose_length_can_be_compared() -> None:
    found = project({"a.yaml": REAL["ab_test.yaml"]})
    stage, full = found.rollout.stages
    assert (full.kind, full.how) == ("full", "derived")
    assert (stage.kind, stage.experiment, stage.traffic) == ("ab_test", "churn", None)
    assert float(found.experiments[0].duration) == 600


def test_a_mirror_is_a_shadow() -> None:
    stage, _ = [f.value for f in facts({"m.yaml": REAL["mirror.yaml"]}, "flagger") if f.path == STAGES]
    assert stage == {"id": "churn-shadow", "kind": "shadow", "traffic": "0%", "mirror": "25%", "duration": "10m"}


def test_a_skipped_analysis_is_no_gate() -> None:
    found = trap(flagger, "skipped.yaml")
    assert [(s["kind"], "gates" in s) for s in said(found, STAGES)] == [("full", False)]
    assert said(found, "rollout.rollback.automatic") == [False]


@pytest.mark.parametrize(
    ("analysis", "kinds", "duration"),
    [
        ("interval: 1m, iterations: 5", ["blue_green"], "5m"),
        ("interval: 1m, iterations: 5, match: [{headers: {}}]", ["ab_test", "full"], "5m"),
        ("interval: 1m, stepWeight: 30, maxWeight: 50", ["canary", "full"], "2m"),
        ("interval: 90s, stepWeights: [5, 100]", ["canary"], "3m"),
        ("interval: 1m, stepWeight: 50, mirror: true", ["shadow", "canary"], "2m"),
    ],
)
def test_the_kind_follows_from_the_analysis(analysis: str, kinds: list[str], duration: str) -> None:
    stages = said(read(flagger, canary(analysis)), STAGES)
    assert [s["kind"] for s in stages] == kinds
    assert [s["duration"] for s in stages if "duration" in s] == [duration]


def test_a_weight_above_100_is_told_and_a_templated_one_is_unknown() -> None:
    assert [f.line for f in read(flagger, canary("stepWeights: [5, 500]")) if isinstance(f, Flaw)] == [4]
    found = read(flagger, canary('stepWeights: [5, "{{ x }}"]'))
    assert not [f for f in found if isinstance(f, Flaw)]
    assert "traffic" not in said(found, STAGES)[0]


def test_odd_values_never_crash() -> None:
    survives(flagger)
