"""`mlgov expectations`: one suite on the terminal, several into a folder, and no word of a suite that nobody declares."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mlgov.cli.expectations import command
from mlgov.errors import UsageError

TWO = """apiVersion: mlgov/v1
project: {id: p}
data:
  datasets: [{id: train, role: train, rows: 3}, {id: test, role: test, rows: 2}]
"""


def run(folder: Path, *arguments: str, manifest: str = TWO) -> Result:
    (folder / "mlgov.yaml").write_text(manifest, encoding="utf-8")
    return CliRunner().invoke(command, [str(folder), *arguments], catch_exceptions=True)


def test_one_data_set_is_printed_as_json(tmp_path: Path) -> None:
    suite = json.loads(run(tmp_path, "--dataset", "train").stdout)
    assert suite == {
        "name": "p.train",
        "expectations": [
            {"type": "expect_table_row_count_to_equal", "kwargs": {"value": 3}, "meta": {"declared": "mlgov.yaml#/data/datasets/0/rows"}}
        ],
        "meta": {},
        "notes": None,
    }  # fmt: skip


def test_several_go_into_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(tmp_path, "-o", f"{out}/").exit_code == 0
    assert {p.name: json.loads(p.read_text())["name"] for p in out.iterdir()} == {
        "p.train.json": "p.train", "p.test.json": "p.test",
    }  # fmt: skip
    assert run(tmp_path, "--dataset", "test", "-o", str(tmp_path / "one.json")).exit_code == 0
    assert json.loads((tmp_path / "one.json").read_text())["name"] == "p.test"


@pytest.mark.parametrize(
    ("arguments", "manifest", "words"),
    [((), TWO, "2 data sets have expectations: p.train, p.test"), (("--dataset", "tain"), TWO, "did you mean 'train'"),
     (("--project", "q"), TWO, "no project is called 'q'"), ((), TWO.partition("data:")[0], "nothing is declared about the data")],
)  # fmt: skip
def test_what_is_not_told_apart_is_an_error_of_usage(
    tmp_path: Path, arguments: tuple[str, ...], manifest: str, words: str
) -> None:
    found = run(tmp_path, *arguments, manifest=manifest)
    assert isinstance(found.exception, UsageError)
    assert words in str(found.exception)
