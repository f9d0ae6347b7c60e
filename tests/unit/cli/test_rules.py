"""`mlgov rules` lists what is installed, as a table, as JSON and as Markdown."""

import json

from mlgov.catalogue import installed_rules
from mlgov.hygiene import HYGIENE

from .conftest import Run


def test_every_rule_has_its_line(run: Run) -> None:
    lines = run("rules").out.splitlines()
    assert len(lines) == len(installed_rules()) + len(HYGIENE) + 1
    (line,) = (line for line in lines if line.startswith("EVA203 "))
    assert line.split()[:4] == ["EVA203", "target-not-met", "W/E/E", "any"]
    assert "A model must reach the acceptable bound" in line
    assert lines[-1].startswith(f"{len(lines) - 1} rules")


def test_a_profile_shows_only_what_it_asks_for(run: Run) -> None:
    data = json.loads(run("rules", "--output", "json").out)
    asked = [r["code"] for r in data["rules"] if r["severity"]["prototype"] != "off"]
    shown = json.loads(run("rules", "--profile", "prototype", "-o", "json").out)
    assert [r["code"] for r in shown["rules"]] == asked
    assert "warning" in run("rules", "--profile", "prototype", "--select", "EVA203").out


def test_a_selection_is_listed(run: Run) -> None:
    lines = run("rules", "--select", "EVA203,INT001").out.splitlines()
    assert [line.split()[0] for line in lines] == ["EVA203", "INT001", "2"]


def test_markdown_has_a_table_per_family(run: Run) -> None:
    text = run("rules", "-o", "markdown").out
    assert "## evaluation\n\n| Code | Name |" in text
    assert all(row.count("|") == 6 for row in text.splitlines() if row.startswith("| EVA203"))


def test_unknown_words_are_usage_errors(run: Run) -> None:
    assert run("rules", "--select", "EVA9X9").code == 2
    answer = run("rules", "--profile", "hihg-risk")
    assert answer.code == 2
    assert "did you mean 'high-risk'?" in answer.err
