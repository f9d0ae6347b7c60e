"""Waivers in a real repository: they hold while they hold, are shown as such, and a change that adds one is told."""

import json
from pathlib import Path

import pytest

from .repository import AUC, MANIFEST, RECALL, Repository

WAIVE = ("waive", "EVA203", "--reason", "waits for: new # labels", "--owner", "@ada", "--until", "2027-01-15")
FILE = ".mlgov/waivers.yaml"
ENTRY = f'- {{rule: EVA203, subject: "{RECALL}", reason: new labels, owner: ada, expires: 2027-01-15}}\n'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_a_waived_finding_is_shown_as_waived_in_every_output(repository: Repository) -> None:
    assert repository.mlgov("check").returncode == 1
    for subject in (RECALL, AUC):
        done = repository.mlgov(*WAIVE, "--subject", subject)
        assert done.returncode == 0, done.stderr
    repository.commit("two waivers")
    text = repository.mlgov("check")
    assert text.returncode == 0, text.stdout
    assert "2 findings waived" in text.stdout
    assert "until 2027-01-15 by @ada: waits for: new # labels" in text.stdout
    data = json.loads(repository.mlgov("check", "-o", "json").stdout)
    assert data["findings"] == []
    assert [w["waiver"]["reason"] for w in data["waived"]] == ["waits for: new # labels"] * 2
    assert [w["state"] for w in data["waivers"]] == ["active"] * 2
    github = repository.mlgov("check", "-o", "github").stdout
    assert "2 findings waived" in github
    assert "::error" not in github
    assert all("waived[EVA203" in line for line in repository.check())


def test_an_expired_waiver_gives_the_finding_back(repository: Repository) -> None:
    repository.commit("waiver", **{FILE: ENTRY})
    assert [line.split(" ")[1].partition("[")[0] for line in repository.check(now="2027-01-15")] == ["error", "waived"]
    late = repository.check(now="2027-01-16")
    assert sum("EVA203" in line and "error[EVA203" in line for line in late) == 2
    assert any("error[CHG508 waiver-invalid]" in line and "expired on 2027-01-15" in line for line in late)


def test_a_waiver_of_what_was_fixed_is_a_finding(repository: Repository) -> None:
    repository.commit("fixed", **{FILE: ENTRY, "mlgov.yaml": MANIFEST.replace("0.84", "0.95").replace("0.80", "0.90")})
    (line,) = repository.check()
    assert line.startswith(f"{FILE}:1:3: error[CHG508 waiver-invalid]")
    assert "covers nothing that was found" in line
    assert repository.check("--select", "EVA204") == []  # a rule that did not run says nothing about its waivers
    assert not any("covers nothing" in line for line in repository.check("mlgov.yaml"))  # nor does a part of the tree


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{rule: EVA203, subject: churn, owner: ada, expires: 2027-01-15}", "lacks reason"),
        ("{rule: '*', subject: churn, reason: x, owner: ada, expires: 2027-01-15}", "names more than one rule"),
        ("{rule: EVA203, subject: '**', reason: x, owner: ada, expires: 2027-01-15}", "means everything"),
        ("{rule: CHG518, subject: churn, reason: x, owner: ada, expires: 2027-01-15}", "cannot be waived"),
        ("{rule: EVA203, subject: churn, reason: x, owner: ada, expires: 2028-01-15}", "max_days = 90"),
    ],
)
def test_an_invalid_waiver_waives_nothing_without_a_base_too(repository: Repository, entry: str, words: str) -> None:
    repository.commit("waiver", **{FILE: f"- {entry}\n"})
    said = repository.check()
    assert sum("error[EVA203" in line for line in said) == 2
    assert sum("CHG508" in line and words in line for line in said) == 1


def test_a_file_that_is_no_list_ends_with_2(repository: Repository) -> None:
    repository.commit("broken", **{FILE: "a: [\n"})
    done = repository.mlgov("check")
    assert done.returncode == 2
    assert f"{FILE}:" in done.stderr


@pytest.mark.parametrize(
    ("place", "lines"),
    [("beside", {11}), ("above", {11}), ("head", {10, 11}), ("string", set())],
)
def test_a_comment_is_a_waiver_where_it_stands(repository: Repository, place: str, lines: set[int]) -> None:
    said = "# mlgov: allow EVA203 target-not-met until 2027-01-15 by @ada: new labels"
    result = "  - {metric: recall, value: 0.84, split: test}"
    text = {
        "beside": MANIFEST.replace(result, f"{result}  {said}"),
        "above": MANIFEST.replace(result, f"  {said}\n{result}"),
        "head": MANIFEST.replace("# The churn model.", said),
        "string": MANIFEST.replace("stage: ideation", f'stage: ideation, description: "{said}"'),
    }[place]
    repository.commit("comment", **{"mlgov.yaml": text})
    data = json.loads(repository.mlgov("check", "-o", "json").stdout)
    shift = 1 if place == "above" else 0
    assert {w["places"][0]["line"] - shift for w in data["waived"]} == lines
    assert len(data["findings"]) == 2 - len(lines)
    assert all(w["waiver"]["owner"] == "@ada" for w in data["waived"])


def test_a_change_that_adds_a_waiver_is_told_and_nothing_silences_that(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    quiet = 'select = ["EVA203"]\nignore = ["CHG"]\n'
    repository.commit("waiver", **{FILE: ENTRY, ".mlgov.toml": quiet})
    said = repository.check("--base", base)
    assert sum("CHG518" in line and "waiver added: EVA203" in line for line in said) == 1
    (later,) = [line for line in repository.check("--base", "HEAD", "--select", "CHG5") if "waiver added" in line] or [
        ""
    ]
    assert later == ""


def test_a_waiver_of_the_base_may_be_reworded_but_not_lengthened(repository: Repository) -> None:
    base = repository.commit("waiver", **{FILE: ENTRY})
    repository.commit("words", **{FILE: "# ours\n\n" + ENTRY.replace("new labels", "newer labels")})
    assert not any("waiver added" in line for line in repository.check("--base", base))
    repository.commit("longer", **{FILE: ENTRY.replace("2027-01-15", "2027-02-15")})
    assert any("waiver added" in line for line in repository.check("--base", base))


def test_the_base_decides_how_long_a_waiver_may_live(repository: Repository) -> None:
    base = repository.commit("strict", **{".mlgov.toml": SETTINGS_30})
    repository.commit("lax", **{FILE: ENTRY, ".mlgov.toml": SETTINGS_30.replace("30", "180")})
    assert not any("CHG508" in line for line in repository.check())
    said = repository.check("--base", base)
    assert any("CHG508" in line and "waivers.max_days = 30" in line for line in said)
    assert any("waivers live longer: waivers.max_days (30 to 180)" in line for line in said)
    assert sum("error[EVA203" in line for line in said) == 2


SETTINGS_30 = 'select = ["EVA203", "CHG5"]\n[waivers]\nmax_days = 30\n'


def test_an_approver_is_who_owned_the_path_at_the_base(repository: Repository) -> None:
    settings = SETTINGS_30.replace("max_days = 30", "require_owner_approval = true")
    base = repository.commit("owners", **{".mlgov.toml": settings, "CODEOWNERS": "mlgov.yaml @eva\n"})
    entry = ENTRY.replace("}\n", ', approved_by: "@ada"}\n')
    repository.commit("own approval", **{FILE: entry, "CODEOWNERS": "mlgov.yaml @ada\n"})
    said = repository.check("--base", base)
    assert any("CHG508" in line and "@ada does not own mlgov.yaml" in line for line in said)
    repository.commit("her approval", **{FILE: entry.replace("@ada", "@eva")})
    assert sum("waived[EVA203" in line for line in repository.check("--base", base)) == 1


def test_waive_keeps_the_file_and_says_it_once(repository: Repository) -> None:
    text = f"\ufeff# ours\r\n{ENTRY.strip()}  # one\r\n\r\n# last\r\n"
    repository.commit("waiver", **{FILE: text})
    assert repository.mlgov(*WAIVE, "--subject", AUC).returncode == 0
    made = (repository.folder / FILE).read_bytes().decode()
    head, tail = text.split("# one")
    assert made.startswith(f"{head}# one\r\n- rule: EVA203\r\n  subject:")
    assert made.endswith(tail)
    again = repository.mlgov(*WAIVE, "--subject", AUC)
    assert (again.returncode, (repository.folder / FILE).read_bytes().decode()) == (0, made)
    assert "says so already" in again.stdout
    assert repository.mlgov("check").returncode == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--subject": "nothing"}, "covers nothing that was found"),
        ({"--until": "2026-11-19"}, "expired on 2026-11-19"),
        ({"--until": "2027-03-15"}, "max_days"),
        ({"--reason": " "}, "lacks reason"),
        ({"--owner": ""}, "lacks owner"),
        ({"--subject": "*"}, "means everything"),
        ({"EVA203": "EVA999"}, "no rule is called"),
        ({"EVA203": "INT002"}, "cannot be waived"),
    ],
)
def test_waive_refuses_what_would_not_hold(repository: Repository, changed: dict[str, str], words: str) -> None:
    asked = [*WAIVE, "--subject", RECALL]
    for key, value in changed.items():
        at = asked.index(key)
        asked[at if key == "EVA203" else at + 1] = value
    done = repository.mlgov(*asked)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (repository.folder / FILE).exists()


def test_waivers_lists_all_with_their_state(repository: Repository) -> None:
    more = (
        f'- {{rule: EVA203, subject: "{AUC}", reason: x, owner: ada, expires: 2026-11-30}}\n'
        "- {rule: EVA203, subject: nix, reason: x, owner: ada, expires: 2027-01-02}\n"
        "- {rule: EVA203, subject: churn, reason: x, owner: ada, expires: 2026-11-01}\n"
        "- {rule: EVA203, subject: churn, owner: ada, expires: 2027-01-03}\n"
    )
    repository.commit("many", **{FILE: ENTRY + more})
    text = repository.mlgov("waivers")
    assert text.returncode == 0
    assert [line.split()[0] for line in text.stdout.splitlines()] == [
        "expired", "due", "unused", "invalid", "active", "5",
    ]  # fmt: skip
    due = json.loads(repository.mlgov("waivers", "--due", "30d", "-o", "json").stdout)["waivers"]
    assert [w["state"] for w in due] == ["expired", "due"]
    assert repository.mlgov("waivers", "--due", "soon").returncode == 2
