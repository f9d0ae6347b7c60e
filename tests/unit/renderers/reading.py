"""Reads every output back, as its consumers would: which findings it carries, in which order."""

import csv
import html
import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from mlgov.finding import Severity
from mlgov.renderers.anchor import anchor
from mlgov.renderers.lines import Lines
from mlgov.report import Report

from .reports import source


class Told(NamedTuple):
    """What every output says about a finding."""

    code: str
    severity: str
    file: str


def meant(report: Report) -> list[Told]:
    """The findings of a report."""
    lines = Lines(source)
    return [Told(f.code, f.severity.word, anchor(f, lines).file) for f in report.findings]


def worst_first(found: list[Told]) -> list[Told]:
    """As outputs for people in a hurry order them."""
    return sorted(found, key=lambda told: -Severity.of(told.severity))


def _text(shown: str) -> Iterator[Told]:
    for block in re.split(r"\n\n(?=\w+\[)", "\n\n" + shown)[1:]:
        header = re.match(r"(error|warning|info)\[(\w+) ", block)
        arrow = re.search(r"--> (.*?)(?::\d+:\d+)?( \(before the change\))?$", block, re.MULTILINE)
        assert header
        assert arrow
        yield Told(header[2], header[1], arrow[1])


def _concise(shown: str) -> Iterator[Told]:
    for line in shown.splitlines():
        if found := re.match(r"(.*?)(?::\d+:\d+)?: (error|warning|info)\[(\w+) ", line):
            yield Told(found[3], found[2], found[1])


def _json(shown: str) -> Iterator[Told]:
    for found in json.loads(shown)["findings"]:
        yield Told(found["code"], found["severity"], found["places"][0]["file"])


def _jsonl(shown: str) -> Iterator[Told]:
    for found in map(json.loads, shown.splitlines()):
        if found["kind"] == "finding":
            yield Told(found["code"], found["severity"], found["places"][0]["file"])


def _sarif(shown: str) -> Iterator[Told]:
    words = {"error": "error", "warning": "warning", "note": "info"}
    for result in json.loads(shown)["runs"][0]["results"]:
        (location,) = result["locations"]
        uri = unquote(location["physicalLocation"]["artifactLocation"]["uri"])
        yield Told(result["ruleId"], words[result["level"]], uri)


def _github(shown: str) -> Iterator[Told]:
    words = {"error": "error", "warning": "warning", "notice": "info"}
    for level, file, code in re.findall(r"^::(\w+) file=([^,]*),.*?title=(\w+) ", shown, re.MULTILINE):
        yield Told(code, words[level], file.replace("%2C", ",").replace("%3A", ":").replace("%25", "%"))


def _gitlab(shown: str) -> Iterator[Told]:
    words = {"critical": "error", "major": "warning", "info": "info"}
    for issue in json.loads(shown):
        yield Told(issue["check_name"].split()[0], words[issue["severity"]], issue["location"]["path"])


def _junit(shown: str) -> Iterator[Told]:
    for case in ElementTree.fromstring(shown).iter("testcase"):
        for outcome in (*case.findall("failure"), *case.findall("error")):
            if "type" in outcome.attrib:
                code = case.attrib["classname"].removeprefix("mlgov.").split()[0]
                yield Told(code, outcome.attrib["type"], case.attrib["file"])


def _rdjson(shown: str) -> Iterator[Told]:
    for found in json.loads(shown)["diagnostics"]:
        yield Told(found["code"]["value"].split()[0], found["severity"].lower(), found["location"]["path"])


def _markdown(shown: str) -> Iterator[Told]:
    for row in csv.reader(shown.splitlines(), delimiter="|", quoting=csv.QUOTE_NONE):
        if len(row) == 6 and row[1].strip() in ("error", "warning", "info"):
            code = re.sub(r"^\[", "", row[2].strip()).split()[0]
            where = html.unescape(row[3].partition("<br>")[0].strip())
            yield Told(code, row[1].strip(), re.sub(r"(:\d+:\d+| \(before the change\))$", "", where))


READERS: dict[str, Callable[[str], Iterator[Told]]] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": _rdjson,
    "markdown": _markdown,
}
# these show the worst first; all others keep the order of the report
RANKED = ("github", "markdown")
