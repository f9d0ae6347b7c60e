"""Every code of the catalogue is a rule as planned, and every requirement that can be checked has a rule."""

import csv
import re
from pathlib import Path

import pytest

from mlgov.catalogue import installed_rules
from mlgov.cli.laws import every_law
from mlgov.crosswalk import framework

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LETTERS = {"off": "-", "info": "I", "warning": "W", "error": "E"}
LAWS = {law["code"]: law for law in every_law()}
REQUIREMENT = re.compile(r"S[0-4]-\d\d")


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATALOGUE, REQUIREMENTS = rows("catalogue.csv"), rows("requirements.csv")


def deviations() -> dict[tuple[str, str], tuple[str, str]]:
    """(code, what) -> (planned, real) of the table in the decisions."""
    (note,) = (ROOT / "docs" / "decisions").glob("*-deviations-from-the-catalogue.md")
    cells = [[c.strip() for c in line.strip("| ").split("|")] for line in note.read_text("utf-8").splitlines()]
    return {(c[0], c[1]): (c[2], c[3]) for c in cells if len(c) == 5 and c[0] in LAWS and c[4]}


def test_the_catalogue_is_complete() -> None:
    codes = [row["code"] for row in CATALOGUE]
    assert len(codes) == len(set(codes)) >= 223  # what was planned, and what real repositories taught
    assert {row["status"] for row in CATALOGUE} == {"built"}


@pytest.mark.parametrize("row", [r for r in CATALOGUE if r["status"] == "built"], ids=lambda row: row["code"])
def test_a_code_of_the_catalogue_is_a_rule_as_planned(row: dict[str, str]) -> None:
    law = LAWS[row["code"]]
    severities = "/".join(LETTERS[word] for word in law["severity"].values())
    real = {"name": law["name"], "severities": severities, "stage": law["stage"]}
    different = {(row["code"], what): (row[what], said) for what, said in real.items() if row[what] != said}
    assert different == {key: value for key, value in deviations().items() if key[0] == row["code"]}


def test_every_rule_is_in_the_catalogue_and_none_is_built_under_the_mark_later() -> None:
    assert set(LAWS) == {row["code"] for row in CATALOGUE if row["status"] == "built"}


@pytest.mark.parametrize("row", [r for r in REQUIREMENTS if r["checkable"] == "yes"], ids=lambda row: row["id"])
def test_a_requirement_that_can_be_checked_has_a_rule(row: dict[str, str]) -> None:
    planned = set(row["rules"].split())
    assert planned <= {r["code"] for r in CATALOGUE}
    assert planned & set(LAWS)


def test_the_crosswalk_knows_the_same_requirements() -> None:
    own = framework("requirements").requirements
    told = [(r.id, "no" if r.not_checkable else "yes", " ".join(r.rules)) for r in own]
    assert told == [(row["id"], row["checkable"], row["rules"]) for row in REQUIREMENTS]
    assert len(own) == 250
    assert sum(bool(r.not_checkable) for r in own) == 14


def test_a_rule_cites_a_requirement_that_exists_or_names_its_source() -> None:
    known = {row["id"] for row in REQUIREMENTS if row["checkable"] == "yes"}
    for rule in installed_rules():
        assert {s for s in rule.sources if REQUIREMENT.fullmatch(s)} <= known, rule.code
        assert rule.sources, f"{rule.code} names no source"


def test_the_readme_of_the_rules_is_the_output_of_the_command() -> None:
    """Rewrite it with `mlgov rules --output markdown > rules/README.md`."""
    from click.testing import CliRunner

    from mlgov.cli.rules import command

    written = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert CliRunner().invoke(command, ["--output", "markdown"]).output == written
