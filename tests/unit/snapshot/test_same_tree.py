"""The same files have the same paths, keys and bytes, whatever kind of tree they are looked at in."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlgov.snapshot import MemoryTree, Snapshot, open_snapshot

# NFC and NFD, case twins, line ends, ANSI, options, quotes, glob signs, bytes that are not UTF-8
ODD = ["é", "e\u0301", "A", "\n", "\x1b[31m", "-rf", '"', "\\", "\t", "*", "[", "\udcff", ":(top)", "한"]
NAMES = ["a", "b", "c.yaml", " ", "x y"] + (ODD if sys.platform == "linux" else [])
paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)
contents = st.dictionaries(paths, st.sampled_from([b"", b"x\n", b"x\r\n", b"\xff\0", b"long " * 5000]), max_size=5)
links = st.dictionaries(paths, st.sampled_from(["a", "./b", "../a", "b/../a", "c.yaml/", "/etc/passwd"]), max_size=3)


def seen(tree: Snapshot) -> tuple[dict[str, str], dict[str, bytes]]:
    """Keys and bytes of all files of a tree."""
    return dict(tree.files()), {path: tree.read(path) for path in tree.files()}


def without_conflicts(contents: dict[str, bytes], links: dict[str, str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Drop paths that would be both a file and a folder."""
    kept: list[str] = []
    for path in sorted({*contents, *links}):
        if not any(path.startswith(other + "/") for other in kept):
            kept.append(path)
    return (
        {path: contents[path] for path in kept if path in contents},
        {path: links[path] for path in kept if path in links and path not in contents},
    )


@settings(max_examples=25)
@given(contents, links)
@example({"\n": b"1", "-rf/\udcff": b"2", "A": b"3", "a": b"4"} if sys.platform == "linux" else {"a": b""}, {})
@example({"a": b"1"}, {"b": "c.yaml", "c.yaml": "a", "x y/b": "../b"})
@example({"a/b": b"1"}, {"b": "a", "c.yaml": "b/b"})
def test_a_tree_is_the_same_everywhere(
    new_repo: Callable[[Path], Any], contents: dict[str, bytes], links: dict[str, str]
) -> None:
    contents, links = without_conflicts(contents, links)
    with tempfile.TemporaryDirectory() as folder:
        repo = new_repo(Path(folder, "repo"))
        for path, content in contents.items():
            repo.write(path, content)
        for path, target in links.items():
            where = repo.write(path, b"")
            where.unlink()
            os.symlink(target, where)
        untracked = seen(open_snapshot(str(repo.folder)))
        repo.commit()
        trees = [open_snapshot(str(repo.folder), scope) for scope in ("worktree", "staged", "HEAD")]
        outside = Path(folder, "outside")
        shutil.copytree(repo.folder, outside, symlinks=True)
        shutil.rmtree(outside / ".git")
        trees.append(open_snapshot(str(outside)))
        first = seen(trees[0])
        assert [seen(tree) for tree in trees] == [first] * 4
        assert untracked == first
        assert all(trees[0].skipped() == tree.skipped() for tree in trees)
        assert set(contents) <= set(first[0]) <= {*contents, *links}
        assert set(trees[0].skipped()) == {*contents, *links} - set(first[0])
        assert seen(MemoryTree(first[1])) == first
