"""Changes planted with real commits: each rule of change control fires on its change, and not on its harmless twin."""

import json
from pathlib import Path

import pytest

from mlgov import forge
from mlgov.catalogue import installed_rules
from mlgov.errors import SnapshotError
from mlgov.report import Report
from mlgov.rule import Rule
from mlgov.run import Request, check
from mlgov.snapshot import History
from mlgov.testkit import AFTER, BEFORE, TODAY, Case, cases, tree_of

from .scratch import MANIFEST, Scratch

CHANGE = [r for r in installed_rules() if r.scope == "change"]
PLANTED_BY_HAND = ("CHG517",)  # the history of its examples is made up: forty commits
PLANTED = [
    pytest.param(rule, case, id=f"{rule.code}-{case.kind}-{number}")
    for rule in CHANGE
    if rule.code not in PLANTED_BY_HAND
    for number, case in enumerate(cases(rule.doc))
    if case.kind != "Abstains" and any(path.startswith((BEFORE, AFTER)) for path in case.files)
]
# these tests may themselves run on a forge
NOWHERE = dict.fromkeys(
    ("PRE_COMMIT_FROM_REF", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "CIRCLECI"), ""
)
SETTINGS = (".mlgov.toml", "pyproject.toml")


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path / "scratch")


def judged(scratch: Scratch, scope: str = "worktree", **options: object) -> Report:
    """The report on the change since `main`."""
    asked = Request((str(scratch.folder),), scope, {"allow_empty": True} | options, TODAY, False, "main")
    return check(asked)[0]


def codes(report: Report) -> set[str]:
    return {f.code for f in report.findings}


@pytest.mark.parametrize(("rule", "case"), PLANTED)
def test_a_rule_fires_on_its_change_and_not_on_the_harmless_twin(scratch: Scratch, rule: Rule, case: Case) -> None:
    scratch.change(tree_of(case.files, BEFORE), tree_of(case.files, AFTER))
    strict = {} if any(path.endswith(SETTINGS) for path in case.files) else {"profile": "high-risk"}
    assert (rule.code in codes(judged(scratch, **strict))) is (case.kind == "Fails")


def test_every_rule_of_change_control_is_planted() -> None:
    assert {r.code for r in CHANGE} == {f"CHG{n}" for n in range(501, 519)}
    fired = {p.values[0].code for p in PLANTED if p.values[1].kind == "Fails"}  # type: ignore[union-attr]
    assert fired >= {r.code for r in CHANGE} - {*PLANTED_BY_HAND}


def test_a_test_set_is_overused_after_many_commits_of_its_results(scratch: Scratch) -> None:
    body = (
        MANIFEST.replace("{", "{{").replace("}", "}}")
        + "metrics: [{{id: accuracy, unit: fraction}}]\nevaluation:\n  results: [{{metric: accuracy, value: 0.{}, split: test, n: 500}}]\n"
    )
    for number in range(50, 75):
        scratch.commit({"mlgov.yaml": body.format(number)})
    scratch.git("checkout", "-q", "-b", "pr")
    scratch.git("branch", "-f", "main", "HEAD~1")
    found = [f for f in judged(scratch, profile="high-risk").findings if f.code == "CHG517"]
    assert [f.message.partition(" ")[0] for f in found] == ["25"]


STRICT = 'profile = "high-risk"\nfail_on = "info"\n'
TOOL = "[tool.mlgov]\n"
BROKEN = MANIFEST + "evaluation: {results: [{metric: recall, value: 0.8, split: test}]}\n"
SILENCE = ("ignore = ['ALL']", "ignore = ['CHG518', 'CHG5']", "select = ['REQ']", "severity = {ALL = 'off'}",
           "severity = {CHG518 = 'off', CHG507 = 'info'}", "fail_on = 'never'", "profile = 'prototype'",
           "exclude = ['**']", "exclude = ['models/']", "new_only = true")  # fmt: skip


@pytest.mark.parametrize("silence", SILENCE)
@pytest.mark.parametrize("name", SETTINGS)
def test_a_change_cannot_switch_off_what_judges_it(scratch: Scratch, name: str, silence: str) -> None:
    head = "\n".join(row for row in STRICT.splitlines() if row.partition(" ")[0] != silence.partition(" ")[0])
    table = TOOL if name == "pyproject.toml" else ""
    base = {"models/mlgov.yaml": MANIFEST + "metrics: [{id: a}]\n", name: table + STRICT}
    scratch.change(base, {"models/mlgov.yaml": BROKEN, name: f"{table}{head}\n{silence}\n"})
    report = judged(scratch)
    assert [f.severity.word for f in report.findings if f.code == "CHG518"][:1] == ["error"]
    assert report.exit_code == 1
    assert report.policy["profile"] == "high-risk"


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("to", ["", *SETTINGS, "models/.mlgov.toml"])
def test_moving_or_deleting_the_settings_is_a_weakening(scratch: Scratch, name: str, to: str) -> None:
    files = {"models/mlgov.yaml": MANIFEST}
    head = {to: (TOOL if to == "pyproject.toml" else "") + STRICT} if to else {}
    scratch.change(files | {name: (TOOL if name == "pyproject.toml" else "") + STRICT}, files | head)
    asked = Request((str(scratch.folder / "models"),), "worktree", {}, TODAY, False, "main")
    report = check(asked)[0]
    assert ("CHG518" in codes(report)) is (to != name)
    assert report.policy["profile"] == "high-risk"


def test_a_tag_named_like_the_branch_is_not_the_policy(scratch: Scratch) -> None:
    scratch.commit({"mlgov.yaml": MANIFEST, ".mlgov.toml": STRICT})
    scratch.git("checkout", "-q", "-b", "pr")
    scratch.commit({".mlgov.toml": "profile = 'prototype'\n"})
    scratch.git("tag", "main")
    assert "CHG518" in codes(judged(scratch))
    refused = scratch.mlgov("check", "--base", "refs/tags/main")
    assert refused.returncode == 2
    assert "is not a branch" in refused.stderr


def test_a_shallow_clone_without_the_base_decides_nothing(scratch: Scratch, tmp_path: Path) -> None:
    scratch.change({"mlgov.yaml": MANIFEST}, {"mlgov.yaml": BROKEN})
    clone = tmp_path / "clone"
    scratch.git("clone", "-q", "--depth=1", "--branch=pr", f"file://{scratch.folder}", str(clone))
    twin = Scratch(tmp_path / "other")
    twin.git("fetch", "-q", str(scratch.folder), "pr:pr")
    twin.commit({"other.txt": "unrelated"})
    twin.git("checkout", "-q", "pr")
    for folder, words in ((clone, "is not a branch"), (twin.folder, "no commit in common")):
        run = scratch.mlgov("check", str(folder), "--base", "main")
        assert run.returncode == 2
        assert words in run.stderr
        assert "fetch-depth: 0" in run.stderr


def test_the_base_that_the_ci_names_is_the_base(scratch: Scratch) -> None:
    scratch.change({"mlgov.yaml": MANIFEST.replace("}", ", risk_tier: high}")}, {"mlgov.yaml": MANIFEST})
    asked = ("check", "--select", "CHG507", "-o", "json")
    named = scratch.mlgov(*asked, "--base", "main")
    found = scratch.mlgov(*asked, "--base", "auto", **NOWHERE | {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"})
    hook = scratch.mlgov(*asked, "--base", "auto", PRE_COMMIT_FROM_REF=scratch.git("rev-parse", "main"))
    reports = [json.loads(run.stdout)["findings"] for run in (named, found, hook)]
    assert [f["code"] for f in reports[0]] == ["CHG507"]
    assert reports[0] == reports[1] == reports[2]
    assert scratch.mlgov("check", "--base", "auto", **NOWHERE).returncode == 2


def test_new_only_reports_what_the_change_brought_or_touched(scratch: Scratch) -> None:
    old = {"old/mlgov.yaml": BROKEN.replace("churn", "old"), "mlgov.yaml": MANIFEST}
    scratch.change(old, old | {"mlgov.yaml": BROKEN, "fresh/mlgov.yaml": BROKEN.replace("churn", "fresh")})
    whole, new = judged(scratch), judged(scratch, new_only=True)
    assert {f.project for f in whole.findings} == {"old", "churn", "fresh"}
    assert {f.project for f in new.findings} == {"churn", "fresh"}
    assert new.completeness.unreported == len(whole.findings) - len(new.findings) > 0
    assert whole.completeness.unreported == 0
    said = scratch.mlgov("check", "--base", "main", "--new-only", "-o", "text").stdout
    assert f"{new.completeness.unreported} findings not shown" in said
    assert scratch.mlgov("check", "--new-only").returncode == 2


def test_equal_trees_give_equal_findings(scratch: Scratch) -> None:
    for rule in installed_rules():
        for number, case in enumerate(cases(rule.doc)):
            for path, text in tree_of(case.files, AFTER).items():
                file = scratch.folder / "all" / f"{rule.code}-{number}" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    scratch.commit({})
    scopes = ("worktree", "staged", "HEAD", "main")
    reports = [check(Request((str(scratch.folder),), s, {"allow_empty": True}, TODAY, False))[0] for s in scopes]
    assert len(reports[0].findings) > 500
    assert all(r.findings == reports[0].findings and r.abstentions == reports[0].abstentions for r in reports)


def test_diff_blame_and_bisect_look_back(scratch: Scratch) -> None:
    body = (
        MANIFEST.replace("{", "{{").replace("}", "}}")
        + "metrics: [{{id: recall, unit: fraction, acceptable: {{min: {}}}}}]\nevaluation: {{results: [{{metric: recall, value: {}, split: test}}]}}\n"
    )
    made = [
        scratch.commit({"mlgov.yaml": body.format(*v)}) for v in ((0.8, 0.9), (0.95, 0.9), ("95%", 0.91), (0.95, 0.91))
    ]
    told = json.loads(scratch.mlgov("diff", made[0], made[1], "-o", "json").stdout)
    assert [(d["topic"], d["what"]) for d in told["projects"][0]["differences"]] == [("thresholds", "tightened")]
    assert "loosened: 0.95 to 0.8" in scratch.mlgov("diff", made[3], made[0], "-o", "markdown").stdout
    assert "only renamed, moved or written otherwise" in scratch.mlgov("diff", made[2], made[3]).stdout
    found = json.loads(scratch.mlgov("blame", "EVA203", "-o", "json").stdout)["findings"][0]["ends"]
    assert {end["pointer"].split("/")[1]: end["commit"]["sha"] for end in found} == {
        "evaluation": made[2],
        "metrics": made[3],
    }
    assert json.loads(scratch.mlgov("bisect", "EVA203", "-o", "json").stdout)["first"]["sha"] == made[1]
    assert json.loads(scratch.mlgov("bisect", "EVA203", "--linear", "-o", "json").stdout)["first"]["sha"] == made[1]
    assert scratch.mlgov("bisect", "CHG501").returncode == 2
    assert scratch.git("status", "--porcelain") == ""


def test_settings_of_the_base_that_are_wrong_decide_nothing(scratch: Scratch) -> None:
    scratch.change({"mlgov.yaml": MANIFEST, ".mlgov.toml": "profile = 3\n"}, {"mlgov.yaml": MANIFEST})
    run = scratch.mlgov("check", "--base", "main")
    assert run.returncode == 2
    assert (
        "mlgov: at the base main: .mlgov.toml:1:1: profile must be a text; so the policy of the base is not"
        in run.stderr
    )


MAIN = "refs/heads/main"


@pytest.mark.parametrize(
    "environment",
    [
        {"PRE_COMMIT_FROM_REF": "main"},
        {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"},
        {"GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
        {"GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": "0" * 40, "CI_DEFAULT_BRANCH": "main"},
        {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": MAIN},
        {"JENKINS_URL": "https://ci.example.org/", "CHANGE_TARGET": "main"},
        {"CIRCLECI": "true"},
    ],
    ids=lambda environment: next(iter(environment)),
)
@pytest.mark.parametrize("fetched", [True, False])
def test_each_forge_leads_to_the_base(
    scratch: Scratch, tmp_path: Path, environment: dict[str, str], fetched: bool
) -> None:
    """In a clone with the branches of the forge, and in one in which nothing but the change was fetched."""
    scratch.change({"mlgov.yaml": MANIFEST}, {"mlgov.yaml": BROKEN})
    base = scratch.git("rev-parse", MAIN)
    clone = tmp_path / "clone"
    scratch.git(
        "clone", "-q", "--branch=pr", *([] if fetched else ["--depth=1"]), f"file://{scratch.folder}", str(clone)
    )
    scratch.git("-C", str(clone), "remote", "set-head", "origin", "--delete")
    if fetched and "PRE_COMMIT_FROM_REF" not in environment:
        scratch.git("-C", str(clone), "branch", "-q", "main", "pr")  # an old local branch of that name does not count
    if fetched:
        assert History(str(clone)).resolve(forge.base(environment, str(clone)), trusted=True) == base
    else:
        with pytest.raises(SnapshotError, match="fetch-depth: 0"):
            forge.base(environment, str(clone))


GUARDED = (
    "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.9}}]\n"
    "serving: {guardrails: [{id: cap, description: at most three calls}]}\n"
    "monitoring: {alerts: [{name: Slow, metric: recall, op: lt, threshold: 0.8}]}\n"
)
LOOSE = GUARDED.replace("0.9", "0.8")


def project(name: str, text: str = GUARDED) -> str:
    return MANIFEST.replace("churn", name) + text


@pytest.mark.parametrize(
    "after",
    [
        {"a/mlgov.yaml": project("calls", LOOSE), "b/mlgov.yaml": project("b")},  # another id
        {"c/d/mlgov.yaml": project("a", LOOSE), "b/mlgov.yaml": project("b")},  # another folder
        {"c/d/mlgov.yaml": project("calls", LOOSE), "b/mlgov.yaml": project("b")},  # both
    ],
)
def test_a_project_that_is_renamed_or_moved_is_the_same(scratch: Scratch, after: dict[str, str]) -> None:
    scratch.change({"a/mlgov.yaml": project("a"), "b/mlgov.yaml": project("b", "")}, after)
    assert [f.message.partition(" (")[0] for f in judged(scratch).findings if f.code == "CHG502"] == [
        "metrics[recall].acceptable.min is loosened"
    ]


@pytest.mark.parametrize("loosened", ["a", "b"])
def test_projects_with_one_id_are_told_apart_by_their_folders(scratch: Scratch, loosened: str) -> None:
    before = {"a/mlgov.yaml": project("twin"), "b/mlgov.yaml": project("twin")}
    scratch.change(before, before | {f"{loosened}/mlgov.yaml": project("twin", LOOSE)})
    found = [f.places[0].file for f in judged(scratch).findings if f.code == "CHG502"]
    assert found == [f"{loosened}/mlgov.yaml"]


@pytest.mark.parametrize("folder", ["examples/a", "a/tests", "vendor", "a/dist"])
def test_a_project_cannot_hide_where_nobody_looks(scratch: Scratch, folder: str) -> None:
    files = {"a/mlgov.yaml": project("a"), "b/mlgov.yaml": project("b", "")}
    scratch.change(files, {f"{folder}/mlgov.yaml": project("a", LOOSE), "b/mlgov.yaml": project("b", "")})
    (found,) = [f for f in judged(scratch).findings if f.code == "CHG518"]
    assert found.message == f"project left out: a (a/mlgov.yaml to {folder}/mlgov.yaml)"


def test_a_project_that_goes_away_is_no_weakening(scratch: Scratch) -> None:
    files = {"a/mlgov.yaml": project("a"), "b/mlgov.yaml": project("b", ""), "examples/c/mlgov.yaml": project("c")}
    scratch.change(files, {path: text for path, text in files.items() if path != "a/mlgov.yaml"})
    assert not {"CHG518", "CHG502", "CHG503"} & codes(judged(scratch))


def custom(rows: str) -> str:
    return (
        f'[[custom]]\nid = "ACME001"\nname = "no-runbook"\nmessage = "no runbook"\nfor = "monitoring.alerts"\n{rows}\n'
    )


CUSTOM = 'severity = "error"\nrequire = "runbook != null && size(runbook) > most"\noptions = {most = 3}'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (CUSTOM, []),
        (f"# the same\n{CUSTOM}\nremedy = 'write one'", []),
        (CUSTOM.replace('"error"', '"info"'), ["severity lowered: ACME001 no-runbook (error to info)"]),
        (CUSTOM.replace("runbook != null &&", "true ||"), ["custom rule changed: ACME001 no-runbook"]),
        (CUSTOM.replace("3", "0"), ["custom rule changed: ACME001 no-runbook"]),
        (f"{CUSTOM}\nwhen = 'false'", ["custom rule changed: ACME001 no-runbook"]),
        (f"{CUSTOM}\nstage = 'production'", ["custom rule changed: ACME001 no-runbook"]),
    ],
)
def test_a_custom_rule_that_asks_for_something_else_is_a_weakening(
    scratch: Scratch, rows: str, said: list[str]
) -> None:
    manifest = {"mlgov.yaml": MANIFEST + "monitoring: {alerts: [{name: Slow}]}\n"}
    scratch.change(manifest | {".mlgov.toml": custom(CUSTOM)}, manifest | {".mlgov.toml": custom(rows)})
    report = judged(scratch)
    assert [f.message for f in report.findings if f.code == "CHG518"] == said
    assert [f.severity.word for f in report.findings if f.code == "ACME001"] == ["error"]
