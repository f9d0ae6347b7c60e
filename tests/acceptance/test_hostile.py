"""Broken and malicious input: a located message, the right exit code, and the other findings are still there."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MIB = 1024 * 1024
HEADER = b"apiVersion: mlgov/v1\nproject: {id: x}\n"
LEVELS = "bcdefghij"
BOMB = (
    b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{level}: &{level} [{','.join(['*' + chr(ord(level) - 1)] * 9)}]\n" for level in LEVELS).encode()
)

# name -> (path, content, code, line, words)
CASES: dict[str, tuple[str, bytes, str, int, str]] = {
    "broken": ("a/mlgov.yaml", b"apiVersion: [\n", "INT002", 2, "not YAML"),
    "oversized": ("a/mlgov.yaml", b"a: " + b"x" * 6 * MIB, "INT002", 1, "over 5 MB"),
    "deeply nested": ("a/mlgov.yaml", b"[" * 100_000, "INT002", 1, "nested deeper than 64"),
    "deeply nested mappings": ("a/mlgov.yaml", b"{a: " * 100_000, "INT002", 1, "nested deeper than 64"),
    "deeply nested JSON": ("a/metrics.json", b"[" * 100_000, "INT002", 1, "nested deeper than 64"),
    "alias bomb": ("a/mlgov.yaml", BOMB, "INT002", 6, "aliases expand"),
    "duplicate key": ("a/mlgov.yaml", HEADER + b"metrics: []\nmetrics: []\n", "INT005", 3, "duplicate key 'metrics'"),
    "duplicate JSON key": ("a/metrics.json", b'{"accuracy": 0.9,\n "accuracy": 0.1}', "INT005", 1, "duplicate key"),
    "NaN": ("a/metrics.json", b'{"accuracy": NaN}', "INT004", 1, "not a finite number"),
    "infinite": ("a/mlgov.yaml", HEADER + b"metrics: [{id: a, acceptable: {min: .inf}}]\n", "INT004", 3, "finite"),
    "NUL": ("a/mlgov.yaml", HEADER + b'problem: {statement: "a\x00b"}\n', "INT002", 3, "U+0000"),
    "not UTF-8": ("a/mlgov.yaml", HEADER + "problem: {statement: é}\n".encode("latin-1"), "INT002", 3, "not UTF-8"),
    "UTF-16": ("a/mlgov.yaml", "apiVersion: mlgov/v1\n".encode("utf-16"), "INT002", 1, "UTF-8"),
    "template": ("a/mlgov.yaml", b"project: {{ .Values.p }}\n{{- if x }}\na: b\n{{- end }}\n", "INT009", 1, "template"),
    "code in a tag": ("a/mlgov.yaml", HEADER + b"problem: {statement: !!python/object/apply:os.system [exit]}\n", "INT004", 3, ""),
    "one broken document": ("a/mlgov.yaml", HEADER + b"---\nb: [\n", "INT002", 5, "not YAML"),
    "many keys": ("a/mlgov.yaml", b"".join(b"k%d: 1\n" % i for i in range(500_000)), "INT002", 0, ""),
    "a list": ("a/mlgov.yaml", b"- a\n- b\n", "INT002", 1, "mapping"),
    "unfinished front matter": ("a/MODEL_CARD.md", b"---\nlicense: mit\n# Model card\n", "INT002", 1, ""),
}  # fmt: skip


def check(folder: Path) -> tuple[int, dict[str, Any], str]:
    """Exit code, JSON report and stderr of a run in `folder`, with 500 MB and 5 seconds of CPU at the most."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        resource.setrlimit(resource.RLIMIT_DATA, (500 * MIB, 500 * MIB))

    command = [sys.executable, "-m", "mlgov", "check", "--no-cache", "-o", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limit, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder whose own manifest has one plain defect, which must be reported whatever lies beside it."""
    (tmp_path / "mlgov.yaml").write_bytes(HEADER + b"metrics: [{id: m, role: primary, acceptable: {min: 1}, rol: x}]\n")
    (tmp_path / "a").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_located_and_hides_nothing(name: str, tree: Path) -> None:
    path, raw, code, line, words = CASES[name]
    (tree / path).write_bytes(raw)
    exit_code, report, stderr = check(tree)
    found = [f for f in report["findings"] if f["code"] == code and f["places"][0]["file"] == path]
    assert found, report["findings"]
    assert words in found[0]["message"]
    assert not line or found[0]["places"][0]["line"] == line
    assert "Traceback" not in stderr
    assert exit_code == (2 if code == "INT002" else 1)
    assert "INT003" in {f["code"] for f in report["findings"] if f["places"][0]["file"] == "mlgov.yaml"}
    assert report["completeness"]["completed"] is (code != "INT002")


@pytest.mark.parametrize("kind", ["fifo", "device", "loop", "outside"])
def test_what_is_no_regular_file_is_located(kind: str, tree: Path) -> None:
    target = tree / "a" / "mlgov.yaml"
    if kind == "fifo":
        os.mkfifo(target)
    else:
        to = {"device": "/dev/zero", "loop": "mlgov.yaml", "outside": "../../../etc/hosts"}[kind]
        target.symlink_to(to)
    exit_code, report, _ = check(tree)
    assert exit_code == 2
    assert [f["code"] for f in report["findings"] if f["places"][0]["file"] == "a/mlgov.yaml"] == ["INT002"]


def test_nothing_to_read_is_loud(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("hello")
    exit_code, _, stderr = check(tmp_path)
    assert exit_code == 2
    assert "mlgov init" in stderr


def test_nothing_of_the_tree_is_run(tree: Path) -> None:
    canary = tree / "canary"
    for name in ("yaml", "mlgov", "sitecustomize", "click", "json"):
        (tree / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').close()\n")
    program = Path(sys.executable).with_name("mlgov")
    done = subprocess.run([program, "check", "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert not canary.exists()
