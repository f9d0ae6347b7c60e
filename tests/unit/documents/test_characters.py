"""Bytes and names: LFS pointers, file kinds, and an import that costs nothing."""

import subprocess
import sys

import pytest

from mlgov.documents import LfsPointer, is_lfs_pointer, kind_of, read

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"


def test_lfs_pointer_is_present_but_unread() -> None:
    found = is_lfs_pointer(POINTER)
    assert isinstance(found, LfsPointer)
    assert found.oid.startswith("sha256:4d7a")
    assert found.size == 12345
    assert is_lfs_pointer(POINTER.replace(b"\n", b"\r\n")) == found
    for path in ("a.yaml", "a.json", "a.toml", "a.md", "a.csv"):
        assert read(path, POINTER) == ((), ())


@pytest.mark.parametrize("raw", [b"", b"version https://git-lfs.github.com/spec/v1\n", POINTER + b"x" * 2000, b"a: 1"])
def test_anything_else_is_no_pointer(raw: bytes) -> None:
    assert is_lfs_pointer(raw) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.YML", "yaml"), ("dvc.lock", "yaml"), ("data.csv.dvc", "yaml"), ("m/MLmodel", "yaml"), ("x.json", "json"), ("README.md", "markdown"),
        ("pyproject.toml", "toml"), ("d.tsv", "csv"), ("Makefile", None), ("a.py", None), ("yaml", None), ("x.yaml/file", None),
    ],
)  # fmt: skip
def test_kind_of_a_file_name(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_unknown_files_are_not_read() -> None:
    assert read("model.pkl", b"\x80\x04") == ((), ())


def test_import_loads_no_parser() -> None:
    heavy = "['ruamel', '_ruamel_yaml', 'markdown_it', 'tomllib', 'csv', 'pydantic']"
    code = f"import sys, mlgov.documents; print([name for name in {heavy} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
