"""flagd: fractional flags are experiments, and kill switches are known by their names."""

from mlgov.formats import flagd
from tests.unit.formats.deployment import said, survives, trap
from tests.unit.formats.reading import FIXTURES, folder, project, values


def test_a_fractional_flag_is_an_experiment() -> None:
    found = project(folder(FIXTURES / "flagd" / "real"))
    (plan,) = found.experiments
    assert (plan.id, plan.randomization_unit, plan.status) == ("churn-model", "account_id", "running")
    assert [(a.id, float(a.allocation), a.control, a.model_version) for a in plan.arms] == [
        ("control", 0.9, True, "1.3.0"),
        ("treatment", 0.1, None, "1.4.0"),
    ]
    assert found.rollout.kill_switch == "churn-kill-switch"


def test_a_split_within_conditions_with_weights_left_out() -> None:
    (plan,) = values(folder(FIXTURES / "flagd" / "minimal"), "flagd", "experiments[]")
    assert [a["allocation"] for a in plan["arms"]] == ["0.25", "0.25", "0.5"]
    assert plan["randomization_unit"] == "account_id"
    assert "status" not in plan


def test_weights_that_are_no_numbers_state_nothing() -> None:
    assert not said(trap(flagd, "split.json"), "experiments[]")


def test_odd_values_never_crash() -> None:
    survives(flagd)
