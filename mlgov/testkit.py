"""Runs the examples in a rule's docstring: what stands under Fails must fail, Passes must pass, Abstains must abstain.

Public: a pack of rules tests itself with `assert not problems(rule)` for each of `rules_of(package)`.
An example is one or more fenced files (`~~~yaml mlgov.yaml`); a `###` heading or a file name that comes again
begins the next example of the section.

A rule that offers a fix shows under `## Fixed` what becomes of the examples under Fails for which it does, in their
order: the files that change, letter by letter. Nothing is found in them any more.

An example of a change holds both sides: files under `before/` are those of the base, files under `after/` those of the
head, all others stand on both. Its history is made up: the files under `after/` changed on the day of the example and
the others 100 days earlier, each of them 40 times in all, and `ada@example.org` is the author of the change;
`max@example.org` committed last a year before. A file
`.mlgov.toml` or `pyproject.toml`, or `.mlgov/waivers.yaml`, on either side makes it a change of the policy as well.

For a rule that judges measurements the files of an example are measured as well (`~~~csv data/train.csv`), which needs
the extra `mlgov[data]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from mlgov.catalogue import installed_formats
from mlgov.edits.fixes import applied, resolved
from mlgov.engine import Judgement, Plan, Verdict, judge
from mlgov.finding import Severity
from mlgov.inventory import take
from mlgov.lifecycle.assembly import Assembled, assemble
from mlgov.lifecycle.change import Past, changes
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.measured import Measured
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.policy.demand import demand
from mlgov.policy.own_rules import every_rule
from mlgov.policy.settings import DEFAULTS, FILES, settings_from
from mlgov.policy.settling import Terms, settle
from mlgov.policy.side import Side
from mlgov.policy.validity import laws_of
from mlgov.rule import Rule, section
from mlgov.snapshot import MemoryTree

TODAY, EARLIER = "2026-11-20", "2026-08-12"
AUTHOR, LEFT, COMMITS = "ada@example.org", "max@example.org", 40
BEFORE, AFTER = "before/", "after/"
WAIVERS = ".mlgov/waivers.yaml"
KINDS = ("Fails", "Passes", "Abstains")
FIXED = "Fixed"
FIXTURES = ("real", "minimal", "broken", "near_miss")
_FENCE = re.compile(r"^(~~~+|```+)\s*(\w+)[ \t]+(\S+)\n(.*?)^\1\s*$|^(###) ", re.DOTALL | re.MULTILINE)
# what an example itself must not get wrong; references to metrics are the business of rules
_CLEAN = ("INT002", "INT003", "INT004", "INT005", "INT006", "INT013")


class Case(NamedTuple):
    """One example: `Fails`, `Passes` or `Abstains`, and its files by path."""

    kind: str
    files: dict[str, str]


def cases(doc: str, kinds: Iterable[str] = KINDS) -> Iterator[Case]:
    """The examples of a rule's docstring, in order."""
    for kind in kinds:
        files: dict[str, str] = {}
        for found in _FENCE.finditer(section(doc, kind)):
            if files and (found[5] or found[3] in files):
                yield Case(kind, files)
                files = {}
            if not found[5]:
                files[found[3]] = found[4]
        if files:
            yield Case(kind, files)


def fixed(verdicts: Iterable[Verdict], files: Mapping[str, str]) -> dict[str, str]:
    """The files that change where every fix that the verdicts offer is made, with their new text."""
    tree = {path: text.encode() for path, text in tree_of(files, AFTER).items()}
    fixes = list(resolved([v.fix for v in verdicts if v.fix], tree.get).values())
    touched = {edit.file for fix in fixes for edit in fix.edits}
    return {path: applied(tree[path], path, fixes).decode() for path in sorted(touched)}


def judged(rule: Rule, files: Mapping[str, str], profile: str = "high-risk") -> Judgement:
    """What one rule, and reading, say about a tree of files; a rule that is off in the profile runs as an error."""
    plan = Plan((rule,), profile, lambda _, usual: max(usual, Severity.INFO))
    head, defects = _side(files, AFTER)
    if issubclass(rule.judges, Measured):
        _measure(rule.judges, head, defects, tree_of(files, AFTER))
    if not any(path.startswith((BEFORE, AFTER)) for path in files):
        return judge(plan, head.projects, defects, policy=_policy(files, has_base=False))
    base, _ = _side(files, BEFORE)
    found = changes([*base.projects], [*head.projects], _past(files))
    return judge(plan, head.projects, defects, found, _policy(files, has_base=True))


def tree_of(files: Mapping[str, str], side: str) -> dict[str, str]:
    """The files of one side of a change by their path in the tree."""
    shared = {path: text for path, text in files.items() if not path.startswith((BEFORE, AFTER))}
    return shared | {path.removeprefix(side): text for path, text in files.items() if path.startswith(side)}


def _side(files: Mapping[str, str], side: str) -> tuple[Assembled, dict[str, list[Defect]]]:
    tree = MemoryTree(dict(tree_of(files, side)))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, TODAY, before=side == BEFORE)
    defects = assembled.defects | {"": [*assembled.defects.get("", ()), *inventory.defects]}
    return assembled, defects


def _measure(kind: type[Measured], head: Assembled, defects: dict[str, list[Defect]], files: Mapping[str, str]) -> None:
    """Measure what a rule judges in the data of an example, as `mlgov check --data` does, though in this process."""
    from mlgov import verification

    verification.require()
    limits = verification.limits_from(DEFAULTS["data"])
    with TemporaryDirectory() as root:
        for path, text in files.items():
            place = Path(root, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        for project in head.projects:
            found = verification.measure(project, verification.DataFolder(root), limits, isolated=False, kind=kind)
            project.measured = found.measurements
            defects[project.id] = [*defects.get(project.id, ()), *found.defects]


def _past(files: Mapping[str, str]) -> Past:
    before, after = tree_of(files, BEFORE), tree_of(files, AFTER)
    touched = frozenset(p for p in {*before, *after} if before.get(p) != after.get(p))
    dates = {path: TODAY if path in touched else EARLIER for path in after}
    active = {AUTHOR: f"{TODAY}T12:00:00+00:00", LEFT: "2025-11-20T12:00:00+00:00"}
    return Past(lambda: dates, lambda: touched, lambda _: COMMITS, lambda: frozenset({AUTHOR}), lambda: active)


def _policy(files: Mapping[str, str], *, has_base: bool) -> PolicyChange:
    """What the rules of policy see of an example: settings and waivers, read and compared as a run does it."""
    head, base = _tree(tree_of(files, AFTER)), _tree(tree_of(files, BEFORE)) if has_base else None
    asked = demand(head.settings, base.settings if base else None)
    terms = Terms(laws_of(every_rule(head.settings)), TODAY, asked.settings, frozenset())
    return settle((), head, base, terms, asked.policy).policy or PolicyChange((), (), has_base)


def _tree(files: Mapping[str, str]) -> Side:
    """One side of an example as waivers and ratchet are read from it."""
    raw = {path: text.encode() for path, text in files.items()}
    settings = settings_from((name, raw[name]) for name in FILES if name in raw)
    return Side({path: str(hash(text)) for path, text in raw.items()}, tuple(raw), raw.__getitem__, settings)


def problems(rule: Rule) -> list[str]:
    """What is wrong with the examples of a rule; empty if they are complete and behave as their sections say."""
    every = list(cases(rule.doc))
    wanted = KINDS[:2] if rule.scope == "presence" else KINDS
    lacking = [f"{rule.code}: no example under ## {k}" for k in wanted if not any(c.kind == k for c in every)]
    told = [words for case in every for words in case_problems(rule, case)]
    return lacking + told + list(_fix_problems(rule, every))


def _fix_problems(rule: Rule, every: list[Case]) -> Iterator[str]:
    """What is wrong with the examples under Fixed."""
    where = f"{rule.code} {rule.name}, {FIXED}"
    repaired = [(case, new) for case in every if case.kind == KINDS[0] and (new := _after(rule, case.files))]
    shown = list(cases(rule.doc, (FIXED,)))
    if len(repaired) != len(shown):
        yield f"{where}: {len(repaired)} examples under ## Fails offer a fix, {len(shown)} are shown"
    for (case, new), wanted in zip(repaired, shown, strict=False):
        for path in sorted(new.keys() | wanted.files.keys()):
            if new.get(path) != wanted.files.get(path):
                yield f"{where}: the fix makes {path} read {new.get(path)!r}"
        left = {path: text for path, text in case.files.items() if path.removeprefix(AFTER) not in new}
        if found := [v for v in judged(rule, left | new).verdicts if v.fix]:
            yield f"{where}: after the fix {found[0].code} still offers one: {found[0].message}"


def _after(rule: Rule, files: Mapping[str, str]) -> dict[str, str]:
    return fixed([v for v in judged(rule, files).verdicts if v.code == rule.code], files)


def adapter_problems(adapter: Any, fixtures: Path) -> list[str]:
    """What is wrong with an adapter's fixtures, the folders `real`, `minimal`, `broken` and `near_miss`.

    The first two must give facts, `broken` must be told, and `near_miss` must be left alone.
    """
    return [words for kind in FIXTURES for words in _fixture_problems(adapter, kind, fixtures / kind)]


def _fixture_problems(adapter: Any, kind: str, folder: Path) -> Iterator[str]:
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    if not files:
        yield f"{adapter.NAME}: no fixture {kind}"
        return
    inventory, _ = take(MemoryTree(files), (adapter,), lambda _: True)
    facts = [fact for evidence in inventory.evidence for fact in evidence.facts]
    if kind in ("real", "minimal") and not facts:
        yield f"{adapter.NAME}, {kind}: no fact is read"
    if kind == "broken" and not inventory.defects:
        yield f"{adapter.NAME}, broken: nothing says that it is"
    if kind == "near_miss" and inventory.evidence:
        yield f"{adapter.NAME}, near_miss: it is taken for one"


def case_problems(rule: Rule, case: Case, *, alone: bool = False) -> Iterator[str]:
    """What is wrong with one example. alone: it is one record of a rule without code, which refers to nothing."""
    outcome = judged(rule, case.files)
    found = [v for v in outcome.verdicts if v.code == rule.code]
    where = f"{rule.code} {rule.name}, {case.kind}"
    for verdict in outcome.verdicts:
        if verdict.code in _CLEAN and not (alone and verdict.code == "INT006") or verdict.code == "INT001":
            yield f"{where}: the example itself has {verdict.code}: {verdict.message}"
    if case.kind == "Fails" and not found:
        reasons = "; ".join(a.reason for a in outcome.abstentions) or "it stays silent"
        yield f"{where}: the rule finds nothing ({reasons})"
    if case.kind != "Fails" and found:
        yield f"{where}: the rule reports {found[0].message!r}"
    if alone and case.kind == "Passes" and outcome.abstentions:
        yield f"{where}: the rule cannot decide ({outcome.abstentions[0].reason})"
    if case.kind == "Abstains" and not outcome.abstentions:
        yield f"{where}: the rule does not abstain"
    for verdict in found:
        if not verdict.origins[0].file:
            yield f"{where}: a finding has no place"
