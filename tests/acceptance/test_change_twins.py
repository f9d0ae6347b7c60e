"""Every rule of change control, on all its examples at once: silent while a base is only told otherwise in a real
commit, and not fooled by a change that hides among such rewriting."""

from collections.abc import Callable

import pytest

from mlgov.catalogue import installed_rules
from mlgov.report import Report
from mlgov.run import Request, check
from mlgov.testkit import AFTER, BEFORE, TODAY, Case, cases, tree_of
from tests.rules.twins import TWINS, Files
from tests.rules.unit_twins import in_other_units

from .scratch import Scratch

CHANGE = [r for r in installed_rules() if r.scope == "change"]
POLICY = ("CHG508", "CHG518")  # about the whole repository; its settings and waivers have tests of their own
# these go by the history alone: the number of commits, and the last commit to a file that states no date of its review
HISTORY = ("chg517", "chg515_1")
EXAMPLES: dict[str, Case] = {
    f"{rule.code.lower()}_{number}": case
    for rule in CHANGE
    if rule.code not in POLICY
    for number, case in enumerate(cases(rule.doc))
    if case.kind == "Fails"
}
EVERY: dict[str, Callable[[Files], Files]] = TWINS | {"units": in_other_units, "file name": lambda f: moved(f)}


def moved(files: Files) -> Files:
    """The manifest under its other name, or in its other folder."""
    return {path.replace("mlgov.yaml", "governance/mlgov.yaml"): text for path, text in files.items()}


def told(side: str, twin: Callable[[Files], Files] = dict) -> Files:
    """One side of all examples as one tree: each in its own folder, as a project of its own."""
    files: Files = {}
    for name, case in EXAMPLES.items():
        tree = {path: text.replace("{id: churn", f"{{id: {name}") for path, text in tree_of(case.files, side).items()}
        files |= {f"{name}/{path}": text for path, text in twin(tree).items()}
    return files


def judged(scratch: Scratch, after: Files) -> Report:
    scratch.change(told(BEFORE), after)
    options = {"profile": "high-risk", "select": ("CHG",)}
    return check(Request((str(scratch.folder),), "worktree", options, TODAY, False, "main"))[0]


@pytest.mark.parametrize("twin", EVERY)
def test_a_base_told_otherwise_is_no_change(twin: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    report = judged(Scratch(tmp_path / "scratch"), told(BEFORE, EVERY[twin]))
    said = [f for f in report.findings if f.code not in ("CHG510", "CHG515")]  # overdue with and without a change
    assert [(f.code, f.project, f.message) for f in said] == []
    assert report.completeness.projects == len(EXAMPLES)


@pytest.mark.parametrize("twin", EVERY)
def test_a_change_does_not_hide_among_rewriting(twin: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    report = judged(Scratch(tmp_path / "scratch"), told(AFTER, EVERY[twin]))
    found = {(f.code.lower(), f.places[0].file.partition("/")[0]) for f in report.findings}
    missed = [name for name in EXAMPLES if (name.partition("_")[0], name) not in found]
    assert [name for name in missed if not name.startswith(HISTORY)] == []
