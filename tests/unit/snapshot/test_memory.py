"""A tree in memory answers like every other tree."""

import subprocess
import sys

import pytest

from mlgov.snapshot import READ_LIMIT, MemoryTree, Unreadable, content_key, paths_below

TREE = MemoryTree({"mlgov.yaml": "a: 1\n", "Docs/card.md": b"\xff\r\n", "Docs/more/x": "", "docsearch": "é"})


def test_text_is_utf_8_and_bytes_stay() -> None:
    assert TREE.read("docsearch") == "é".encode()
    assert TREE.read("Docs/card.md") == b"\xff\r\n"


def test_keys_are_git_blob_ids_sorted_by_path() -> None:
    assert list(TREE.files()) == ["Docs/card.md", "Docs/more/x", "docsearch", "mlgov.yaml"]
    assert TREE.files()["Docs/more/x"] == "git:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" == content_key(b"")


@pytest.mark.parametrize("path", ["mlgov.yaml", "./mlgov.yaml", "Docs", "Docs/", "Docs/more", "", "."])
def test_files_and_their_folders_exist(path: str) -> None:
    assert TREE.exists(path)


@pytest.mark.parametrize("path", ["MLGOV.yaml", "docs", "Doc", "Docs/more/x/y", "../mlgov.yaml", "/mlgov.yaml"])
def test_nothing_else_exists(path: str) -> None:
    assert not TREE.exists(path)


def test_near_is_the_other_spelling() -> None:
    assert TREE.near("docs/CARD.md") == "Docs/card.md"
    assert TREE.near("DOCS/") == "Docs"
    assert TREE.near("Docs/card.md") is None
    assert TREE.near("other") is None
    assert MemoryTree({"A": "", "a": ""}).near("a") == "A"


@pytest.mark.parametrize("path", ["nothing", "Docs", "../x", "Docs/../mlgov.yaml", ""])
def test_only_listed_files_are_read(path: str) -> None:
    with pytest.raises(Unreadable, match="is not a file of this tree"):
        TREE.read(path)


def test_a_file_over_the_limit_is_unreadable() -> None:
    tree = MemoryTree({"big": bytes(READ_LIMIT + 1), "just": bytes(READ_LIMIT)})
    assert len(tree.read("just")) == READ_LIMIT
    with pytest.raises(Unreadable) as caught:
        tree.read("big")
    assert caught.value.reason == f"is {READ_LIMIT + 1} bytes long, more than the limit of {READ_LIMIT}"
    with pytest.raises(Unreadable):
        TREE.read("mlgov.yaml", limit=4)
    assert TREE.read("mlgov.yaml", limit=5)


def test_paths_below_restricts_to_files_and_folders() -> None:
    assert paths_below(TREE, [""]) == list(TREE.files())
    assert paths_below(TREE, ["Docs/"]) == ["Docs/card.md", "Docs/more/x"]
    assert paths_below(TREE, ["Docs/more", "mlgov.yaml", "./Docs/more/x"]) == ["Docs/more/x", "mlgov.yaml"]
    assert paths_below(TREE, ["Doc", "docs"]) == []
    assert paths_below(TREE, []) == []


def test_importing_snapshots_is_cheap() -> None:
    heavy = {"subprocess", "hashlib", "pathlib", "git", "threading", "tempfile"}
    program = f"import sys; import mlgov.snapshot; print(*{heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=_root(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def _root() -> str:
    import mlgov

    return mlgov.__file__.rpartition("mlgov")[0]
