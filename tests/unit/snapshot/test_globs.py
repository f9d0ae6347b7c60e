"""Path patterns mean what they mean in `.gitignore`, and cost one pass."""

import re
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.snapshot import matches

CASES = [
    ("a/b.py", "*.py", True),
    ("a/b.py", "b.py", True),
    ("a/b.py", "/b.py", False),
    ("b.py", "/b.py", True),
    ("a/b.py", "a/*.py", True),
    ("x/a/b.py", "a/*.py", False),
    ("x/a/b.py", "**/a/*.py", True),
    ("a/b", "**/a/**/b", True),
    ("a/b", "a/**/b", True),
    ("a/x/y/b", "a/**/b", True),
    ("a/x/y/bc", "a/**/b", False),
    ("a", "a/**", False),
    ("a/x", "a/**", True),
    ("a/x/y", "a/**", True),
    ("a/x", "a/", True),
    ("a", "a/", False),
    ("x/a/y", "a/", True),
    ("x/a/y", "/a/", False),
    ("x/a/y", "a", True),
    ("a/y/z", "a/*", True),
    ("x", "**", True),
    ("x/y", "**", True),
    ("x/y", "**/", True),
    ("x", "**/", False),
    ("a/x/y", "a/**/", True),
    ("a/x", "a/**/", False),
    ("ab", "a[b-c]", True),
    ("ad", "a[b-c]", False),
    ("a-", "a[!b]", True),
    ("ab", "a[^b]", False),
    ("a]", "a[]]", True),
    ("a^", "a[b^]", True),
    ("a-", "a[b-]", True),
    ("x.a.b", "*.b", True),
    ("aXbX", "a*b*X", True),
    ("abab", "a*b", True),
    ("abac", "a*b", False),
    ("a/b/c/b/d", "a/**/b/d", True),
    ("a/b/c", "a/**/c/**", False),
    ("a/b/c/d", "a/**/c/**", True),
    ("a*", "a\\*", True),
    ("ab", "a\\*", False),
    ("ab", "a?", True),
    ("a/b", "a?b", False),
    ("a/b", "a*b", False),
    ("a/b", "a[/]b", False),
    ("A.py", "a.py", False),
    ("a/**b", "a/**b", True),
    (".hidden", "*", True),
    ("é.md", "?.md", True),
]


@pytest.mark.parametrize(("path", "pattern", "expected"), CASES)
def test_a_path_matches_a_pattern(path: str, pattern: str, expected: bool) -> None:
    assert matches(path, pattern) is expected


def test_git_ignores_the_same_paths(tmp_path: Path, new_repo: Callable[[Path], Any]) -> None:
    repo = new_repo(tmp_path)
    cases = [case for case in CASES if case[0].isascii()]
    for pattern in {pattern for _, pattern, _ in cases}:
        (tmp_path / ".git/info/exclude").write_text(pattern + "\n")
        paths = [path for path, other, _ in cases if other == pattern]
        asked = "\0".join(paths).encode()
        said = repo.git("check-ignore", "--no-index", "-v", "-n", "-z", "--stdin", content=asked, ok=(0, 1)).split("\0")
        ignored = {path: bool(source) for source, path in zip(said[0::4], said[3::4], strict=False)}
        assert {path: matches(path, pattern) for path in paths} == ignored, pattern


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("a\nb", "a?b", True),
        ("\udcff.md", "*.md", True),
        ("a", "", False),
        ("a", "/", False),
        ("a/b", "./a/b", True),
        ("x/a/b", "./a/b", False),
        ("x/a", "./a", False),
        ("a[", "a[", True),
        ("a", "a[z-a]", False),
        ("a/", "a/", True),
    ],
)
def test_what_people_write_by_accident_has_a_meaning(path: str, pattern: str, expected: bool) -> None:
    assert matches(path, pattern) is expected


@given(st.text("ab/*?[]!^-\\.", max_size=12), st.text("ab/[-\\.", max_size=12))
def test_every_pattern_compiles_and_answers(pattern: str, path: str) -> None:
    assert matches(path, pattern) in (True, False)


@given(st.lists(st.text("ab*?", min_size=1, max_size=5), min_size=1, max_size=4), st.text("ab/", max_size=10))
def test_the_leftmost_match_is_never_a_wrong_choice(parts: list[str], path: str) -> None:
    naive = [
        "(?:[^/]+/)*" if part == "**" else part.replace("*", "[^/]*").replace("?", "[^/]") + "/"
        for part in ["**", *parts[:-1]]
    ]
    last = r".+" if parts[-1] == "**" else parts[-1].replace("*", "[^/]*").replace("?", "[^/]") + r"(?:/.*)?"
    if path.strip("/") == path and "//" not in path and path:
        assert matches(path, "**/" + "/".join(parts)) == bool(re.fullmatch("".join(naive) + last, path, re.DOTALL))


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("a" * 100_000, "*a" * 30 + "b"), ("a/" * 50_000, "**/a/" * 30 + "b"), ("a" * 100_000, "a" + "**" * 30 + "b")],
)
def test_a_bomb_costs_one_pass(path: str, pattern: str) -> None:
    before = process_time()
    assert not matches(path, pattern)
    assert process_time() - before < 5  # backtracking would need years
