"""Single faults planted in the clean example: each is caught by exactly the code that should catch it."""

from collections import Counter
from pathlib import Path

import pytest

from mlgov.mutations import MUTATIONS, Laboratory
from mlgov.mutations.mutation import Mutation
from mlgov.policy.settings import default_settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "churn"
TODAY = "2026-11-20"
FAMILIES = ("REQ", "FRM", "DAT", "MOD", "EVA", "EXP", "DEP", "MON", "ORG", "UXD", "CHG")


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    """The example under the settings of a repository that says nothing: profile standard."""
    files = {p.relative_to(EXAMPLE).as_posix(): p.read_bytes() for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}
    return Laboratory(files, default_settings(), TODAY)


def test_the_example_without_a_fault_has_no_finding(laboratory: Laboratory) -> None:
    assert laboratory.known == ()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_fault_is_caught_by_the_expected_code_alone(laboratory: Laboratory, mutation: Mutation) -> None:
    trial = laboratory.trial(mutation)
    assert trial.state == "caught", (trial.state, trial.caught_by, trial.reason)
    assert set(trial.caught_by) <= {mutation.code, *mutation.consequences}


def test_every_family_has_mutations_and_every_name_is_one() -> None:
    assert max(Counter(m.name for m in MUTATIONS).values()) == 1
    assert min(Counter(m.code[:3] for m in MUTATIONS)[family] for family in FAMILIES) >= 3


def test_a_policy_without_the_rule_does_not_count_as_blind(laboratory: Laboratory) -> None:
    settings = default_settings().with_options({"ignore": ["EVA"]})
    quiet = Laboratory(laboratory.files, settings, TODAY)
    states = {t.mutation.code[:3]: t.state for t in quiet.trials(MUTATIONS) if t.mutation.code[:3] in ("EVA", "EXP")}
    assert states == {"EVA": "off", "EXP": "caught"}


def test_a_project_that_says_little_has_little_to_change() -> None:
    manifest = (
        b"apiVersion: mlgov/v1\nproject: {id: churn, stage: ideation}\nproblem: {business_goal: keep customers}\n"
    )
    states = Counter(t.state for t in Laboratory({"mlgov.yaml": manifest}, default_settings(), TODAY).trials())
    assert states["unfit"] > 70
