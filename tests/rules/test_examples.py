"""Every example in every rule's docstring is run."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.rule import Rule
from mlgov.testkit import problems


@pytest.mark.parametrize("rule", installed_rules(), ids=lambda rule: f"{rule.code}-{rule.name}")
def test_examples_behave_as_their_sections_say(rule: Rule) -> None:
    assert problems(rule) == []
