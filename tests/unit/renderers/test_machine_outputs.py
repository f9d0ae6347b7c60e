"""Outputs for machines keep their promises: JSON fits its schema and comes back, annotations are few and say so."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mlgov.finding import Severity
from mlgov.renderers import render
from mlgov.renderers.github import MOST
from mlgov.renderers.jsonl import KINDS
from mlgov.renderers.text import SECTIONS as SHOWN_SECTIONS
from mlgov.report import from_data
from mlgov.run import Request, check

from .reports import BOUND, CARD, CASES, DONE, finding, report, source

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SCHEMA = json.loads(files("mlgov.renderers").joinpath("report.schema.json").read_text(encoding="utf-8"))


def valid(text: str) -> Any:
    """The data of a JSON report that fits the schema, every key of it described there."""
    data = json.loads(text)
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(data)
    return data


def closed(schema: Any) -> Any:
    """The schema with unknown keys refused: users may meet new keys, this version writes none that it does not tell."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {"additionalProperties": False} if schema.get("type") == "object" else {}
    return {key: closed(part) for key, part in schema.items()} | shut


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("case", CASES)
def test_json_fits_its_schema_and_comes_back(case: str) -> None:
    assert from_data(valid(render("json", CASES[case], source))) == CASES[case]


@pytest.mark.parametrize("example", sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir()))
@pytest.mark.parametrize("output", ["json"])
def test_the_reports_of_all_examples_fit_the_schema(example: str, output: str) -> None:
    made, opened = check(Request(paths=(str(EXAMPLES / example),), today="2026-11-20", use_cache=False))
    data = valid(render(output, made, opened.snapshot.read))
    assert data["summary"]["exit_code"] == made.exit_code


@pytest.mark.parametrize("case", CASES)
def test_json_lines_are_the_json_report_in_pieces(case: str) -> None:
    lines = [json.loads(line) for line in render("jsonl", CASES[case], source).splitlines()]
    assert [line["kind"] == "run" for line in lines] == [False] * (len(lines) - 1) + [True]
    whole = {key: [_without(line, "kind") for line in lines if line["kind"] == kind] for key, kind in KINDS.items()}
    assert whole | _without(lines[-1], "kind") == json.loads(render("json", CASES[case], source))


def _without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in data.items() if k != key}


def test_json_says_what_a_person_needs() -> None:
    (found,) = valid(render("json", CASES["several-files"], source))["findings"]
    assert found["severity"] == "error"
    assert [place["file"] for place in found["places"]] == ["MODEL_CARD.md", "reports/metrics.json", "mlgov.yaml"]
    assert found["places"][0] == {
        "file": "MODEL_CARD.md",
        "line": 5,
        "column": 13,
        "end_line": 5,
        "end_column": 17,
        "role": "card",
    }


COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<text>.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What a runner reads from an output."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in match["properties"].split(","))
        found.append((match["level"], {k: decoded(v) for k, v in pairs}, decoded(match["text"])))
    return found


def decoded(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_an_annotation_carries_place_title_and_text() -> None:
    strange = finding(CARD._replace(file="a,b:c%.md"), BOUND, message="100 %, not: 90 %", remedy="repair it")
    ((level, properties, text),) = commands(render("github", report([strange]), source))
    assert level == "error"
    assert properties == {
        "file": "a,b:c%.md", "line": "5", "col": "13", "endLine": "5", "endColumn": "17",
        "title": "EVA204 claim-differs-from-result",
    }  # fmt: skip
    assert text == f"100 %, not: 90 %\nalso here: {BOUND}\nhelp: repair it"


def test_annotations_are_few_worst_first_and_the_cut_is_told() -> None:
    levels = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    every = [finding(BOUND, severity=s, message=f"{s.word} {n}") for n in range(29) for s in levels]
    told = commands(render("github", report(every), source))
    assert [level for level, *_ in told] == ["notice"] + ["error"] * MOST + ["warning"] * MOST + ["notice"] * (MOST - 1)
    assert told[1][2].startswith("error 0")
    assert told[0][2].startswith(f"showing {3 * MOST - 1} of 87 findings: 29 errors, 29 warnings and 29 info")


@pytest.mark.parametrize("many", [9, 10, 11, 40])
def test_a_runner_never_drops_an_annotation_in_silence(many: int) -> None:
    """What is said about the run counts as well: ten of each level are shown, whoever made them."""
    levels = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    every = [finding(BOUND, severity=s, message=f"{s.word} {n}") for n in range(many) for s in levels]
    known = {"waived": [finding(CARD)], "ratcheted": [finding(CARD)]}
    told = commands(render("github", report(every, done=DONE._replace(files_read=5), **known), source))
    assert all(sum(level == one for one, *_ in told) <= MOST for level in ("error", "warning", "notice"))
    own = [text for _, properties, text in told if "file" not in properties]
    assert any(text.startswith("incomplete: ") for text in own)
    assert any(text.startswith("showing ") for text in own) == (len(told) - len(own) < len(every))


def test_an_incomplete_run_is_an_error_annotation() -> None:
    assert ("error", {"title": "mlgov"}) in [c[:2] for c in commands(render("github", CASES["incomplete"], source))]


def test_the_text_knows_how_many_sections_there_are() -> None:
    from mlgov.lifecycle.manifest import SECTIONS

    assert len(SECTIONS) == SHOWN_SECTIONS


def test_rendering_imports_nothing_slow() -> None:
    import subprocess
    import sys

    program = (
        "import sys, mlgov.renderers as r, mlgov.report as p\n"
        "done = p.Completeness(1, 1, 1, 1, 1, 1)\n"
        "made = p.Report((), (), (), done, {'profile': 'standard', 'fail_on': 'warning', 'digest': ''})\n"
        "slow = {'pydantic', 'rich', 'jinja2', 'ruamel', 'git', 'mlgov.documents', 'mlgov.lifecycle', 'click'}\n"
        "for name in sorted(r.FORMATS, key='html'.__eq__):\n"
        "    r.render(name, made, lambda path: b'')\n"
        "    loaded = slow & set(sys.modules) - ({'jinja2'} if name == 'html' else set())\n"
        "    assert not loaded, (name, loaded)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
