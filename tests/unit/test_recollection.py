"""With what earlier looks found out, the answers are the same as without."""

import random
from pathlib import Path

import pytest

from mlgov.analysis import analysed
from mlgov.policy.demand import demand
from mlgov.policy.settings import settings_from
from mlgov.recollection import Recollection
from mlgov.report import to_data
from mlgov.scope import Scope
from mlgov.snapshot import MemoryTree, OverlaidTree, Unreadable

TODAY = "2026-11-20"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def tree() -> dict[str, bytes]:
    """Two projects, and files that one of them looks at beside its own."""
    found = {}
    for name in ("churn-broken", "churn"):
        for file in (EXAMPLES / name).rglob("*"):
            if file.is_file():
                found[f"{name}/{file.relative_to(EXAMPLES / name).as_posix()}"] = file.read_bytes()
    return found


def edited(files: dict[str, bytes], choice: random.Random) -> dict[str, bytes]:
    """The files after something that a person does to one of them."""
    path = choice.choice(sorted(files))
    raw = files[path]
    digits = [n for n, byte in enumerate(raw) if chr(byte).isdigit()]
    at = choice.choice(digits) if digits else 0
    return {
        "type": lambda: files | {path: raw[:at] + str(choice.randrange(10)).encode() + raw[at + 1 :]},
        "cut": lambda: files | {path: raw[: choice.randrange(len(raw) + 1)]},
        "delete": lambda: {p: r for p, r in files.items() if p != path},
        "copy": lambda: files | {f"{path.partition('/')[0]}/copy-{path.rpartition('/')[2]}": raw},
        "comment": lambda: files | {path: raw + b"\n"},
    }[choice.choice(["type", "type", "type", "cut", "delete", "copy", "comment"])]()


@pytest.mark.parametrize("seed", range(2))
def test_an_analysis_is_the_same_with_what_is_known_from_before(seed: int) -> None:
    choice, known, files = random.Random(seed), Recollection(), tree()
    reused = 0
    for step in range(8):
        settings = settings_from([(".mlgov.toml", b'profile = "high-risk"' if step == 5 else b"")])
        asked = demand(settings)
        seen = {id(project) for project, _, _ in known._judged.values()}
        ours = analysed(MemoryTree(files), asked, Scope((), [([], [])]), TODAY, known=known)
        theirs = analysed(MemoryTree(files), asked, Scope((), [([], [])]), TODAY)
        assert to_data(ours.report) == to_data(theirs.report)
        reused += sum(id(p) in seen for p in ours.head.assembled.projects)
        if step % 2:
            files = edited(files, choice)
    assert reused, "nothing was ever reused, so nothing was tested"


def test_an_overlaid_tree_reads_as_one_that_holds_the_contents() -> None:
    below = MemoryTree({"a.yaml": "a: 1\n", "b/c.yaml": "c: 1\n"})
    over = OverlaidTree(below, {"a.yaml": b"a: 2\n", "new/d.yaml": b"d: 1\n"})
    same = MemoryTree({"a.yaml": "a: 2\n", "b/c.yaml": "c: 1\n", "new/d.yaml": "d: 1\n"})
    assert dict(over.files()) == dict(same.files())
    assert [over.read(path) for path in over.files()] == [same.read(path) for path in same.files()]
    assert over.exists("new")
    with pytest.raises(Unreadable):
        over.read("b/none.yaml")
    with pytest.raises(Unreadable):
        over.read("a.yaml", limit=2)
