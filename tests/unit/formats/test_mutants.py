"""Every fixture with things missing, doubled, of another type or cut off: told with a place or left alone, never a crash."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mlgov.catalogue import installed_formats
from mlgov.documents import read
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.snapshot import MemoryTree
from tests.unit.formats.reading import FIXTURES, folder

KEPT = 60_000  # bytes of a fixture that is changed
FILES = [
    (files, path)
    for format_ in sorted(p for p in FIXTURES.iterdir() if p.is_dir())
    for kind in ("real", "minimal")
    if (format_ / kind).is_dir()
    for files in [folder(format_ / kind)]
    for path, raw in files.items()
    if len(raw) < KEPT
]
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    [],
    {},
    [[]],
    {"a": {}},
    "x" * 300,
    [None],
    "{{ x }}",
    10**20,
    "nan",
    "2026-02-30",
]
KEYS = "name type value metric metrics spec rules version apiVersion kind expectations meta".split()


def ways(node: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value below a document."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, value in entries for found in ((*way, key), *ways(value, (*way, key)))]


def changed(data: Any, draw: Any) -> Any:
    """A document after one change."""
    made = copy.deepcopy(data)
    if not (every := ways(made)):
        return made
    *above, last = draw(st.sampled_from(every))
    at = made
    for step in above:
        at = at[step]
    how = draw(st.sampled_from(["odd", "gone", "twice", "more"]))
    if how == "odd":
        at[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
    elif how == "gone":
        del at[last]
    elif how == "twice":
        at[last] = [at[last], copy.deepcopy(at[last])]
    elif isinstance(at, dict):
        at[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return made


def mutant(path: str, raw: bytes, draw: Any) -> bytes:
    """A file after a few changes: of its data where it is YAML or JSON, of its lines otherwise; or cut."""
    if draw(st.booleans()) and draw(st.booleans()):
        return raw[: draw(st.integers(0, len(raw)))]
    documents = [d.data for d in read(path, raw).documents if isinstance(d.data, (dict, list))]
    if documents and not path.endswith((".md", ".toml", ".py")):
        data = json.loads(json.dumps(documents[0]))
        for _ in range(draw(st.integers(1, 3))):
            data = changed(data, draw)
        return json.dumps(data).encode()
    lines = raw.split(b"\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = draw(
        st.sampled_from([[], [lines[at]] * 2, [lines[at][::-1]], [lines[at] * 50], [lines[-1], lines[at]]])
    )
    return b"\n".join(lines)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_mutant_of_a_fixture_crashes_and_every_flaw_has_its_file(data: st.DataObject) -> None:
    files, path = data.draw(st.sampled_from(FILES))
    tree = MemoryTree({**files, path: mutant(path, files[path], data.draw)})
    found, shelf = take(tree, installed_formats(), lambda _: True)
    assert not [d.message for d in found.defects if "cannot be read as" in d.message]
    assert all(d.origins[0].file in tree.files() for d in found.defects)
    assemble(found.evidence, tree, shelf.look_up, "2026-11-20")


def test_mixed_generations_of_one_tool_are_read_as_what_they_are() -> None:
    old = {
        "expectation_suite_name": "churn",
        "expectations": [{"expectation_type": "expect_column_to_exist", "kwargs": {"column": "age"}}],
    }
    new = {"name": "churn", "expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "age"}}]}
    mixed = {**old, **new, "expectations": [*old["expectations"], *new["expectations"], {"kwargs": {}}]}
    for suite in (old, new, mixed):
        tree = MemoryTree({"gx/expectations/churn.json": json.dumps(suite).encode()})
        found, _ = take(tree, installed_formats(), lambda _: True)
        assert [e.format for e in found.evidence] == ["gx-suite"]
        told = [(d.code, d.origins[0].pointer[:3]) for d in found.defects]
        assert told == ([("INT002", "@1:")] if suite is mixed else [])  # the expectation without a type, at its place
