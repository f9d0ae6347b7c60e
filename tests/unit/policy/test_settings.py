"""Settings: where they come from, and what is refused."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.errors import MlgovError, SettingsError
from mlgov.finding import Severity
from mlgov.policy.selection import plan
from mlgov.policy.settings import Settings, default_settings, settings_from


def own(text: str, name: str = ".mlgov.toml") -> Settings:
    return settings_from([(name, text.encode())])


def test_every_value_knows_its_origin() -> None:
    settings = own('profile = "prototype"\n').with_options({"fail_on": "error"})
    assert (settings["profile"], settings.origins["profile"]) == ("prototype", ".mlgov.toml:1:1")
    assert (settings["fail_on"], settings.origins["fail_on"]) == ("error", "--fail-on")
    assert settings.origins["select"] == "default"


def test_a_table_in_pyproject_is_the_same() -> None:
    settings = own('[project]\nname = "x"\n\n[tool.mlgov]\nprofile = "high-risk"\n', "pyproject.toml")
    assert (settings["profile"], settings.origins["profile"]) == ("high-risk", "pyproject.toml:5:1")


def test_a_pyproject_without_our_table_says_nothing() -> None:
    assert own('[project]\nname = "x"\n', "pyproject.toml") == default_settings()
    assert own("broken [[[", "pyproject.toml") == default_settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('profle = "standard"\n', ".mlgov.toml:1:1: unknown setting 'profle'; did you mean 'profile'?"),
        ("profile = 3\n", ".mlgov.toml:1:1: profile must be a text"),
        (
            '\nprofile = "strict"\n',
            ".mlgov.toml:2:1: profile is 'strict', expected one of prototype, standard, high-risk",
        ),
        ('fail_on = "eror"\n', "did you mean 'error'?"),
        ('select = "EVA"\n', "select must be a list of texts"),
        ("a = [\n", ".mlgov.toml:"),
        ('[severity]\nEVA203 = "fatal"\n', "severity.EVA203 is 'fatal'"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        own(text)
    assert words in str(caught.value)


def test_two_files_with_settings_are_an_error_that_names_both() -> None:
    with pytest.raises(SettingsError, match=r"both \.mlgov\.toml and pyproject\.toml"):
        settings_from([(".mlgov.toml", b'profile = "standard"'), ("pyproject.toml", b"[tool.mlgov]\n")])


def codes(text: str) -> set[str]:
    return {rule.code for rule in plan(own(text), installed_rules()).rules}


def test_rules_are_selected_by_code_prefix_name_and_family() -> None:
    assert codes('select = ["EVA203"]') == {"EVA203"}
    assert codes('select = ["target-not-met"]') == {"EVA203"}
    assert codes('select = ["evaluation"]') == codes('select = ["EVA"]')
    assert "EVA203" not in codes('ignore = ["EVA2"]')
    assert codes('select = ["EVA203"]\nextend_select = ["FRM003"]') == {"EVA203", "FRM003"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('select = ["target-not-mett"]', "no rule is called 'target-not-mett'; did you mean 'target-not-met'?"),
        ('[severity]\n"target-not-mett" = "info"', "did you mean 'target-not-met'?"),
        ("[rules.EVA203]\nmost = 1", "rule EVA203 has no option 'most'"),
        ("[rules.XYZ001]\nmost = 1", "no rule is called 'XYZ001'"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused(text: str, words: str) -> None:
    with pytest.raises(MlgovError) as caught:
        plan(own(text), installed_rules())
    assert words in str(caught.value)


def test_the_longer_selector_decides_the_severity() -> None:
    found = plan(own('[severity]\nEVA203 = "info"\nFRM = "error"\nALL = "off"\n'), installed_rules())
    assert found.severity("EVA203", Severity.ERROR) is Severity.INFO
    assert found.severity("FRM003", Severity.WARNING) is Severity.ERROR
    assert found.severity("INT007", Severity.WARNING) is Severity.OFF
