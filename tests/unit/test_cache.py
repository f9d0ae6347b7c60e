"""The cache gives the same report, byte for byte, and never a wrong one."""

import json
import os
from pathlib import Path

import pytest

from mlgov import cache
from mlgov.report import from_data, to_data
from mlgov.run import Request, check

MANIFEST = "apiVersion: mlgov/v1\nproject: {id: p}\nmetrics: [{id: a, rol: x}]\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MLGOV_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "mlgov.yaml").write_text(MANIFEST)
    return folder


def report(tree: Path, **more: object) -> str:
    found, _ = check(Request((str(tree),), today="2026-11-20", **more))  # type: ignore[arg-type]
    return json.dumps(to_data(found))


def test_with_and_without_the_cache_the_bytes_are_equal(tree: Path) -> None:
    fresh = report(tree, use_cache=False)
    assert report(tree) == fresh
    assert report(tree) == fresh
    assert list((tree.parent / "cache").glob("report-*.json"))


def test_any_change_of_content_settings_or_clock_is_a_fresh_run(tree: Path) -> None:
    first = report(tree)
    (tree / "mlgov.yaml").write_text(MANIFEST.replace("rol", "role"))
    assert report(tree) != first
    (tree / ".mlgov.toml").write_text('profile = "prototype"\n')
    assert '"prototype"' in report(tree)
    assert report(tree, options={"profile": "high-risk"}) != report(tree)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"findings": []}', "null"])
def test_a_spoiled_entry_is_ignored(tree: Path, text: str) -> None:
    fresh = report(tree)
    for entry in (tree.parent / "cache").glob("report-*.json"):
        entry.write_text(text)
    assert report(tree) == fresh


def test_an_unwritable_cache_changes_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = report(tree)
    monkeypatch.setenv("MLGOV_CACHE_DIR", os.devnull + "/x")
    assert report(tree) == fresh


def test_lists_of_texts_do_not_collide() -> None:
    assert cache.digest(["ab", "c"]) != cache.digest(["a", "bc"])
    assert cache.digest([]) != cache.digest([""])


def test_a_report_survives_the_round_trip(tree: Path) -> None:
    found, _ = check(Request((str(tree),), today="2026-11-20", use_cache=False))
    assert from_data(json.loads(json.dumps(to_data(found)))) == found
