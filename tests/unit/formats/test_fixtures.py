"""Every adapter takes what its library writes and the least of its format, and leaves what only looks like it."""

from importlib import import_module

import pytest

from tests.unit.formats.reading import FIXTURES, folder, inventory

FORMATS = (
    "classification_report dvc dvc_lock dvc_pointer eval_results measurements metrics_file model_card params".split()
)
CASES = [(name, path.name) for name in FORMATS for path in sorted((FIXTURES / name).iterdir())]


def name_of(format_: str) -> str:
    return str(import_module(f"mlgov.formats.{format_}").NAME)


@pytest.mark.parametrize("format_", FORMATS)
def test_has_a_fixture_of_every_kind(format_: str) -> None:
    assert [kind for name, kind in CASES if name == format_] == ["broken", "minimal", "near_miss", "real"]


@pytest.mark.parametrize(("format_", "kind"), [c for c in CASES if c[1] in ("real", "minimal")])
def test_is_claimed(format_: str, kind: str) -> None:
    found = inventory(folder(FIXTURES / format_ / kind))
    assert name_of(format_) in {e.format for e in found.evidence}
    assert all(e.facts for e in found.evidence)
    assert not [d for d in found.defects if d.code != "INT007"]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_minimal_file_is_claimed(format_: str) -> None:
    files = folder(FIXTURES / format_ / "minimal")
    assert {e.file for e in inventory(files).evidence if e.format == name_of(format_)} == set(files)


@pytest.mark.parametrize("format_", FORMATS)
def test_is_not_claimed(format_: str) -> None:
    files = folder(FIXTURES / format_ / "near_miss")
    claimed = [e.file for e in inventory(files).evidence if e.format == name_of(format_)]
    assert not claimed


@pytest.mark.parametrize("format_", FORMATS)
def test_each_broken_file_is_told_with_its_place(format_: str) -> None:
    files = folder(FIXTURES / format_ / "broken")
    defects = [d for d in inventory(files).defects if d.origins[0].pointer]
    assert {d.origins[0].file for d in defects} == set(files)


@pytest.mark.parametrize(("format_", "kind"), CASES)
def test_cut_anywhere_nothing_crashes(format_: str, kind: str) -> None:
    for path, raw in folder(FIXTURES / format_ / kind).items():
        for end in range(0, len(raw), max(1, len(raw) // 40)):
            found = inventory({path: raw[:end]})
            assert not [d for d in found.defects if "cannot be read as" in d.message]
