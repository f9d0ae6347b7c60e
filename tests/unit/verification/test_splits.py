"""The parts of a split are held against each other row by row: what was planted is found, chance is not."""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from mlgov.catalogue import installed_rules
from mlgov.lifecycle.measured import MeasuredGiveaway, MeasuredOverlap, MeasuredPart
from mlgov.testkit import judged
from mlgov.verification.engines.duckdb import DuckEngine
from tests.unit.verification.ground import HEAD, measured, written

PARTS = "parts: [{part: train, file: a.csv}, {part: validation, file: b.csv}, {part: test, file: c.csv}]"
SPLIT = HEAD + f"data: {{entity: {{key: user}}, splits: {{strategy: temporal, time_column: day, {PARTS}}}}}\n"
RULES = {rule.code: rule for rule in installed_rules() if rule.code.startswith("DAT4")}


def csv(rows: Iterable[tuple[Any, ...]], header: str = "id,user,day,x,city") -> str:
    return header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def rows(count: int, month: int, first: int, seed: int) -> list[tuple[Any, ...]]:
    chance = random.Random(seed)
    return [
        (
            n,
            f"u{first + n}",
            f"2026-0{month}-{n % 28 + 1:02}",
            round(chance.random(), 9),
            chance.choice(["Rome", "Oslo"]),
        )
        for n in range(count)
    ]


def tree(train: list[Any], validation: list[Any], test: list[Any]) -> dict[str, str]:
    return {"mlgov.yaml": SPLIT, "a.csv": csv(train), "b.csv": csv(validation), "c.csv": csv(test)}


def overlaps(root: Path, files: dict[str, str], **asked: Any) -> dict[tuple[str, str], MeasuredOverlap]:
    found = measured(written(root, files), **asked)
    assert found.defects == ()
    return {(m.earlier, m.later): m for m in found.measurements if isinstance(m, MeasuredOverlap)}


@pytest.mark.parametrize("at_once", [1 << 40, 7], ids=["at once", "portion by portion"])
def test_copies_entities_and_times_are_counted(at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train, validation, test = rows(100, 1, 0, 1), rows(30, 3, 200, 2), rows(40, 5, 300, 3)
    validation[3] = (3, *train[7][1:])  # an exact copy under another number
    test[4] = (4, "u999", *train[9][2:4], f" {train[9][4].upper()}")  # in other spelling, of another entity
    test[5] = (5, train[11][1], *test[5][2:])  # a known entity
    plain = DuckEngine.__init__

    def init(self: DuckEngine, *arguments: Any) -> None:
        plain(self, *arguments)
        self.at_once = at_once

    monkeypatch.setattr(DuckEngine, "__init__", init)
    found = overlaps(tmp_path, tree(train, validation, test))
    told = {pair: (m.exact.rows, m.near and m.near.rows, m.keys, m.keyed, m.all_keys) for pair, m in found.items()}
    assert told == {
        ("train", "validation"): (1, 1, 1, 1, 30),
        ("train", "test"): (0, 1, 1, 1, 40),
        ("validation", "test"): (0, 0, 0, 0, 40),
    }
    assert {m.columns for m in found.values()} == {4}  # all but the number of the row
    assert (found["validation", "test"].before_end, found["train", "validation"].before_end) == (1, 1)
    assert (found["train", "test"].before_end, found["train", "test"].gap) == (1, -18 * 86400)


def test_parts_of_one_file_are_told_apart_by_their_days(tmp_path: Path) -> None:
    days = "parts: [{part: train, dataset: d, to: 2026-01-31}, {part: test, dataset: d, from: 2026-02-01}]"
    told = (
        f"data: {{datasets: [{{id: d, location: d.csv}}], splits: {{strategy: temporal, time_column: day, {days}}}}}\n"
    )
    every = [*rows(20, 1, 0, 1), *rows(10, 2, 100, 2)]
    found = measured(written(tmp_path, {"mlgov.yaml": HEAD + told, "d.csv": csv(every)}))
    parts = {m.part: (m.rows, m.first, m.last) for m in found.measurements if isinstance(m, MeasuredPart)}
    assert parts == {"train": (20, "2026-01-01", "2026-01-20"), "test": (10, "2026-02-01", "2026-02-10")}


def test_parts_that_nothing_tells_apart_are_said(tmp_path: Path) -> None:
    parts = "parts: [{part: train, file: d.csv, fraction: 80%}, {part: test, file: d.csv, fraction: 20%}]"
    root = written(tmp_path, {"mlgov.yaml": HEAD + f"data: {{splits: {{{parts}}}}}\n", "d.csv": "a\n1\n"})
    assert measured(root).notes == ("d.csv holds several parts, which no time column tells apart: not verified",)


def test_rolling_folds_are_compared_fold_by_fold(tmp_path: Path) -> None:
    parts = (
        "[{part: train, file: a.csv}, {part: test, file: b.csv}, {part: train, file: b.csv}, {part: test, file: c.csv}]"
    )
    manifest = HEAD + f"data: {{splits: {{parts: {parts}}}}}\n"
    files = {"mlgov.yaml": manifest, "a.csv": "x,y\n1,2\n", "b.csv": "x,y\n3,4\n", "c.csv": "x,y\n1,2\n"}
    found = measured(written(tmp_path, files))
    pairs = {(m.earlier_path, m.later_path) for m in found.measurements if isinstance(m, MeasuredOverlap)}
    assert pairs <= {("a.csv", "b.csv"), ("b.csv", "c.csv")}


def test_an_unreadable_part_takes_only_its_own_comparisons_along(tmp_path: Path) -> None:
    files = tree(rows(10, 1, 0, 1), rows(10, 3, 100, 2), rows(10, 5, 200, 3)) | {"b.csv": 'id,user\n1,"\n'}
    found = measured(written(tmp_path, files))
    assert [d.message for d in found.defects] == ["b.csv line 2 has a quote that is never closed"]
    assert [(m.earlier, m.later) for m in found.measurements if isinstance(m, MeasuredOverlap)] == [("train", "test")]


@pytest.mark.parametrize("copied", [0, 60])
def test_rows_that_repeat_by_themselves_are_no_copies_but_a_surplus_is(copied: int) -> None:
    """About a tenth of the values comes twice, wherever it falls; copies come on top of that."""
    chance = random.Random(5)
    pool = [n for n in range(900) for _ in range(2 if n < 100 else 1)]
    chance.shuffle(pool)
    train, test = pool[:700], pool[700:]
    test += chance.sample(sorted(set(train) - set(test)), copied)
    manifest = (
        HEAD + "data: {splits: {strategy: random, parts: [{part: train, file: a.csv}, {part: test, file: c.csv}]}}\n"
    )
    files = {"mlgov.yaml": manifest} | {
        name: csv([(n, f"v{n}") for n in some], "x,y") for name, some in (("a.csv", train), ("c.csv", test))
    }
    outcome = judged(RULES["DAT402"], files)
    assert bool(outcome.verdicts) == bool(copied)
    assert bool(outcome.abstentions) != bool(copied)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (lambda y, n, chance: f"c{y}", "copy"),
        (lambda y, n, chance: 10 * y + chance.random(), "cut"),
        (lambda y, n, chance: y + 3 * chance.random(), ""),
        (lambda y, n, chance: f"name {n}", ""),
        (lambda y, n, chance: n, ""),
    ],
)
def test_a_column_that_tells_the_label_is_found_and_no_other(column: Any, told: str, tmp_path: Path) -> None:
    chance = random.Random(3)
    some = [(y, column(y, n, chance)) for n in range(200) for y in (n * 7 % 3 % 2,)]
    manifest = HEAD + "data: {labels: {name: y}, datasets: [{id: d, role: train, location: d.csv}]}\n"
    found = measured(written(tmp_path, {"mlgov.yaml": manifest, "d.csv": csv(some, "y,c")}))
    assert [m.how for m in found.measurements if isinstance(m, MeasuredGiveaway)] == ([told] if told else [])


def test_infinite_and_missing_numbers_are_told_apart(tmp_path: Path) -> None:
    manifest = HEAD + "data: {datasets: [{id: d, location: d.csv}], columns: [{name: x, type: number}]}\n"
    files = {"mlgov.yaml": manifest, "d.csv": "x\n1.5\nNaN\ninf\n-Infinity\n1e400\n"}
    (verdict,) = judged(RULES["DAT401"], files).verdicts
    assert verdict.message == "3 values of x in d.csv are no number"
