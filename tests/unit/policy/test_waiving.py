"""Adding a waiver changes the file at one place; comments, line ends and layout are kept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.documents.comments import comments
from mlgov.errors import EditError, SettingsError
from mlgov.policy.waivers import FILE, Stated, entries
from mlgov.policy.waiving import waived

NEW = Stated("EVA203", "metrics[recall]", "waits: for # labels", "@ada", "2027-01-15")
WORDS = {"rule": "EVA203", "subject": "metrics[recall]", "reason": NEW.reason, "owner": "@ada", "expires": "2027-01-15"}
OLD = {"rule": "DAT001", "subject": "churn", "reason": "known", "owner": "eva", "expires": "2026-12-01"}
FILES = {
    "empty": "",
    "comments": "# ours\n\n# theirs",
    "block": "# ours\n- rule: DAT001  # one\n  subject: churn\n  reason: known\n  owner: eva\n  expires: 2026-12-01 # end\n# last\n",
    "indented": "---\n  - rule: DAT001\n    subject: churn\n    reason: known\n    owner: eva\n    expires: 2026-12-01",
    "folded": "- rule: DAT001\n  subject: churn\n  owner: eva\n  expires: 2026-12-01\n  reason: >-\n    known\n\n# last\n",
    "flow items": "- {rule: DAT001, subject: churn, reason: known, owner: eva, expires: 2026-12-01} # end\n\n\n# last\n",
    "flow": "[{rule: DAT001, subject: churn, reason: known, owner: eva, expires: 2026-12-01}]  # ]\n".replace(
        "# ]", "# x"
    ),
    "flow of lines": "[\n  {rule: DAT001, subject: churn, reason: known, owner: eva, expires: 2026-12-01},\n]\n",
    "empty list": "# none\n[]\n",
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", FILES)
def test_an_entry_is_added_and_nothing_else_changes(layout: str, end: str, mark: bytes) -> None:
    raw = mark + FILES[layout].replace("\n", end).encode()
    old = entries(raw)
    made = waived(raw, NEW)
    assert entries(made) == [*old, WORDS]
    kept = iter(made)
    assert all(byte in kept for byte in raw), "the old bytes are there, in order"
    assert [c.text for c in comments(FILE, made)] == [c.text for c in comments(FILE, raw)]
    if "\n" in FILES[layout]:
        assert (b"\n" in made.replace(b"\r\n", b"")) is (end == "\n")
    assert waived(made, NEW) == made


@pytest.mark.parametrize("layout", [name for name in FILES if "DAT001" in FILES[name] and name != "folded"])
def test_an_entry_for_the_same_is_changed_where_it_stands(layout: str) -> None:
    raw = FILES[layout].encode()
    made = waived(raw, Stated(**OLD | {"expires": "2027-01-15", "ticket": "ML-7"}))
    assert entries(made) == [OLD | {"expires": "2027-01-15", "ticket": "ML-7"}]
    assert re.sub(rb"(, |\n\s*)ticket: ML-7", b"", made).replace(b"2027-01-15", b"2026-12-01") == raw


def test_a_file_is_made_with_a_head() -> None:
    made = waived(None, NEW)
    assert made.startswith(b"# ")
    assert entries(made) == [WORDS]


@pytest.mark.parametrize("text", ["a: 1\n", "- a: [\n", "- a\n---\n- b\n"])
def test_a_file_that_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"\.mlgov/waivers\.yaml"):
        waived(text.encode(), NEW)


def test_what_cannot_be_changed_in_place_is_refused() -> None:
    text = b"- {rule: DAT001, subject: churn, reason: &k known, owner: eva, expires: 2026-12-01, ticket: *k}\n"
    with pytest.raises(EditError, match="by hand"):
        waived(text, Stated(**OLD | {"reason": "another"}))


def test_a_folded_text_is_changed_in_place() -> None:
    made = waived(FILES["folded"].encode(), Stated(**OLD | {"reason": "another"}))
    assert entries(made) == [OLD | {"reason": "another"}]
    assert made.endswith(b"\n\n# last\n")


WORD = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20)


@given(subject=WORD, reason=WORD, owner=WORD, layout=st.sampled_from(sorted(FILES)))
def test_any_words_come_back_as_they_were(subject: str, reason: str, owner: str, layout: str) -> None:
    new = Stated("EVA203", subject, reason, owner, "2027-01-15")
    raw = FILES[layout].encode()
    made = waived(raw, new)
    assert entries(made)[-1] == {f: getattr(new, f) for f in WORDS}
    assert entries(made)[:-1] == entries(raw)
