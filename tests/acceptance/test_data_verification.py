"""`mlgov check --data`: asked for, it measures; not asked for, it says so; what it cannot measure ends with exit code 2."""

import sqlite3
from pathlib import Path

from tests.acceptance.repository import Repository

MANIFEST = """\
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, location: data/train.csv}]}
"""
ROWS = "id,churned\n1,0\n2,1\n"
SELECT = 'select = ["DAT2"]\n'


def repository(folder: Path, settings: str = SELECT, rows: str | None = ROWS) -> Repository:
    """A repository whose one data set git ignores, as it does where DVC keeps it."""
    made = Repository(folder, **{"mlgov.yaml": MANIFEST, ".mlgov.toml": settings, ".gitignore": "data/\n"})
    if rows is not None:
        made.write(**{"data/train.csv": rows})
    return made


def test_data_are_measured_where_they_are_asked_for(tmp_path: Path) -> None:
    made = repository(tmp_path, rows='id,churned\n1,"0\n')
    assert made.mlgov("check").returncode == 0
    done = made.mlgov("check", "--data")
    assert done.returncode == 2
    assert "mlgov.yaml:3:" in done.stdout
    assert "data/train.csv line 2 has a quote that is never closed" in done.stdout


def test_the_settings_ask_for_it_and_nothing_is_remembered(tmp_path: Path) -> None:
    made = repository(tmp_path, SELECT + "data = {verify = true}\n")
    assert made.mlgov("check").returncode == 0
    made.write(**{"data/train.csv": "id,id\n1,2\n"})
    assert made.mlgov("check").returncode == 2


def test_data_that_are_not_here_are_no_silent_pass(tmp_path: Path) -> None:
    done = repository(tmp_path, rows=None).mlgov("check", "--data")
    assert (done.returncode, "data/train.csv is not here" in done.stdout) == (2, True)


def test_only_the_work_tree_has_data(tmp_path: Path) -> None:
    made = repository(tmp_path, SELECT + "data = {verify = true}\n")
    done = made.mlgov("check", "--scope", "staged")
    assert (done.returncode, "note: data were not verified" in done.stdout) == (0, True)
    assert made.mlgov("check", "--data", "--scope", "HEAD").returncode == 2


def test_a_wrong_limit_is_a_located_error(tmp_path: Path) -> None:
    done = repository(tmp_path, SELECT + "[data]\nmax_memory = 'much'\n").mlgov("check", "--data")
    assert done.returncode == 2
    assert ".mlgov.toml:2:2: data.max_memory is 'much', expected a limit above 0 such as '2GB'" in done.stderr


def test_a_change_cannot_switch_verification_off(tmp_path: Path) -> None:
    made = repository(tmp_path, 'select = ["CHG5"]\ndata = {verify = true}\n')
    made.git("checkout", "-q", "-b", "change")
    made.commit("off", **{".mlgov.toml": 'select = ["CHG5"]\n'})
    made.write(**{"data/train.csv": "id,id\n1,2\n"})
    done = made.mlgov("check", "--base", "main")
    assert done.returncode == 2
    assert "data not verified" in done.stdout
    assert "names a column twice" in done.stdout


def test_expectations_are_run_where_the_data_lie(tmp_path: Path) -> None:
    made = repository(tmp_path, 'select = ["DAT4"]\n', rows=None)
    manifest = MANIFEST.replace("data/train.csv}", "data/train.csv, rows: 3, key: [id]}")
    made.write(**{"mlgov.yaml": manifest})
    with sqlite3.connect(tmp_path / "ml.db") as database:
        database.executescript("CREATE TABLE train (id INTEGER); INSERT INTO train VALUES (1), (1)")
    database.close()
    done = made.mlgov("check", "--data", "--connect", f"train=sqlite:///{tmp_path}/ml.db?mode=secret#train")
    assert done.returncode == 1
    assert "id should be unique; in sqlite:" in done.stdout
    assert "the number of rows should be 3" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert made.mlgov("check", "--data", "--connect", "none=sqlite:///ml.db#t").returncode == 2
