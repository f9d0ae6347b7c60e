"""Edits change the bytes that they name and no others, at once or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.edits import BOM, Edit, line_end, offset, replace, spliced
from mlgov.errors import EditError


@given(st.binary(max_size=40), st.integers(0, 40), st.integers(0, 40), st.binary(max_size=10))
def test_a_splice_keeps_every_other_byte(raw: bytes, a: int, b: int, text: bytes) -> None:
    start, end = sorted((min(a, len(raw)), min(b, len(raw))))
    made = spliced(raw, [Edit(start, end, text)])
    assert made[:start] == raw[:start]
    assert made[start : start + len(text)] == text
    assert made[start + len(text) :] == raw[end:]


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(EditError, match="overlap"):
        spliced(b"abcdef", [Edit(0, 3, b""), Edit(2, 4, b"")])


def test_an_offset_counts_code_points_behind_a_byte_order_mark() -> None:
    raw = BOM + "é: 1\r\n카드: x\r\n".encode()
    assert raw[offset(raw, 1, 1) :].startswith("é".encode())
    assert raw[offset(raw, 2, 5) :].startswith(b"x")
    assert raw[offset(raw, 2, 99) :] == b"\n"
    assert offset(raw, 9, 1) == len(raw)
    assert line_end(raw) == b"\r\n"


def test_a_file_is_replaced_with_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.yaml"
    replace(str(file), b"one", None)
    file.chmod(0o640)
    replace(str(file), b"two", b"one")
    assert file.read_bytes() == b"two"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir()] == ["a.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"theirs")
    with pytest.raises(EditError, match="changed while it was edited"):
        replace(str(file), b"ours", b"before")
    assert file.read_bytes() == b"theirs"


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(EditError, match="symbolic link"):
        replace(str(tmp_path / "link"), b"y", b"x")
