"""GrowthBook: plans of experiments from their export."""

from mlgov.formats import growthbook
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values


def test_a_plan_with_arms_metrics_and_phases() -> None:
    (plan,) = project(folder(FIXTURES / "growthbook" / "real")).experiments
    assert (plan.id, plan.status, plan.randomization_unit) == ("churn-calls-by-score", "running", "account_id")
    assert (plan.start, plan.end, float(plan.exposure)) == ("2026-08-31", None, 0.8)
    assert [(a.id, float(a.allocation), a.control) for a in plan.arms] == [
        ("control", 0.4, True),
        ("treatment", 0.6, None),
    ]
    assert (plan.primary_metrics, [g.metric for g in plan.guardrails]) == (["retention_30d"], ["complaint_rate"])
    assert (float(plan.mde.value), plan.mde.type) == (0.05, "relative")
    assert (plan.sequential.method, plan.variance_reduction.method) == ("always_valid", "none")


def test_a_bayesian_experiment_that_ended() -> None:
    (plan,) = values(folder(FIXTURES / "growthbook" / "minimal"), "growthbook", "experiments[]")
    assert (plan["status"], plan["results"], plan["bayesian"]) == (
        "stopped",
        {"decision": "won: ship it"},
        {"prior": "kept in GrowthBook"},
    )


def test_shares_above_one_are_none() -> None:
    (plan,) = said(trap(growthbook, "shares.json"), "experiments[]")
    assert plan["arms"] == [{"id": "arm-0", "control": True}]
    assert not plan.keys() & {"exposure", "start", "end"}


def test_odd_values_never_crash() -> None:
    survives(growthbook)
