"""The programs that read our reports take them: validators and parsers of others, pinned, run on ordinary and hostile reports."""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from mlgov.finding import Place, Severity
from mlgov.renderers import View, render
from mlgov.report import Report
from mlgov.run import Request, check
from tests.node import installed

from .reports import CASES, DONE, FILES, finding, report
from .reports import source as files_of_cases

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "]]>&lt;</script><b>\n::error::x\x00\x1b[31m\u202e\ud800 | `a` [x](javascript:x) {0} %0A ##[error] @team #1 \U000e0041"
Read = Callable[[str], bytes]


def example(name: str) -> tuple[Report, Read]:
    """The report on an example, and the files that it speaks about."""
    made, opened = check(Request(paths=(str(ROOT / "examples" / name),), today="2026-11-20"))
    return made, opened.snapshot.read


def hostile() -> tuple[Report, Read]:
    """A report all of whose words come from somebody who means harm."""
    name = "a\n::error::b, 100%\x1b</script>]]>\udc80.md"
    places = (Place(name, 1, 1, 3, 2, HOSTILE), Place("b|`c`.md", 2, 500, 1, 1), Place("", 0), Place("d.md"))
    words = {"message": HOSTILE, "remedy": HOSTILE, "project": HOSTILE, "subject": HOSTILE}
    every = [finding(*places[n:], severity=s, **words) for n in range(4) for s in list(Severity)[1:]]
    gone = finding(Place("gone.md", 3, 1, 3, 4, "before"), **words)
    made = report([*every, gone], waived=every, ratcheted=every, done=DONE._replace(files_read=3, notes=(HOSTILE,)))
    return made, lambda path: HOSTILE.encode("utf-8", "replace")


def every_kind() -> dict[str, tuple[Report, Read]]:
    """Reports of every kind, with the files that they speak about."""
    made = {name: (case, files_of_cases) for name, case in CASES.items()}
    return made | {
        "broken": example("churn-broken"),
        "clean": example("churn"),
        "hostile": hostile(),
    }


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[Report, Read]]:
    return every_kind()


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The node programs, as they are pinned."""
    return installed(tmp_path_factory.mktemp("consumers"))


class Multitool:
    """Microsoft's validator of SARIF."""

    def __init__(self, modules: Path) -> None:
        names = ("Sarif.Multitool", "Sarif.Multitool.exe")
        (self.program,) = (file for file in modules.glob("@microsoft/sarif-multitool-*/*") if file.name in names)
        self.program.chmod(0o755)
        self.schema = json.loads((self.program.parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))

    def run(self, *arguments: str | Path) -> None:
        environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        run = subprocess.run([self.program, *arguments], env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr

    def complaints(self, folder: Path) -> list[tuple[str, str, Any]]:
        """Errors and warnings about the reports in a folder, by the rules of SARIF and those of GitHub."""
        verdict = folder.parent / "verdict.sarif"
        kinds = ("--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite", "--level", "Error;Warning")
        self.run("validate", folder / "*.sarif", *kinds, "--output", verdict)
        (run,) = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"]
        broken = [str(n) for i in run["invocations"] for n in i.get("toolConfigurationNotifications", ())]
        assert not broken
        return [
            (r["ruleId"], r["locations"][0]["physicalLocation"]["artifactLocation"].get("uri", ""), r["message"])
            for r in run.get("results", ())
        ]


@pytest.fixture(scope="module")
def multitool(modules: Path) -> Multitool:
    return Multitool(modules)


@pytest.mark.needs("npm")
def test_github_takes_our_sarif(multitool: Multitool, reports: dict[str, tuple[Report, Read]], tmp_path: Path) -> None:
    folder = tmp_path / "written"
    folder.mkdir()
    for name, (made, read) in reports.items():
        for view in (View(), View(suppressed=True, category="models")):
            text = render("sarif", made, read, view)
            data = json.loads(text)
            jsonschema.Draft7Validator(multitool.schema).validate(data)
            Sarif.model_validate(data)
            (folder / f"{name}{view.suppressed}.sarif").write_text(text, encoding="utf-8")
    assert multitool.complaints(folder) == []
    log = json.loads(render("sarif", CASES["several-files"], files_of_cases))
    del log["runs"][0]["results"][0]["locations"]
    (folder / "without-place.sarif").write_text(json.dumps(log), encoding="utf-8")
    assert multitool.complaints(folder), "a result without a place must be refused, else this test proves nothing"


def test_accepted_findings_are_left_out_of_sarif_unless_asked_for() -> None:
    made = report([finding(Place("a"))], waived=[finding(Place("b"))], ratcheted=[finding(Place("c"))])
    read = files_of_cases
    (open_,) = json.loads(render("sarif", made, read))["runs"][0]["results"]
    assert "suppressions" not in open_
    every = json.loads(render("sarif", made, read, View(suppressed=True)))["runs"][0]["results"]
    assert [r.get("suppressions", [{}])[0].get("status") for r in every] == [None, "accepted", "accepted"]


TEXTS = {
    "plain.md": "a: 1\n  b: 2\n\n\nc: 3\nc: 3\nc: 3\n",
    "long.md": "x" * 500 + "\n" + "y" * 20,
    "windows.md": "a\r\nb\r\n\tc\r\n",
    "korean.md": "정확도 0.93\né x\n\n👍👍 ok\nend\nend 👍\n",
    "one.md": "one",
    "empty-lines.md": "\n\n\n",
    "blanks.md": "a b\t\n0 1: .\n" * 60,
}


@pytest.mark.needs("npm")
def test_the_line_hash_is_the_one_that_github_computes(multitool: Multitool, tmp_path: Path) -> None:
    """The Multitool computes the hash of every line that has none; ours must be the same."""
    lines = [(name, n) for name, text in TEXTS.items() for n in range(1, len(text.splitlines()) + 1)]
    made = report([finding(Place(name, n, 1, n, 2)) for name, n in lines])
    ours = json.loads(render("sarif", made, lambda name: TEXTS[name].encode()))
    theirs = json.loads(json.dumps(ours))
    for result in theirs["runs"][0]["results"]:
        del result["partialFingerprints"]
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        where["uri"] = (tmp_path / where["uri"]).as_uri()
        del where["uriBaseId"]
    for name, text in TEXTS.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "without.sarif").write_text(json.dumps(theirs), encoding="utf-8")
    insert = ("--insert", "RollingHashPartialFingerprints", "--output", tmp_path / "with.sarif")
    multitool.run("rewrite", tmp_path / "without.sarif", *insert)
    hashed = json.loads((tmp_path / "with.sarif").read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    key = "primaryLocationLineHash"
    assert [r["partialFingerprints"][key] for r in ours["runs"][0]["results"]] == [
        r["partialFingerprints"][key] for r in hashed
    ]
    assert len(hashed) > 100


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: 1\n", b"a: \xff\n", b"a\rb\n", b"x" * 1_000_001])
def test_a_file_that_others_may_read_otherwise_has_no_line_hash(raw: bytes) -> None:
    (result,) = json.loads(render("sarif", report([finding(Place("f", 1, 1, 1, 2))]), lambda _: raw))["runs"][0][
        "results"
    ]
    assert set(result["partialFingerprints"]) == {"mlgov/v1"}


def test_a_report_too_large_for_github_keeps_the_worst_and_says_so() -> None:
    levels = [Severity.INFO, Severity.ERROR]
    made = report(
        finding(Place("mlgov.yaml", 1 + n % 9), severity=levels[n % 2], message=f"{n}") for n in range(26_000)
    )
    run = json.loads(render("sarif", made, files_of_cases))["runs"][0]
    assert len(run["results"]) == 25_000
    assert sum(result["level"] == "error" for result in run["results"]) == 13_000
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("1000 findings left out")


def test_a_report_that_does_not_compress_stays_below_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, noise = 100_000, random.Random(1)
    texts = ["".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(900)) for _ in range(200)]
    made = report(finding(Place("mlgov.yaml", 1), message=text, remedy=text) for text in texts)
    monkeypatch.setattr("mlgov.renderers.sarif.BYTES", limit)
    text = render("sarif", made, files_of_cases)
    assert limit / 2 < len(gzip.compress(text.encode())) <= limit
    run = json.loads(text)["runs"][0]
    assert 0 < len(run["results"]) < len(texts)
    assert run["invocations"][0]["toolExecutionNotifications"]


@pytest.mark.needs("npm")
def test_reviewdog_takes_our_diagnostics(
    modules: Path, reports: dict[str, tuple[Report, Read]], tmp_path: Path
) -> None:
    paths = []
    for name, (made, read) in reports.items():
        text = render("rdjson", made, read)
        jsonschema.validate(json.loads(text), schema("rdjson"))
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(text, encoding="utf-8")
    validator = modules / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js"
    run = subprocess.run(["node", validator, "--strict", *paths], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Valid files: {len(paths)}" in run.stdout


def schema(name: str) -> Any:
    """A JSON Schema of a format, written from its description, in which every field that it does not name is refused."""
    return json.loads((Path(__file__).parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_columns_of_reviewdog_count_bytes() -> None:
    (found,) = json.loads(render("rdjson", CASES["wide-characters"], files_of_cases))["diagnostics"]
    where = found["location"]["range"]
    line = FILES["카드.md"].encode().split(b"\n")[where["start"]["line"] - 1]
    assert line[where["start"]["column"] - 1 : where["end"]["column"] - 1] == b"0.93"


def test_a_suggestion_to_reviewdog_replaces_what_stands_there() -> None:
    (found,) = json.loads(render("rdjson", CASES["fixable"], files_of_cases))["diagnostics"]
    (suggestion,) = found["suggestions"]
    start, end = (suggestion["range"][key] for key in ("start", "end"))
    line = FILES["카드.md"].encode().split(b"\n")[start["line"] - 1]
    mended = line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]
    assert mended.decode() == FILES["카드.md"].split("\n")[end["line"] - 1].replace("0.93", "0.87")


def test_half_a_fix_is_not_suggested() -> None:
    (one,) = CASES["fixable"].findings
    assert one.fix
    for edits in ((*one.fix.edits, one.fix.edits[0]._replace(line=1)), (one.fix.edits[0]._replace(file="b.md"),)):
        made = report([one._replace(fix=one.fix._replace(edits=edits))])
        (found,) = json.loads(render("rdjson", made, files_of_cases))["diagnostics"]
        assert "suggestions" not in found


def test_gitlab_takes_our_report(reports: dict[str, tuple[Report, Read]]) -> None:
    for made, read in reports.values():
        issues = json.loads(render("gitlab", made, read))
        jsonschema.validate(issues, schema("gitlab"))
        assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(made.findings)


def test_the_schema_of_gitlab_takes_what_ruff_writes() -> None:
    """The schema is ours, so it is held to a report that GitLab is known to take."""
    command = [
        Path(sys.executable).with_name("ruff"),
        "check",
        "--isolated",
        "--select",
        "D",
        "--output-format",
        "gitlab",
        "--exit-zero",
        "conftest.py",
    ]
    run = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True, check=True)
    issues = json.loads(run.stdout)
    assert issues
    jsonschema.validate(issues, schema("gitlab"))


def test_a_parser_of_junit_counts_what_we_count(reports: dict[str, tuple[Report, Read]], tmp_path: Path) -> None:
    for made, read in reports.values():
        path = tmp_path / "junit.xml"
        path.write_text(render("junit", made, read), encoding="utf-8")
        (suite,) = JUnitXml.fromfile(str(path))
        told = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert suite.failures + suite.errors == len(made.findings) + (not made.completeness.completed)
        assert suite.skipped >= len(made.waived) + len(made.ratcheted)
        names = [(case.classname, case.name) for case in suite]
        assert len(set(names)) == len(names)


def test_a_clean_example_is_a_row_of_tests_that_passed(reports: dict[str, tuple[Report, Read]]) -> None:
    made, read = reports["clean"]
    suite = next(iter(JUnitXml.fromstring(render("junit", made, read).encode())))
    assert suite.failures == suite.errors == 0
    assert suite.tests == made.completeness.rules_run
    assert 0 < suite.skipped < suite.tests
