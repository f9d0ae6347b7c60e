"""Routes of the Gateway API: relative weights and mirrored fractions."""

from mlgov.formats import gateway_api
from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, folder, project


def test_weights_and_fractions_become_shares() -> None:
    shadow, split = project(folder(FIXTURES / "gateway_api" / "minimal")).rollout.stages
    assert (float(shadow.mirror), float(split.traffic)) == (0.25, 0.25)


def test_rules_are_stages() -> None:
    split, shadow = project(folder(FIXTURES / "gateway_api" / "real")).rollout.stages
    assert (float(split.traffic), float(shadow.mirror), split.environment) == (0.1, 0.05, "staging")


def test_odd_values_never_crash() -> None:
    survives(gateway_api)
