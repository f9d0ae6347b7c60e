"""Commits of a line and of a file, contents at a commit, and what strangers write into commits."""

from typing import Any

import pytest

from mlgov.snapshot import History


@pytest.fixture
def made(repo: Any) -> list[str]:
    """Three commits; the second alone does not touch `a b*[x]`, which is a name and no pattern."""
    return [
        repo.commit({"a b*[x]": "1", "c": "1"}, "one", "2026-01-01T12:00:00Z"),
        repo.commit({"c": "2", "a b": "not this"}, "two", "2026-02-01T12:00:00Z"),
        repo.commit({"a b*[x]": "3", "d/e": "1"}, "three", "2026-03-01T12:00:00Z"),
    ]


def test_commits_of_a_line_and_of_a_file(repo: Any, made: list[str]) -> None:
    history = History(str(repo.folder))
    assert history.line() == made[::-1]
    assert history.line(made[1], 1) == [made[1]]
    assert history.touching("a b*[x]") == [made[2], made[0]]
    assert history.touching("a b*[x]", made[1]) == [made[0]]
    assert (history.commits("a b*[x]"), history.commits("d/e"), history.commits("nope")) == (2, 1, 0)


def test_contents_at_a_commit(repo: Any, made: list[str]) -> None:
    history = History(str(repo.folder))
    assert history.content(made[0], "a b*[x]") == b"1"
    assert history.content(made[2], "a b*[x]") == b"3"
    assert history.content(made[0], "d/e") is None
    assert history.content(made[2], "d") is None


def test_a_commit_is_told_and_its_authors_are_known(repo: Any, made: list[str]) -> None:
    history = History(str(repo.folder))
    assert history.told(made[1]) == ("2026-02-01T12:00:00+00:00", "Ada", "two")
    assert history.authors(made[0], made[2]) == {"ada", "ada@example.org"}
    assert history.authors(made[2], made[2]) == frozenset()


def test_words_of_strangers_are_only_words(repo: Any, made: list[str]) -> None:
    repo.git("config", "i18n.commitEncoding", "zlib_codec")
    repo.git(
        "commit", "-q", "--allow-empty", "-F", "-", content=b"\x1b[2J\xff::error::x\n\nbody", GIT_AUTHOR_NAME="E\x1bve"
    )
    date, author, subject = History(str(repo.folder)).told("HEAD")
    assert (date, author) == ("2026-01-01T00:00:00+00:00", "E\x1bve")
    assert subject.endswith("::error::x")
