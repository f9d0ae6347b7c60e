"""Fixes are made as a whole or not at all, and only where the finding goes and none comes."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlgov.edits.difference import unified
from mlgov.errors import EditError, UsageError
from mlgov.fixing import Fixing, fixed, write
from mlgov.run import Request

BOM = "\ufeff"
MANIFEST = """\
# the product
apiVersion: mlgov/v1   # kept
project: {id: churn, artifacts: [reports/Metrics.json]}
metrics:  # two of them
- {id: recall, Unit: fraction}   # one
- {id: latency_p95, unit: s}
experiments:
- {id: calls, primary_metrics: [recal], guardrails: [{metric: latency-p95, margin: 10ms}]}
evaluation:
  results:
  - {metric: recall, value: 0.93, split: test, source: {file: reports/metrics.json, pointer: /recall}}
"""
WAIVERS = """\
# accepted
- {rule: EVA203, subject: churn, reason: known, owner: ada, expires: 2026-01-01}  # old
"""


def _repository(folder: Path, manifest: str = MANIFEST) -> Request:
    (folder / "reports").mkdir(exist_ok=True)
    (folder / "reports" / "metrics.json").write_text('{"recall": 0.8712}')
    (folder / "mlgov.yaml").write_bytes(manifest.encode())
    (folder / ".mlgov").mkdir(exist_ok=True)
    (folder / ".mlgov" / "waivers.yaml").write_text(WAIVERS)
    return Request((str(folder),), today="2026-11-20", use_cache=False)


def _codes(fixing: Fixing) -> list[str]:
    return [f.code for f in fixing.made]


def test_safe_fixes_are_made_and_the_others_wait(tmp_path: Path) -> None:
    fixing = fixed(_repository(tmp_path))
    assert _codes(fixing) == ["CHG508", "DEP216", "INT003"]
    text = fixing.after["mlgov.yaml"].decode()
    assert "artifacts: [reports/metrics.json]" in text
    assert "{id: recall, unit: fraction}   # one" in text
    assert "[recal]" in text
    assert "value: 0.93" in text
    assert fixing.after[".mlgov/waivers.yaml"] == b"# accepted\n[]\n"


def test_unsafe_fixes_are_made_where_they_are_asked_for(tmp_path: Path) -> None:
    text = fixed(_repository(tmp_path), unsafe=True).after["mlgov.yaml"].decode()
    assert "[recall]" in text
    assert "value: 0.87," in text


def test_nothing_is_written_before_it_is_asked_for(tmp_path: Path) -> None:
    fixing = fixed(_repository(tmp_path))
    assert (tmp_path / "mlgov.yaml").read_text() == MANIFEST
    write(fixing)
    assert (tmp_path / "mlgov.yaml").read_bytes() == fixing.after["mlgov.yaml"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_fixing_keeps_layout_removes_findings_brings_none_and_is_idempotent(
    tmp_path: Path, data: st.DataObject
) -> None:
    lines = MANIFEST.splitlines(keepends=True)
    for at in sorted(data.draw(st.sets(st.integers(1, len(lines)))), reverse=True):
        lines.insert(at, data.draw(st.sampled_from(["# 메모\n", "\n", "  # indented\n"])))
    text = "".join(lines).replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    text = data.draw(st.sampled_from(["", BOM])) + text
    unsafe = data.draw(st.booleans())
    fixing = fixed(_repository(tmp_path, text), unsafe=unsafe)
    before = {f.fingerprint for f in fixing.first.findings}
    after = {f.fingerprint for f in fixing.last.findings}
    assert not after - before
    assert not after & {f.fingerprint for f in fixing.made}
    new = fixing.after["mlgov.yaml"].decode()
    assert [line.partition("#")[1:] for line in new.split("\n")] == [
        line.partition("#")[1:] for line in text.split("\n")
    ]
    assert new.startswith(BOM) == text.startswith(BOM)
    assert new.count("\r\n") == text.count("\r\n")
    write(fixing)
    again = fixed(Request((str(tmp_path),), today="2026-11-20", use_cache=False), unsafe=unsafe)
    assert not again.made
    assert not again.after


def test_a_fix_that_would_bring_another_finding_is_not_made(tmp_path: Path) -> None:
    request = _repository(
        tmp_path, MANIFEST.replace("[recal]", "[latency_p95]").replace("primary_metrics", "primary_metricz")
    )
    fixing = fixed(request, unsafe=True)
    assert all("it would bring" in left.reason or "stay" in left.reason for left in fixing.left)
    assert not {f.code for f in fixing.last.findings} - {f.code for f in fixing.first.findings}


def test_files_behind_links_are_left_alone(tmp_path: Path) -> None:
    request = _repository(tmp_path)
    (tmp_path / "elsewhere.yaml").write_text((tmp_path / "mlgov.yaml").read_text())
    (tmp_path / "mlgov.yaml").unlink()
    (tmp_path / "mlgov.yaml").symlink_to("elsewhere.yaml")
    fixing = fixed(request)
    assert "mlgov.yaml" not in fixing.after
    assert any("symbolic link" in left.reason for left in fixing.left)


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    _repository(outside)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "service").symlink_to(outside)
    (inside / "mlgov.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: x}\n")
    fixing = fixed(Request((str(inside),), today="2026-11-20", use_cache=False), unsafe=True)
    write(fixing)
    assert (outside / "mlgov.yaml").read_text() == MANIFEST


def test_only_the_work_tree_is_fixed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--scope staged"):
        fixed(_repository(tmp_path)._replace(scope="staged"))


def test_a_file_that_changed_meanwhile_leaves_all_as_they_were(tmp_path: Path) -> None:
    fixing = fixed(_repository(tmp_path))
    (tmp_path / "mlgov.yaml").write_text("apiVersion: mlgov/v1\n")
    with pytest.raises(EditError, match="changed while it was edited"):
        write(fixing)
    assert (tmp_path / "mlgov.yaml").read_text() == "apiVersion: mlgov/v1\n"
    assert (tmp_path / ".mlgov" / "waivers.yaml").read_text() == WAIVERS


@given(st.binary(max_size=30), st.binary(max_size=30))
@settings(max_examples=25, deadline=None)
def test_git_takes_the_diff(tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes) -> None:
    old, new = (raw.replace(b"\0", b"a") for raw in (old, new))
    if not old or not new or old == new:
        return
    folder = tmp_path_factory.mktemp("diff")
    (folder / "카 드.md").write_bytes(old)
    environment = os.environ | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        input=unified("카 드.md", old, new), cwd=folder, env=environment, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (folder / "카 드.md").read_bytes() == new


def test_a_source_is_corrected_in_file_and_pointer(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("reports/metrics.json, pointer: /recall", "Reports/metrics.json, pointer: /recall")
    fixing = fixed(_repository(tmp_path, manifest))
    assert "source: {file: reports/metrics.json, pointer: /recall}" in fixing.after["mlgov.yaml"].decode()
    manifest = MANIFEST.replace("pointer: /recall", "pointer: /Recall").replace("0.93", "0.87")
    fixing = fixed(_repository(tmp_path, manifest))
    assert "INT011" in _codes(fixing)
    assert "pointer: /recall}" in fixing.after["mlgov.yaml"].decode()


def test_a_number_in_the_front_matter_of_a_card_is_corrected(tmp_path: Path) -> None:
    card = (
        "---\r\nmodel-index:\r\n- name: churn\r\n  results:\r\n  - task: {type: text-classification}\r\n"
        "    dataset: {name: test, type: x}\r\n    metrics:\r\n    - type: recall   # 재현율\r\n      value: 0.95\r\n---\r\n"
        "# 모델 카드\r\n"
    )
    (tmp_path / "MODEL_CARD.md").write_bytes(card.encode())
    (tmp_path / "metrics.json").write_text('{"recall": 0.8712}')
    fixing = fixed(Request((str(tmp_path),), today="2026-11-20", use_cache=False), unsafe=True)
    assert fixing.after["MODEL_CARD.md"].decode() == card.replace("0.95", "0.87")
