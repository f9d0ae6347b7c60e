"""Argo Rollouts: steps become stages, conditions become bounds, and what is templated or only tried is told apart."""

import time
from typing import Any

import pytest

from mlgov.documents import Flaw
from mlgov.formats import argo
from mlgov.formats._condition import bounds
from mlgov.formats._query import query_of
from tests.unit.formats.deployment import read, said, survives, trap
from tests.unit.formats.reading import FIXTURES, facts, folder, place, project

STAGES = "rollout.stages[]"
REAL = folder(FIXTURES / "argo" / "real")


def rollout(steps: str, canary: str = "") -> str:
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\n"
        f"spec: {{strategy: {{canary: {{{canary}steps: {steps}}}}}}}\n"
    )


def template(metric: str, more: str = "") -> list[Any]:
    text = (
        "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: t}\n"
        f"spec:\n  {more or 'x: 1'}\n  metrics:\n  - {metric}\n"
    )
    return list(said(read(argo, text), "rollout.templates[]")[0]["gates"])


def test_a_mirror_a_canary_and_full_traffic_are_three_stages() -> None:
    found = [f.value for f in facts({"argo.yaml": REAL["argo.yaml"]}, "argo-rollouts") if f.path == STAGES]
    shadow, canary, full, other = found
    assert shadow == {"id": "churn-shadow", "kind": "shadow", "traffic": "0%", "mirror": "100%", "duration": "24h", "pause": "timed"}  # fmt: skip
    assert canary["steps"] == [{"traffic": "5%", "duration": "600s"}, {"traffic": "50%", "duration": "1h"}]
    assert (canary["traffic"], canary["duration"], canary["pause"]) == ("50%", "70m", "manual")
    assert canary["gates"] == [{"template": "churn-quality"}]
    assert full == {"id": "churn-full", "kind": "full", "traffic": "100%"}
    assert other["experiment"] == "churn-two-models"


def test_values_become_records_with_their_places() -> None:
    stages = project({"argo.yaml": REAL["argo.yaml"]}).rollout.stages
    canary = stages[1]
    assert float(canary.traffic) == 0.5
    assert float(canary.duration) == 4200
    assert canary.environment == "production"
    text = {"argo.yaml": REAL["argo.yaml"].decode()}
    assert place(canary.at("traffic"), text) == "argo.yaml:34:20"
    assert place(canary.steps[0].at("traffic"), text) == "argo.yaml:29:20"
    assert place(canary.gates[0].at("template"), text) == "argo.yaml:32:38"


def test_every_fact_fits_the_model() -> None:
    found = project({"argo.yaml": REAL["argo.yaml"]})
    names = [t.name for t in found.rollout.templates]
    assert names == ["churn-quality", "availability"]
    assert [t.scope for t in found.rollout.templates] == ["namespace", "cluster"]
    latency, errors, score, smoke = found.rollout.templates[0].gates
    assert (latency.literal("max"), float(latency.count), float(latency.failure_limit)) == ("0.250", 12, 2)
    assert (errors.literal("max"), errors.min) == ("0.02", None)
    assert (float(score.min), float(score.max), score.dry_run) == (0.1, 0.4, True)
    assert (smoke.condition, smoke.min, smoke.max) == ("result.status == 'ok'", None, None)
    assert found.experiments[0].id == "churn-two-models"
    assert found.rollout.rollback.automatic is True


def test_blue_and_green_need_a_person() -> None:
    stage, *_ = [f.value for f in facts({"b.yaml": REAL["blue_green.yaml"]}, "argo-rollouts") if f.path == STAGES]
    assert (stage["kind"], stage["pause"], stage["gates"]) == ("blue_green", "manual", [{"template": "smoke"}])


def test_a_gate_that_is_only_tried_is_marked_and_takes_nothing_back() -> None:
    found = trap(argo, "dry_run.yaml")
    canary = said(found, STAGES)[0]
    assert canary["gates"] == [{"template": "error-rate", "dry_run": True}]
    assert canary["traffic"] == "0.05"  # 50 of 1000
    assert not said(found, "rollout.rollback.automatic")


def test_a_metric_without_a_condition_has_none() -> None:
    (gate,) = said(trap(argo, "dry_run.yaml"), "rollout.templates[]")[0]["gates"]
    assert gate == {"metric": "error-rate", "interval": "1m", "failure_limit": "1"}


def test_what_is_templated_is_unknown() -> None:
    found = trap(argo, "templated.yaml")
    assert not [f for f in found if isinstance(f, Flaw)]
    assert said(found, STAGES) == [{"id": "churn-canary", "kind": "canary"}]
    assert not said(found, "serving.image")
    assert not said(found, "serving.replicas")


def test_full_traffic_is_implied_once() -> None:
    assert [s["kind"] for s in said(read(argo, rollout("[{setWeight: 20}]")), STAGES)] == ["canary", "full"]
    assert [s["kind"] for s in said(read(argo, rollout("[{setWeight: 100}]")), STAGES)] == ["canary"]
    assert [s["kind"] for s in said(read(argo, rollout("[]")), STAGES)] == ["full"]


def test_a_mirror_during_a_canary_is_part_of_it() -> None:
    found = said(read(argo, rollout("[{setWeight: 5}, {setMirrorRoute: {name: a, percentage: 30}}]")), STAGES)
    assert found[0]["mirror"] == "30%"
    assert [s["kind"] for s in found] == ["canary", "full"]


def test_an_experiment_step_gates_the_stage() -> None:
    step = "[{setWeight: 5}, {experiment: {duration: 1h, analyses: [{name: a, templateName: q}]}}]"
    canary = said(read(argo, rollout(step)), STAGES)[0]
    assert (canary["gates"], canary["duration"]) == ([{"template": "q"}], "1h")


@pytest.mark.parametrize(
    ("condition", "fails", "expected"),
    [
        ("result[0] < 0.25", False, {"max": "0.25"}),
        ("result <= 1e-3", False, {"max": "1e-3"}),
        ("0.95 <= result[0]", False, {"min": "0.95"}),
        ("(result >= 0.1) && (result[0] <= .4)", False, {"min": "0.1", "max": ".4"}),
        ("asFloat(result) > 5", False, {"min": "5"}),
        ("default(result[0], 0) < 0.05", False, {"max": "0.05"}),
        ("result == 1", False, {"min": "1", "max": "1"}),
        ("result[0] >= 0.05", True, {"max": "0.05"}),
        ("result[0] < 0.1 || result[0] > 0.5", True, {"min": "0.1", "max": "0.5"}),
        ("result == 1", True, {}),
        ("result[0] < 0.1 || result[0] > 0.5", False, {}),
        ("result < 1 && result < 2", False, {}),
        ("isNaN(result) || result < 1", False, {}),
        ("len(result) == 0", False, {}),
        ("result.rate < 1", False, {}),
        ("result[1] < 1", False, {}),
        ("result < {{args.x}}", False, {}),
        ("result < result[0]", False, {}),
        ("all(result, # < 1)", False, {}),
        (None, False, {}),
        (0.5, False, {}),
    ],
)
def test_a_condition_is_read_as_a_bound_or_not_at_all(condition: Any, fails: bool, expected: dict[str, str]) -> None:
    assert bounds(condition, fails=fails) == expected


def test_a_failure_condition_adds_the_side_that_success_leaves_open() -> None:
    (gate,) = template("{name: a, successCondition: result >= 0.1, failureCondition: result > 0.5}")
    assert (gate["min"], gate["max"]) == ("0.1", "0.5")
    (gate,) = template("{name: a, successCondition: result < 0.1, failureCondition: result > 0.5}")
    assert gate["max"] == "0.1"


def test_a_condition_that_nobody_can_read_is_quoted() -> None:
    (gate,) = template('{name: a, successCondition: "result < {{args.limit}}"}')
    assert gate == {"metric": "a", "condition": "result < {{args.limit}}"}


def test_arguments_with_a_value_are_filled_in() -> None:
    (gate,) = template('{name: a, successCondition: "result < {{ args.limit }}"}', "args: [{name: limit, value: 0.3}]")
    assert gate["max"] == "0.3"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sum(x)", True),
        ('sum(x{a="{{args.a}}"})', True),
        ("sum(rate(x[{{ interval }}]))", True),
        ("{{args.query}} > 0.02", False),
        ("sum(${SERIES})", False),
        ("", False),
        (7, False),
    ],
)
def test_a_query_is_kept_where_its_series_are_known(query: Any, kept: bool) -> None:
    assert (query_of(query) is not None) is kept


def test_hostile_text_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        start = time.perf_counter()
        bounds("(" * size + "result < 1")
        bounds("result < " + "1" * size)
        query_of('"' * size + "\\" * size + "{{" * size)
        return time.perf_counter() - start

    assert seconds(9_000) < 0.5


def test_odd_values_never_crash() -> None:
    survives(argo)
