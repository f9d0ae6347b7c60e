"""A waiver accepts its own finding, and only while it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.catalogue import installed_rules
from mlgov.errors import SettingsError
from mlgov.finding import Finding, Place, Severity
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.policy.inline import from_comments
from mlgov.policy.settings import Settings, default_settings, settings_from
from mlgov.policy.settling import Settled, Terms, settle
from mlgov.policy.side import Side
from mlgov.policy.validity import is_wildcard, laws_of
from mlgov.policy.waivers import FILE, from_file
from mlgov.snapshot import MemoryTree

TODAY = "2026-11-20"
LAWS = laws_of(installed_rules())
GOOD = {"rule": "EVA203", "subject": "metrics[recall]", "reason": "new labels", "owner": "ada", "expires": "2027-01-15"}


def finding(code: str = "EVA203", subject: str = "metrics[recall]", line: int = 7, file: str = "mlgov.yaml",
            project: str = "churn", message: str = "") -> Finding:  # fmt: skip
    place = Place(file, line, 1, line, 5)
    words = message or f"{subject} of {project} at {line}"
    return Finding(code, LAWS.names[code], Severity.ERROR, words, "", project, subject, words, (place,))


def side(settings: Settings | None = None, **files: str) -> Side:
    paths = {path.replace("__", "/"): text for path, text in files.items()}
    tree = MemoryTree(paths)
    return Side(tree.files(), tuple(paths), tree.read, settings or default_settings())


def settled(head: Side, *found: Finding, base: Side | None = None, today: str = TODAY) -> Settled:
    ran = frozenset(LAWS.names)
    change = PolicyChange((), (), True) if base else None
    return settle(found, head, base, Terms(LAWS, today, head.settings, ran), change)


def listed(**changed: str) -> Side:
    """A tree with one waiver: the good one, with other values."""
    entry = {key: value for key, value in (GOOD | changed).items() if value}
    return side(**{FILE.replace("/", "__"): "- {" + ", ".join(f'{k}: "{v}"' for k, v in entry.items()) + "}\n"})


def problems(found: Settled) -> list[str]:
    return [w.problem for w in found.waivers]


def test_a_good_waiver_accepts_its_finding_and_says_why() -> None:
    mine, other = finding(), finding(subject="metrics[auc]")
    found = settled(listed(), mine, other)
    assert found.findings == (other,)
    ((accepted, waiver),) = found.waived
    assert accepted == mine
    assert (waiver.reason, waiver.owner, waiver.expires, waiver.state, waiver.covers) == (
        "new labels", "ada", "2027-01-15", "active", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, "lacks reason"),
        ({"owner": "", "expires": ""}, "lacks owner, expires"),
        ({"subject": ""}, "lacks subject"),
        ({"rule": "EVA999"}, "no rule is called 'EVA999'"),
        ({"rule": "target-not-mett"}, "did you mean 'target-not-met'?"),
        ({"rule": "EVA203 target-missed"}, "EVA203 is called target-not-met, not 'target-missed'"),
        ({"rule": "*"}, "'*' names more than one rule"),
        ({"rule": "ALL"}, "'ALL' names more than one rule"),
        ({"rule": "EVA"}, "'EVA' names more than one rule"),
        ({"rule": "EVA2"}, "'EVA2' names more than one rule"),
        ({"rule": "evaluation"}, "'evaluation' names more than one rule"),
        ({"rule": "INT001"}, "cannot be waived"),
        ({"rule": "INT002"}, "INT002 unreadable-artifact cannot be waived"),
        ({"rule": "INT005"}, "cannot be waived"),
        ({"rule": "CHG508"}, "cannot be waived"),
        ({"rule": "CHG518"}, "cannot be waived"),
        ({"subject": "*"}, "subject '*' means everything"),
        ({"subject": "**/*"}, "means everything"),
        ({"subject": "[a-z]*"}, "means everything"),
        ({"expires": "2026-11-19"}, "expired on 2026-11-19"),
        ({"expires": "2027-02-19"}, "longer than waivers.max_days = 90 from today (2027-02-18)"),
        ({"expires": "soon"}, "'soon' is no date"),
        ({"expires": "20270115"}, "is no date"),
        ({"expires": "2027-02-30"}, "is no date"),
        ({"subject": "metrics[nothing]"}, "covers nothing that was found"),
        ({"approver": "eva"}, "has an unknown key 'approver'; did you mean 'approved_by'?"),
    ],
)
def test_an_invalid_waiver_accepts_nothing_and_is_told(changed: dict[str, str], words: str) -> None:
    found = settled(listed(**changed), finding())
    assert found.findings == (finding(),)
    assert found.waived == ()
    assert words in problems(found)[0]
    assert found.policy is not None
    assert found.policy.waivers[0].problem == problems(found)[0]


@pytest.mark.parametrize("end", ["2026-11-20", "2027-02-18"])
def test_the_last_day_counts_and_so_does_the_last_that_is_allowed(end: str) -> None:
    assert problems(settled(listed(expires=end), finding())) == [""]


@pytest.mark.parametrize("rule", ["EVA203", "eva203", "target-not-met", "EVA203 target-not-met"])
def test_a_rule_is_named_by_code_name_or_both(rule: str) -> None:
    assert settled(listed(rule=rule), finding()).findings == ()


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("metrics[recall]", {1, 3}),
        ("churn:metrics[recall]", {1, 3}),
        ("churn", {1, 2, 3}),
        ("mlgov.yaml", {1, 2}),
        ("cards/", {3}),
        ("cards/*.md", {3}),
        ("*.yaml", {1, 2}),
        ("yaml", set()),
    ],
)
def test_a_subject_is_a_record_a_project_or_a_path(subject: str, lines: set[int]) -> None:
    every = (finding(line=1), finding(subject="metrics[auc]", line=2), finding(line=3, file="cards/a.md"))
    assert {w.finding.places[0].line for w in settled(listed(subject=subject), *every).waived} == lines


def test_a_record_of_several_projects_must_say_of_which() -> None:
    found = settled(listed(), finding(), finding(project="fraud"))
    assert found.waived == ()
    assert problems(found) == ["metrics[recall] is a record of several projects; write churn:metrics[recall]"]
    assert len(settled(listed(subject="fraud:metrics[recall]"), finding(), finding(project="fraud")).waived) == 1


@pytest.mark.parametrize("text", ["a: [", "a: 1", "- a\n---\n- b\n"])
def test_a_file_that_cannot_be_read_stops_the_run(text: str) -> None:
    with pytest.raises(SettingsError, match=r"\.mlgov/waivers\.yaml"):
        from_file(text.encode())


def test_the_approver_must_own_the_file_where_the_policy_asks() -> None:
    strict = settings_from([(".mlgov.toml", b"waivers = {require_owner_approval = true}\n")])
    for approver, words in (
        ("@ada", ""),
        ("", "lacks approved_by"),
        ("@eva", "@eva does not own mlgov.yaml by CODEOWNERS"),
    ):
        head = listed(approved_by=approver)
        owned = head._replace(settings=strict)
        assert problems(settled(owned, finding())) == [
            "nobody can approve it: no CODEOWNERS says who owns what" if approver else words + ", which waivers.require_owner_approval asks for"
        ]  # fmt: skip
        text = head.read(FILE).decode()
        with_owners = side(strict, **{FILE.replace("/", "__"): text, "CODEOWNERS": "* @eva\n/mlgov.yaml @Ada # all\n"})
        assert problems(settled(with_owners, finding()))[0].startswith(words)
        assert bool(settled(with_owners, finding()).waived) is not bool(words)


INLINE = "# mlgov: allow EVA203 target-not-met until 2027-01-15 by @ada: new labels"


@pytest.mark.parametrize(
    ("lines", "covered"),
    [
        (["a", "b", "c", "d", "e", "f: 1", "g: 2 " + INLINE, "h: 3"], {7}),
        (["a", "b", "c", "d", "e", INLINE, "g: 2", "h: 3"], {7}),
        (["a", "b", "c", "d", INLINE, "# more", "g: 2", "h: 3"], {7}),
        ([INLINE, "b: 1"], {7, 8}),
        (["---", "# ours", INLINE, "b: 1"], {7, 8}),
        (["a: 1", INLINE, "b: 1"], {7, 8}),
        (["a: 1", "", "", "", "", "", "", INLINE, "g: 1"], set()),
        (["a: 1", "b: 1 " + INLINE, "b: 1"], set()),
        (["a: 1", "b: |", "", "", "", "", "  " + INLINE, ""], set()),
    ],
)
def test_a_comment_speaks_for_its_line_the_next_or_its_file(lines: list[str], covered: set[int]) -> None:
    text = "\n".join(line if line[:1] in "#-" or ":" in line or not line else f"{line}: 0" for line in lines) + "\n"
    found = settled(side(**{"mlgov.yaml": text}), finding(), finding(line=8))
    assert {w.finding.places[0].line for w in found.waived} == covered


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("allow EVA203", "lacks reason, owner, expires"),
        ("allow", "lacks rule, reason, owner, expires"),
        ("allow EVA203 until 2027-01-15 by @ada", "lacks reason"),
        ("allow EVA203, EVA204 until 2027-01-15 by @ada: x", "names more than one rule"),
        ("allow * until 2027-01-15 by @ada: x", "names more than one rule"),
        ("ignore EVA203", "says 'ignore'; write mlgov: allow CODE until"),
        ("allow EVA203 because of reasons", "cannot be understood; write mlgov: allow"),
        ("allow EVA203 by @ada until 2027-01-15: x", "cannot be understood"),
    ],
)
def test_a_comment_that_says_too_little_is_told(said: str, words: str) -> None:
    found = settled(side(**{"mlgov.yaml": f"# mlgov: {said}\na: 1\n"}), finding())
    assert found.findings == (finding(),)
    assert words in problems(found)[0]


def test_a_comment_about_something_else_is_no_waiver() -> None:
    assert from_comments("a.yaml", b"# mlgov: see the docs\n# about mlgov: allow\na: 'mlgov: allow EVA203'\n") == []


@pytest.mark.parametrize("subject", ["*", "**", "**/*", "*.*", "?", "[a-z]", "./", "/", "ALL", "[!x]*"])
def test_nothing_but_wildcards_is_everything(subject: str) -> None:
    assert is_wildcard(subject)


def added(head: Side, base: Side) -> list[bool]:
    found = settled(head, finding(), base=base)
    assert found.policy is not None
    return [w.added for w in found.policy.waivers]


def test_a_waiver_of_the_change_is_told_as_added() -> None:
    assert added(listed(), side()) == [True]
    assert added(listed(), listed()) == [False]
    assert added(listed(reason="said better"), listed()) == [False]
    assert added(listed(expires="2027-01-01"), listed()) == [False]
    assert added(listed(expires="2027-01-16"), listed()) == [True]
    assert added(listed(rule="EVA204"), listed()) == [True]


def test_a_comment_of_a_renamed_file_is_not_added_and_a_second_one_is() -> None:
    text = f"{INLINE}\na: 1\n"
    assert added(side(**{"b.yaml": text}), side(**{"a.yaml": text})) == [False]
    assert added(side(**{"a.yaml": text, "b.yaml": text}), side(**{"a.yaml": text})) == [False, True]


RECORDS = st.sampled_from(["metrics[recall]", "metrics[auc]", "", "data.splits"])
FOUND = st.builds(
    finding,
    code=st.sampled_from(["EVA203", "EVA204", "INT002", "CHG518"]),
    subject=RECORDS,
    line=st.integers(1, 9),
    file=st.sampled_from(["mlgov.yaml", "a/mlgov.yaml", "MODEL_CARD.md"]),
    project=st.sampled_from(["churn", "fraud"]),
)


@given(
    st.lists(FOUND, max_size=8),
    st.sampled_from(["EVA203", "EVA204", "INT002", "CHG518", "EVA", "*"]),
    st.sampled_from(["metrics[recall]", "churn", "fraud:metrics[auc]", "mlgov.yaml", "*", "a/*", "x"]),
)
def test_a_waiver_never_removes_more_than_its_own(found: list[Finding], rule: str, subject: str) -> None:
    done = settled(listed(rule=rule, subject=subject), *found)
    assert sorted([*done.findings, *(w.finding for w in done.waived)]) == sorted(found)
    for finding_, _ in done.waived:
        assert finding_.code == rule
        assert rule in ("EVA203", "EVA204")
        about = {finding_.subject, finding_.project, f"{finding_.project}:{finding_.subject}", finding_.places[0].file}
        assert subject in about or (subject == "a/*" and finding_.places[0].file.startswith("a/"))
