"""JUnit XML, which every CI shows as tests: each finding is a failed test, each rule without one a test that passed.

What was accepted and what could not be decided is skipped; a rule that crashed or a file that cannot be read is an error.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from mlgov.finding import Finding
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others
from mlgov.renderers.escaping import capped, file_name, shown, terminal
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import allowed, ends, gaps, many
from mlgov.report import Report

UNDECIDED = ("INT001", "INT002")  # a rule that crashed, a file that cannot be read
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Case(NamedTuple):
    """One test. outcome: `passed`, `failure`, `error` or `skipped`; word: the severity of what failed."""

    rule: str
    name: str
    outcome: str = "passed"
    message: str = ""
    body: str = ""
    word: str = ""
    file: str = ""
    line: int = 0


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """One suite, the failures in the order of the report."""
    cases = list(_numbered(_cases(report, Lines(source))))
    outcomes = Counter(case.outcome for case in cases)
    counts = f'tests="{len(cases)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'
    suite = f'<testsuite name="mlgov" {counts} skipped="{outcomes["skipped"]}">'
    rows = "\n".join(map(_xml, cases))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mlgov" {counts}>\n{suite}\n{rows}\n</testsuite>\n'
    )
    return text.replace("##[", "##&#91;") + "</testsuites>\n"


def _cases(report: Report, lines: Lines) -> Iterator[Case]:
    for finding in report.findings:
        yield _failed(finding, lines)
    if missing := gaps(report.completeness):
        yield Case("mlgov", "completeness", "error", f"incomplete: {missing}; this run decides nothing")
    for w in report.waived:
        yield _accepted(w.finding, f"waived {allowed(w.waiver)}", lines)
    for finding in report.ratcheted:
        yield _accepted(finding, "known to the ratchet", lines)
    yield from _quiet(report)


def _failed(finding: Finding, lines: Lines) -> Case:
    pinned = anchor(finding, lines)
    outcome = "error" if finding.code in UNDECIDED else "failure"
    body = f"{pinned}: {finding.message}{ends(others(finding, pinned))}\nhelp: {finding.remedy}"
    name = finding.subject or pinned.file
    return Case(_rule(finding), name, outcome, finding.message, body, finding.severity.word, pinned.file, pinned.line)


def _accepted(finding: Finding, why: str, lines: Lines) -> Case:
    pinned = anchor(finding, lines)
    text = f"{why}; {finding.message}"
    return Case(_rule(finding), finding.subject or pinned.file, "skipped", text, "", "", pinned.file, pinned.line)


def _quiet(report: Report) -> Iterator[Case]:
    """The rules that ran and found nothing; an abstention is not a pass."""
    loud = {law.code for law in report.laws}
    abstained = Counter(a.code for a in report.abstentions)
    reasons = {a.code: a.reason for a in reversed(report.abstentions)}
    for rule in report.answered:
        code = rule.partition(" ")[0]
        if code in loud:
            continue
        if count := abstained[code]:
            yield Case(rule, rule, "skipped", f"{many(count, 'abstention')}, the first: {reasons[code]}")
        else:
            yield Case(rule, rule)


def _rule(finding: Finding) -> str:
    return f"{finding.code} {finding.name}"


def _numbered(cases: Iterable[Case]) -> Iterator[Case]:
    """Tests of one rule with one name are told apart, because dashboards follow a test by its name."""
    seen: Counter[tuple[str, str]] = Counter()
    for case in cases:
        seen[case.rule, case.name] += 1
        number = seen[case.rule, case.name]
        yield case if number == 1 else case._replace(name=f"{case.name} #{number}")


def _xml(case: Case) -> str:
    attributes = f"classname={_attribute(f'mlgov.{case.rule}')} name={_attribute(case.name)}"
    if case.file:
        attributes += f" file={_quoted(shown(file_name(case.file)))}" + (f' line="{case.line}"' if case.line else "")
    if case.outcome == "passed":
        return f"<testcase {attributes}/>"
    kind = f" type={_attribute(case.word)}" if case.word else ""
    inner = f"<{case.outcome} message={_attribute(case.message)}{kind}>{_text(case.body)}</{case.outcome}>"
    return f"<testcase {attributes}>{inner}</testcase>"


def _attribute(text: str) -> str:
    return _quoted(terminal(text))


def _quoted(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))


def _text(body: str) -> str:
    """The lines of a body, each harmless by itself."""
    return escape(_NO_XML.sub("\ufffd", capped("\n".join(map(terminal, body.split("\n"))), 10_000)))
