"""What must not change a verdict: order, comments, line ends, files, names, units; and what must: an end that is gone."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlgov.catalogue import installed_formats, installed_rules
from mlgov.engine import Plan, Verdict, judge
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.rule import Rule
from mlgov.snapshot import MemoryTree
from mlgov.testkit import TODAY, Case, cases, judged
from tests.rules.ends import without
from tests.rules.twins import TWINS, Files
from tests.rules.unit_twins import in_other_units, with_other_metric_units

RULES = [rule for rule in installed_rules() if rule.scope in ("cross", "statistical")]
by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
UNITS: dict[str, Callable[[Files], Files]] = {"numbers": in_other_units, "metrics": with_other_metric_units}
EXAMPLES = Path(__file__).parents[2] / "examples"

# rules about which a property says nothing, and why
ABOUT_UNITS = {"DEP215": "the unit of a threshold beside that of its query is what it judges"}
ONE_OF_SEVERAL = {
    "DAT202": "the end is the first line of a whole specification; the other lines say the same",
    "DAT204": "the end is the first signal of the monitoring that lacks one",
    "EVA206": "the data set of the result says its split as well",
    "EVA211": "a slice is undisclosed where nothing is disclosed at all; an example of the rule says so",
    "FRM201": "each reference is wrong alone; the others are named once",
    "FRM206": "the primary online metric is a goal as well",
    "UXD203": "the events are told in two places",
}


def examples(rule: Rule) -> Iterator[Case]:
    """The examples whose twins must behave alike: those in which both sides are declared."""
    return (case for case in cases(rule.doc) if case.kind != "Abstains")


def verdicts(rule: Rule, files: Files) -> set[tuple[str, str]]:
    """What the rule, and reading, say: codes and subjects."""
    return {(v.code, v.subject) for v in judged(rule, files).verdicts}


@pytest.mark.parametrize("twin", TWINS)
@by_rule
def test_the_same_told_otherwise_has_the_same_verdict(rule: Rule, twin: str) -> None:
    for case in examples(rule):
        files = TWINS[twin](case.files)
        assert verdicts(rule, files) == verdicts(rule, case.files), (case.kind, files)


@pytest.mark.parametrize("twin", UNITS)
@by_rule
def test_the_same_in_other_units_has_the_same_verdict(rule: Rule, twin: str) -> None:
    for case in examples(rule) if rule.code not in ABOUT_UNITS else ():
        files = UNITS[twin](case.files)
        assert verdicts(rule, files) == verdicts(rule, case.files), (case.kind, files)


@by_rule
def test_without_one_end_nothing_is_said_about_it(rule: Rule) -> None:
    for case in cases(rule.doc):
        found = [v for v in judged(rule, case.files).verdicts if v.code == rule.code]
        for verdict in found:
            for number, origin in enumerate(verdict.origins):
                files = without(case.files, origin)
                if files is None or number and rule.code in ONE_OF_SEVERAL:
                    continue
                after = [v for v in judged(rule, files).verdicts if v.code in (rule.code, "INT001")]
                assert not _still_said(verdict, found, after), (origin, files)


def _still_said(verdict: Verdict, before: list[Verdict], after: list[Verdict]) -> list[str]:
    """What is said after as before, or about nothing at all."""
    times, were = Counter(v.message for v in after), Counter(v.message for v in before)
    same = [m for m in times if m == verdict.message and times[m] >= were[m]]
    return same + [m for m in times if "None" in m.split()]


@pytest.mark.parametrize("twin", [*TWINS, *UNITS])
@pytest.mark.parametrize("example", ["churn", "churn-broken"])
def test_a_whole_project_told_otherwise_has_the_same_verdict(example: str, twin: str) -> None:
    folder = EXAMPLES / example
    files = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}
    told = (TWINS | UNITS)[twin](files)
    assert _whole(told) == _whole(files)


def _whole(files: Files) -> list[tuple[str, str]]:
    """What all those rules say together about a tree."""
    tree = MemoryTree(dict(files))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    projects = assemble(inventory.evidence, tree, shelf.look_up, TODAY).projects
    plan = Plan(RULES, "high-risk", lambda _, usual: usual)
    return sorted({(v.code, v.subject) for v in judge(plan, projects, {}).verdicts})


@pytest.mark.parametrize("code", [*ABOUT_UNITS, *ONE_OF_SEVERAL])
def test_an_exception_is_of_a_rule_that_exists(code: str) -> None:
    assert code in {rule.code for rule in RULES}
