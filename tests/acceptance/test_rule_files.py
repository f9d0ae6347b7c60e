"""One rule, one file, no other edit: file, function and code agree, and nothing needs to be registered."""

import ast
import importlib
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import mlgov_rules
from mlgov.catalogue import rules_of as rules_of_pack

PLANTED = '''"""Every data set must state its licence.

## Fails
## Passes
## Remedy
State the licence.
"""
from mlgov.rulekit import Project, rule


@rule("DAT999", severity="IWE")
def license_unknown(project: Project):
    yield from ()
'''

PACK = Path(__file__).resolve().parents[2] / "rules" / "mlgov_rules"
FAMILIES = {
    "requirements": "REQ",
    "framing": "FRM",
    "data": "DAT",
    "development": "MOD",
    "evaluation": "EVA",
    "experiment": "EXP",
    "deployment": "DEP",
    "monitoring": "MON",
    "team": "ORG",
    "product": "UXD",
    "change": "CHG",
}
DECORATORS = {"rule", "presence"}


class Judged(NamedTuple):
    """One decorated function of a rule file."""

    function: str
    decorator: str
    code: str


def files() -> list[Path]:
    """Every rule file of the pack; a leading underscore marks words that a family shares."""
    return sorted(file for family in FAMILIES for file in (PACK / family).rglob("*.py") if file.name[0] != "_")


def rules_of(source: str) -> list[Judged]:
    """The rules that `source` declares, wherever in the file they stand."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in node.decorator_list:
                match call:
                    case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]):
                        if name in DECORATORS:
                            found.append(Judged(node.name, name, code))
                    case ast.Name(id=name) if name in DECORATORS:
                        found.append(Judged(node.name, name, ""))
    return found


def identity(file: Path) -> str:
    """The readable name of a test case."""
    return f"{file.parent.name}/{file.stem}"


def test_the_pack_holds_exactly_the_known_families() -> None:
    folders = {path.name for path in PACK.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_registers_nothing(family: str) -> None:
    module = ast.parse((PACK / family / "__init__.py").read_text(encoding="utf-8"))
    assert len(module.body) == 1
    assert ast.get_docstring(module)


@pytest.mark.parametrize("file", files(), ids=identity)
def test_a_rule_file_holds_one_rule_of_its_own_name(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    (judged,) = rules_of(source)
    assert judged.function == file.stem
    assert re.fullmatch(FAMILIES[file.parent.name] + r"\d{3}", judged.code), judged.code
    assert ast.get_docstring(ast.parse(source)), "the docstring is the rule's documentation and test"


@pytest.mark.parametrize("file", files(), ids=identity)
def test_a_rule_file_imports_the_door_and_nothing_else_of_mlgov(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in {"mlgov", "mlgov_rules"}:
                own_words = f"mlgov_rules.{file.parent.name}._"
                assert module == "mlgov.rulekit" or module.startswith(own_words), f"line {node.lineno}: {module}"
            case ast.Import(names=names):
                assert not [alias.name for alias in names if alias.name.partition(".")[0] in {"mlgov", "mlgov_rules"}]


def test_codes_and_names_are_unique() -> None:
    judged = [rule for file in files() for rule in rules_of(file.read_text(encoding="utf-8"))]
    for words in ([rule.code for rule in judged], [rule.function for rule in judged]):
        assert [word for word, count in Counter(words).items() if count > 1] == []


def test_the_catalogue_finds_every_file_of_the_pack() -> None:
    installed = {(rule.family, rule.check.__name__, rule.code) for rule in rules_of_pack(mlgov_rules)}
    written = {
        (file.parent.name, rule.function, rule.code)
        for file in files()
        for rule in rules_of(file.read_text(encoding="utf-8"))
    }
    assert installed == written


def test_a_new_file_is_a_new_rule_without_any_other_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    family = tmp_path / "planted_pack" / "data"
    family.mkdir(parents=True)
    for folder in (family, family.parent):
        (folder / "__init__.py").touch()
    (family / "license_unknown.py").write_text(PLANTED, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (rule,) = rules_of_pack(importlib.import_module("planted_pack"))
    assert (rule.code, rule.name, rule.family) == ("DAT999", "license-unknown", "data")


def test_two_rules_in_one_file_are_seen() -> None:
    one = '@rule("EVA301", severity="IWE")\ndef first(result: MetricResult): ...\n'
    two = '@presence("EVA001", "evaluation", severity="-WE", stage="any")\ndef second(project: Project): ...\n'
    assert [(rule.function, rule.code) for rule in rules_of(one + two)] == [("first", "EVA301"), ("second", "EVA001")]
