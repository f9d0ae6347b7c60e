"""Runs the examples in a rule's docstring: what stands under Fails must fail, Passes must pass, Abstains must abstain.

Public: a pack of rules tests itself with `assert not problems(rule)` for each of `rules_of(package)`.
An example is one or more fenced files (`~~~yaml mlgov.yaml`); a `###` heading or a file name that comes again
begins the next example of the section.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mlgov.catalogue import installed_formats
from mlgov.engine import Judgement, Plan, judge
from mlgov.finding import Severity
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.rule import Rule, section
from mlgov.snapshot import MemoryTree

TODAY = "2026-11-20"
KINDS = ("Fails", "Passes", "Abstains")
_FENCE = re.compile(r"^(~~~+|```+)\s*(\w+)[ \t]+(\S+)\n(.*?)^\1\s*$|^(###) ", re.DOTALL | re.MULTILINE)
# what an example itself must not get wrong; references to metrics are the business of rules
_CLEAN = ("INT002", "INT003", "INT004", "INT005", "INT006")


class Case(NamedTuple):
    """One example: `Fails`, `Passes` or `Abstains`, and its files by path."""

    kind: str
    files: dict[str, str]


def cases(doc: str) -> Iterator[Case]:
    """The examples of a rule's docstring, in order."""
    for kind in KINDS:
        files: dict[str, str] = {}
        for found in _FENCE.finditer(section(doc, kind)):
            if files and (found[5] or found[3] in files):
                yield Case(kind, files)
                files = {}
            if not found[5]:
                files[found[3]] = found[4]
        if files:
            yield Case(kind, files)


def judged(rule: Rule, files: Mapping[str, str], profile: str = "high-risk") -> Judgement:
    """What one rule, and reading, say about a tree of files; a rule that is off in the profile runs as an error."""
    tree = MemoryTree(dict(files))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, TODAY)
    assembled.defects.setdefault("", []).extend(inventory.defects)
    plan = Plan((rule,), profile, lambda _, usual: max(usual, Severity.INFO))
    return judge(plan, assembled.projects, assembled.defects)


def problems(rule: Rule) -> list[str]:
    """What is wrong with the examples of a rule; empty if they are complete and behave as their sections say."""
    every = list(cases(rule.doc))
    wanted = KINDS[:2] if rule.scope == "presence" else KINDS
    lacking = [f"{rule.code}: no example under ## {k}" for k in wanted if not any(c.kind == k for c in every)]
    return lacking + [words for case in every for words in _case_problems(rule, case)]


def _case_problems(rule: Rule, case: Case) -> Iterator[str]:
    outcome = judged(rule, case.files)
    found = [v for v in outcome.verdicts if v.code == rule.code]
    where = f"{rule.code} {rule.name}, {case.kind}"
    for verdict in outcome.verdicts:
        if verdict.code in _CLEAN or verdict.code == "INT001":
            yield f"{where}: the example itself has {verdict.code}: {verdict.message}"
    if case.kind == "Fails" and not found:
        reasons = "; ".join(a.reason for a in outcome.abstentions) or "it stays silent"
        yield f"{where}: the rule finds nothing ({reasons})"
    if case.kind != "Fails" and found:
        yield f"{where}: the rule reports {found[0].message!r}"
    if case.kind == "Abstains" and not outcome.abstentions:
        yield f"{where}: the rule does not abstain"
    for verdict in found:
        if not verdict.origins[0].file:
            yield f"{where}: a finding has no place"
