"""An operation becomes an edit only if the file read anew holds what was meant and every other value and comment."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov import repair
from mlgov.documents import read, resolve
from mlgov.edits import BOM, spliced
from mlgov.edits.patching import patched, same
from mlgov.edits.proof import proven
from mlgov.finding import Operation, Origin

FILE = "mlgov.yaml"
_WORDS = st.sampled_from(
    ["recall", "roc auc", "예측", "yes", "0.910", "a: b", "#1", "-", "it's", 'say "x"', "", "~", "2026-01-01"]
)
_SCALARS = st.one_of(_WORDS, st.integers(-5, 500), st.booleans(), st.none(), st.sampled_from([0.5, 1e-4]))
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_WORDS.filter(bool), inner, max_size=4)),
    max_leaves=12,
).filter(lambda data: isinstance(data, (dict, list)) and bool(data))


def _block(data: Any, indent: str = "") -> str:
    """Data as block YAML, with comments at the ends of lines and on lines of their own."""
    if isinstance(data, dict) and data:
        return "".join(
            f"{indent}# above {n}\n{indent}{json.dumps(k, ensure_ascii=False)}:{_below(v, indent)}"
            for n, (k, v) in enumerate(data.items())
        )
    return "".join(f"{indent}-{_below(v, indent)}" for v in data)


def _below(value: Any, indent: str) -> str:
    if isinstance(value, (dict, list)) and value:
        return f"  # holds\n{_block(value, indent + '  ')}"
    return f" {json.dumps(value, ensure_ascii=False)}  # beside\n"


def _pointers(data: Any, at: Origin) -> list[tuple[Origin, Any, bool]]:
    """Each value with its origin, and whether it has a key."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [
        found for key, value in pairs
        for found in ((at.at(key), value, isinstance(data, dict)), *_pointers(value, at.at(key)))
    ]  # fmt: skip


@st.composite
def _trials(draw: st.DrawFn) -> tuple[str, bytes, Operation]:
    data = draw(_DATA)
    name = draw(st.sampled_from(["a.yaml", "b.yaml", "c.json", "d.json", "e.md"]))
    text = {"a": _block(data), "b": json.dumps(data, ensure_ascii=False), "c": json.dumps(data, ensure_ascii=False),
            "d": json.dumps(data, indent=2), "e": f"---\ntop:\n{_block(data, '  ')}---\n# Page\n\n<!-- kept -->\n"}[name[0]]  # fmt: skip
    raw = (text.replace("\n", "\r\n") if draw(st.booleans()) else text).encode()
    raw = (BOM if draw(st.booleans()) else b"") + raw
    top = Origin(name).at("top") if name == "e.md" else Origin(name)
    place, value, has_key = draw(st.sampled_from(_pointers(data, top)))
    ways = [repair.remove(place), repair.replace(place, draw(_SCALARS))]
    ways += [repair.rename(place, draw(_WORDS))] if has_key else []
    if isinstance(value, dict) and value:
        ways += [repair.add(place.at("fresh"), draw(_SCALARS)), repair.add(place.at("fresh"), {"file": "a b.json"})]
    if isinstance(value, list) and value:
        ways += [repair.add(place.at("-"), draw(_SCALARS)), repair.order(place, [*range(len(value))][::-1])]
    return name, raw, draw(st.sampled_from(ways))


def _data(name: str, raw: bytes) -> Any:
    data = read(name, raw).documents[0].data
    return data.front if name == "e.md" else data


def _value(name: str, raw: bytes, operation: Operation) -> Any:
    return resolve(_data(name, raw), operation.origin.pointer)


@given(_trials())
def test_an_edit_changes_its_target_and_nothing_else(trial: tuple[str, bytes, Operation]) -> None:
    name, raw, operation = trial
    edits = proven(name, raw, [[operation]])[0]
    if not edits:
        return
    new = spliced(raw, edits)
    assert same(_data(name, new), patched(_data(name, raw), [operation]))
    assert new.startswith(BOM) == raw.startswith(BOM)
    assert new.count(b"# above") == raw.count(b"# above") or operation.op == "remove"
    assert b"\r\n" not in raw or new.count(b"\n") == new.count(b"\r\n")
    first = min(e.start for e in edits)
    last = max(e.end for e in edits)
    assert new.startswith(raw[:first])
    assert new.endswith(raw[last:])


@given(_trials())
def test_a_scalar_that_is_replaced_can_always_be_written(trial: tuple[str, bytes, Operation]) -> None:
    name, raw, operation = trial
    if operation.op == "replace" and not isinstance(_value(name, raw, operation), (dict, list)):
        assert proven(name, raw, [[operation]])[0] is not None


LAYOUT = b"""\
# the plan
stages:  # in order
- {id: a, traffic: 5%}   # first
# a remark
- id: b  # second
  traffic: 20%
  text: |
    # no comment
- {id: c}

other: &x [1, 2]
again: *x
"""


def _made(raw: bytes, *operations: Operation) -> bytes | None:
    edits = proven(FILE, raw, [operations])[0]
    return None if edits is None else spliced(raw, edits)


def _at(*parts: str | int) -> Origin:
    return Origin(FILE).at(*parts)


def test_an_item_is_removed_with_its_lines_and_the_remark_beside_it() -> None:
    made = _made(LAYOUT, repair.remove(_at("stages", 1)))
    assert made is not None
    assert b"second" not in made
    assert b"# a remark\n- {id: c}\n\nother" in made


def test_items_change_places_with_the_remarks_beside_them() -> None:
    made = _made(LAYOUT, repair.order(_at("stages"), [2, 0, 1]))
    assert made is not None
    assert made.index(b"{id: c}") < made.index(b"# first") < made.index(b"# second") < made.index(b"# no comment")


def test_a_value_that_an_alias_repeats_is_left_alone() -> None:
    assert _made(LAYOUT, repair.replace(_at("other", 0), 7)) is None


def test_the_last_item_leaves_an_empty_list() -> None:
    assert _made(b"a:\n# why\n- x  # beside\nb: 1\n", repair.remove(_at("a", 0))) == b"a: []\n# why\nb: 1\n"
    assert _made(b"- x\n", repair.remove(_at(0))) == b"[]\n"


def test_a_key_is_added_in_the_layout_of_its_neighbours() -> None:
    assert _made(b"a:\n  - b: 1  # x\n", repair.add(_at("a", 0, "c"), "d e")) == b"a:\n  - b: 1  # x\n    c: d e\n"
    assert _made(b"a: {b: 1}\n", repair.add(_at("a", "c"), {"file": "m.json"})) == b"a: {b: 1, c: {file: m.json}}\n"
    assert _made(b"a: {}\n", repair.add(_at("a", "c"), 1)) == b"a: {c: 1}\n"


def test_digits_and_quotes_stay_as_they_are_written() -> None:
    number = read("m.json", b'{"x": 0.910}').documents[0].data["x"]
    assert _made(b"a: 0.93 # x\n", repair.replace(_at("a"), number)) == b"a: 0.910 # x\n"
    assert _made(b"a: 'x'\n", repair.replace(_at("a"), "it's")) == b"a: 'it''s'\n"
    assert _made(b'a: "x"\n', repair.replace(_at("a"), "y")) == b'a: "y"\n'
    assert _made(b"a: x\n", repair.replace(_at("a"), "yes: no")) == b'a: "yes: no"\n'


def test_nothing_is_made_of_what_is_not_there() -> None:
    assert _made(b"a: 1\n", repair.remove(_at("b"))) is None
    assert _made(b"a: 1\n", repair.rename(_at("b"), "c")) is None
    assert _made(b"a: 1\nb: 2\n", repair.rename(_at("a"), "b")) is None
    assert _made(b"a: [1, 2]\n", repair.order(_at("a"), [0, 0])) is None
    assert _made(b"a: [broken\n", repair.replace(_at("a"), 1)) is None


def test_groups_are_proven_together_and_one_that_fails_takes_no_other_along() -> None:
    raw = b"".join(b"k%d: old  # %d\n" % (n, n) for n in range(30)) + b"x: &x old\ny: *x\n"
    wanted = [[repair.replace(_at(f"k{n}"), "new")] for n in range(30)] + [[repair.replace(_at("x"), "new")]]
    found = proven(FILE, raw, wanted)
    assert [edits is None for edits in found] == [False] * 30 + [True]


@pytest.mark.parametrize("pointer", ["@3:9-3", "@3:5", "@x", "@9:1-4"])
def test_a_stretch_of_a_page_that_is_no_stretch_is_refused(pointer: str) -> None:
    page = b"# Card\n\n| AUC | 0.93 |\n"
    assert proven("card.md", page, [[Operation("replace", Origin("card.md", pointer), "0.87", "0.93")]]) == [None]
    assert proven("card.md", page, [[Operation("replace", Origin("card.md", "@3:9-13"), "0.87", "0.94")]]) == [None]


def test_a_number_in_a_page_is_replaced_where_it_stands() -> None:
    page = BOM + "# 카드\r\n\r\n| AUC | 0.93 |\r\n<!-- x -->\r\n".encode()
    edits = proven("card.md", page, [[Operation("replace", Origin("card.md", "@3:9-13"), "0.8712", "0.93")]])[0]
    assert edits is not None
    assert spliced(page, edits) == page.replace(b"0.93", b"0.8712")


def test_a_comment_is_removed_without_what_stands_beside_it() -> None:
    raw = b"a: 1  # mlgov: one\r\n# mlgov: two\r\nb: 2  # three\r\n"
    assert _made(raw, repair.remove(Origin(FILE, "@1:7"))) == b"a: 1\r\n# mlgov: two\r\nb: 2  # three\r\n"
    assert _made(raw, repair.remove(Origin(FILE, "@2:1"))) == b"a: 1  # mlgov: one\r\nb: 2  # three\r\n"
    assert _made(raw, repair.remove(Origin(FILE, "@3:1"))) is None
    page = b"# Card\n\nAUC 0.9 <!-- mlgov: x -->!\n"
    edits = proven("c.md", page, [[repair.remove(Origin("c.md", "@3:9"))]])[0]
    assert edits is not None
    assert spliced(page, edits) == b"# Card\n\nAUC 0.9 !\n"


TOML = b'# policy\nfail_on = "error"  # strict\nignore = ["ORG", "DAT"]\n\n[severity]\nEXP102 = "info"\n'


def test_toml_is_edited_as_well() -> None:
    def made(operation: Operation) -> bytes:
        edits = proven(".mlgov.toml", TOML, [[operation]])[0]
        assert edits is not None
        return spliced(TOML, edits)

    at = Origin(".mlgov.toml").at
    assert b'fail_on = "warning"  # strict' in made(repair.replace(at("fail_on"), "warning"))
    assert b'ignore = ["ORG"]' in made(repair.remove(at("ignore", 1)))
    assert b'EXP102 = "info"\nEXP103 = "off"\n' in made(repair.add(at("severity", "EXP103"), "off"))
    assert b'EXP104 = "info"' in made(repair.rename(at("severity", "EXP102"), "EXP104"))
