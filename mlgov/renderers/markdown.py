"""Markdown for the summary of a job and for the comment on a pull request: verdict, counts and a table.

It fits both: a summary may have a megabyte, a comment 65,536 characters. Where findings are left out it says how many.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from mlgov.finding import Finding, Place
from mlgov.renderers import PLAIN, Source, View
from mlgov.renderers.anchor import anchor, others
from mlgov.renderers.escaping import terminal, uri
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import BEFORE, SHOWN, allowed, counts, gaps, many, scope, told
from mlgov.report import Report

MARK = "<!-- mlgov -->"  # by which a comment is found again
MOST = 60_000  # characters
MOST_ENDS = 3
# markup wherever it stands in a line; `:`, `www.` and `GH-` begin what a forge makes a link of by itself
_ACTIVE = re.compile(r"[\\`*_{}\[\]()<>#!|~@:$&]|(?<=www)\.|(?<=GH)-", re.IGNORECASE)
_MENTIONS = re.compile(r"&#(64|35);(?=\S)")


def render(report: Report, source: Source, view: View = PLAIN) -> str:
    """The worst findings first; below them what was accepted and what is missing from the run."""
    foot = "\n".join(_foot(report))
    head = "\n".join([MARK, f"### mlgov {_verdict(report)}", "", *_head(report)])
    pages = {law.code: law.page for law in report.laws}
    ranked = [f for severity in SHOWN for f in report.findings if f.severity == severity]
    lines = Lines(source)
    rows = list(_fitting((_row(f, lines, pages, view.blob) for f in ranked), MOST - len(head) - len(foot) - 500))
    table = ["| severity | rule | where | what |", "|---|---|---|---|", *rows] if ranked else []
    left = len(ranked) - len(rows)
    more = [f"{len(rows)} of {len(ranked)} findings are shown; the log of the job has all of them."] if left else []
    blocks = (head, "\n".join(table), *more, foot)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _verdict(report: Report) -> str:
    return ("passed", "found defects", "could not decide")[report.exit_code]


def _head(report: Report) -> Iterator[str]:
    if missing := gaps(report.completeness):
        yield f"**Incomplete**: {missing}; this run decides nothing (exit code 2).\n"
    accepted = [f"{len(report.waived)} waived"] if report.waived else []
    accepted += [f"{len(report.ratcheted)} ratcheted"] if report.ratcheted else []
    aside = f" ({', '.join(accepted)})" if accepted else ""
    yield f"Found {counts(report) or 'nothing'}{aside}: {plain(scope(report))}."


def _row(finding: Finding, lines: Lines, pages: dict[str, str], blob: str) -> str:
    pinned = anchor(finding, lines)
    rule = plain(f"{finding.code} {finding.name}")
    page = pages.get(finding.code, "")
    ends = others(finding, pinned)[:MOST_ENDS]
    what = f"{plain(finding.message)}<br>help: {plain(finding.remedy)}"
    also = "".join(f"<br>also {_where(place, blob)}" for place in ends)
    shown = _link(rule, page) if page.startswith("https://") else rule
    return f"| {finding.severity.word} | {shown} | {_where(pinned, blob)}{also} | {what} |"


def _where(place: Place, blob: str) -> str:
    if not blob or place.role == BEFORE:
        return plain(told(place))
    return _link(plain(told(place)), f"{blob}{uri(place.file)}" + (f"#L{place.line}" if place.line else ""))


def _link(text: str, target: str) -> str:
    return f"[{text}]({quote(target, safe=':/#?=&%')})"


def plain(text: str) -> str:
    """Text of strangers in a cell: no markup, no link, nobody is mentioned, no issue is referred to.

    A forge looks for @names and #numbers after markup is gone, so that an invisible blank has to part them.
    """
    coded = _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", " ".join(terminal(text).split()))
    return _MENTIONS.sub(r"&#\1;&#8203;", coded)


def _fitting(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def _foot(report: Report) -> Iterator[str]:
    accepted = [f"* {_accepted(w.finding)} {plain(allowed(w.waiver))}" for w in report.waived]
    if accepted:
        yield from _folded(f"{many(len(accepted), 'finding')} waived", accepted)
    if report.ratcheted:
        known = [f"* {_accepted(f)}" for f in report.ratcheted]
        yield from _folded(f"{many(len(known), 'finding')} known to the ratchet", known)
    for note in report.completeness.notes[:10]:
        yield f"\nnote: {plain(note)}"


def _accepted(finding: Finding) -> str:
    return plain(f"{finding.code} {finding.name} {finding.places[0]}: {finding.message}")


def _folded(title: str, rows: Sequence[str]) -> Iterator[str]:
    kept = list(_fitting(rows, MOST // 4))
    yield f"\n<details><summary>{html.escape(title)}</summary>\n"
    yield from kept
    if left := len(rows) - len(kept):
        yield f"* and {left} more"
    yield "\n</details>"
