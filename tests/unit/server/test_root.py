"""Addresses of an editor become paths of the tree and come back, on Windows and behind links as well."""

import ntpath
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from pygls import uris

from mlgov.server import root as module
from mlgov.server.root import Root, file_path


@pytest.mark.parametrize("name", ["mlgov.yaml", "a b/ü 이탈 #1?.yaml", "100%/[x];y&z=.md", "a%20b.yaml"])
def test_a_path_comes_back_from_its_address(tmp_path: Path, name: str) -> None:
    root = Root(tmp_path.as_uri(), str(tmp_path))
    where = root.uri_of(name)
    assert where.isascii()
    assert where == (tmp_path / name).as_uri()
    assert root.path_of(where) == name


def test_a_name_that_is_no_unicode_has_an_address_too(tmp_path: Path) -> None:
    root = Root(tmp_path.as_uri(), str(tmp_path))
    assert root.uri_of("a\udc80.md").endswith("/a%80.md")
    assert root.path_of(root.uri_of("a\udc80.md")) != ""


def test_what_is_outside_is_no_path_of_the_tree(tmp_path: Path) -> None:
    root = Root(tmp_path.as_uri(), str(tmp_path))
    assert root.path_of((tmp_path.parent / "other.yaml").as_uri()) is None
    assert root.path_of(tmp_path.as_uri()) is None
    assert root.path_of(tmp_path.as_uri() + "/../" + tmp_path.name + "x/a.yaml") is None


def test_a_link_in_the_tree_is_itself_and_a_linked_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    os.symlink("real", tmp_path / "linked")
    os.symlink("real/card.md", tmp_path / "card.md")
    root = Root(tmp_path.as_uri(), str(tmp_path))
    assert root.path_of((tmp_path / "linked/a.yaml").as_uri()) == "real/a.yaml"
    assert root.path_of((tmp_path / "card.md").as_uri()) == "card.md"


@pytest.mark.parametrize("where", ["untitled:Untitled-1", "git:/a.yaml", "http://x/a.yaml", "", "file://", "file:///%00", "http://[", "file:///c%3A/a.yaml"])  # fmt: skip
def test_what_is_no_file_here_has_no_path(where: str) -> None:
    path = file_path(where)
    assert path is None or os.path.isabs(path)
    if where.startswith(("untitled", "git", "http")):
        assert path is None


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules as they are on Windows."""
    monkeypatch.setattr(uris, "IS_WIN", True)
    system = SimpleNamespace(path=ntpath, sep="\\", pardir="..", fsencode=str.encode)
    monkeypatch.setattr(module, "os", system)
    monkeypatch.setattr(module, "repository_root", lambda _: None)


@pytest.mark.parametrize("prefix", ["file:///c%3A", "file:///C:", "file:///c:"])
def test_drive_letters_may_be_written_in_any_way(windows: None, prefix: str) -> None:
    root = Root(f"{prefix}/Users/ada/my%20repo", str(file_path(f"{prefix}/Users/ada/my%20repo")))
    for spelled in ("file:///c%3A", "file:///C:", "file:///c:"):
        assert root.path_of(f"{spelled}/Users/ada/my%20repo/docs/card.md") == "docs/card.md"
        assert root.path_of(f"{spelled}/Users/eva/card.md") is None
    assert root.path_of("file:///d:/Users/ada/my%20repo/card.md") is None
    assert root.uri_of("docs/card.md") == f"{prefix}/Users/ada/my%20repo/docs/card.md"
    assert file_path("file://server/share/a.yaml") == "\\\\server\\share\\a.yaml"
