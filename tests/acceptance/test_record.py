"""`mlgov record`: what was measured holds documents to it without the data, until the data are others."""

import json
from pathlib import Path

import pytest
from google.protobuf.json_format import ParseDict
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement

from mlgov.recording import FILE
from tests.acceptance.repository import TODAY, Repository

MANIFEST = """\
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
data: {datasets: [{id: test, role: test, location: data/test.csv, rows: 4}]}
evaluation:
  predictions: {file: data/predictions.csv, target: churned, prediction: said}
  results: [{metric: accuracy, value: 0.75, split: test, dataset: test}]
"""
PREDICTIONS = "churned,said\n1,1\n1,0\n0,0\n0,0\n"
ROWS = "tenure,churned\n1,1\n5,1\n7,0\n9,0\n"


def repository(folder: Path, ignored: str = "") -> Repository:
    return Repository(
        folder,
        **{
            "mlgov.yaml": MANIFEST,
            ".mlgov.toml": 'select = ["EVA2", "EVA4", "DAT2", "DAT4"]\n',
            ".gitignore": ignored,
            "data/predictions.csv": PREDICTIONS,
            "data/test.csv": ROWS,
        },
    )


def test_a_record_stands_for_the_data(tmp_path: Path) -> None:
    made = repository(tmp_path, "data/\n")
    done = made.mlgov("record")
    assert done.returncode == 0, done.stderr
    made.write(**{"mlgov.yaml": MANIFEST.replace("0.75", "0.95")})
    for path in ("predictions.csv", "test.csv"):
        (tmp_path / "data" / path).unlink()
    told = made.mlgov("check", "-o", "concise")
    assert told.returncode == 1
    assert "mlgov.yaml says accuracy = 0.95" in told.stdout
    assert f"{FILE} says accuracy = 0.75" in told.stdout


@pytest.mark.parametrize("path", ["data/predictions.csv", "data/test.csv"])
def test_other_data_make_it_stale(tmp_path: Path, path: str) -> None:
    made = repository(tmp_path)
    made.mlgov("record")
    assert made.mlgov("check").returncode == 0
    made.write(**{path: (tmp_path / path).read_text("utf-8") + "1,1\n"})
    told = made.mlgov("check", "-o", "concise", "--fail-on", "warning").stdout
    assert "INT014 stale-measurements" in told
    assert path in told


def test_data_kept_by_dvc_are_told_apart_by_their_md5(tmp_path: Path) -> None:
    made = repository(tmp_path, "data/*.csv\n")
    made.mlgov("record")
    made.write(**{"data/test.csv.dvc": "outs:\n- md5: 00000000000000000000000000000000\n  path: test.csv\n"})
    (tmp_path / "data" / "test.csv").unlink()
    assert "was measured with md5" in made.mlgov("check", "-o", "concise").stdout


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    made = repository(tmp_path)
    written = []
    for name in ("a.json", "b.json"):
        assert made.mlgov("record", "-o", name).returncode == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert json.loads(written[0])["date"] == TODAY


def test_the_statement_is_one_of_in_toto(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write(**{"mlgov.yaml": MANIFEST.replace("0.75", "0.95")})
    done = made.mlgov("record", "--statement", "verdict.json")
    data = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    Statement.copy_from_pb(ParseDict(data, statement_pb2.Statement())).validate()
    verdict = ParseDict(data["predicate"], test_result_pb2.TestResult())
    assert verdict.result == "WARNED"
    assert list(verdict.warned_tests) == ["EVA401"]
    assert "DAT401" in verdict.passed_tests
    assert done.returncode == 0


def test_nothing_is_recorded_where_something_could_not_be_measured(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write(**{"data/test.csv": 'tenure,churned\n1,"1\n'})
    done = made.mlgov("record")
    assert done.returncode == 2
    assert "data/test.csv" in done.stderr
    assert not (tmp_path / FILE).exists()


def test_no_data_no_record(tmp_path: Path) -> None:
    done = Repository(tmp_path, **{"mlgov.yaml": "apiVersion: mlgov/v1\nproject: {id: x}\n"}).mlgov("record")
    assert (done.returncode, "nothing to measure" in done.stderr) == (2, True)
