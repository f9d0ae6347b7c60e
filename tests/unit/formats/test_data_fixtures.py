"""Every adapter of experiment stores and of data formats takes what is of its format, and leaves what only looks so."""

from importlib import import_module

import pytest

from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, folder, inventory

FORMATS = (
    "croissant data_card data_contract dbt feast_definitions feast_store frictionless gx_checkpoint gx_project gx_result "
    "gx_suite kedro_catalog kedro_parameters lm_evaluation mlflow_recipe mlflow_run mlflow_store mlmodel mlproject "
    "open_data_contract pandera wandb zenml".split()
)
CASES = [(name, path.name) for name in FORMATS for path in sorted((FIXTURES / name).iterdir())]
# files that stand beside those of a format and are in order themselves
_BESIDE = {"mlflow_run": "meta.yaml", "kedro_parameters": "pyproject.toml", "feast_definitions": "feature_store.yaml"}
_WHOLE = ("feast_definitions", "broken")  # Python that cannot be parsed is not claimed
_SILENT = [("gx_project", "real")]  # it checks a frame in memory


def name_of(format_: str) -> str:
    return str(import_module(f"mlgov.formats.{format_}").NAME)


@pytest.mark.parametrize("format_", FORMATS)
def test_has_a_fixture_of_every_kind(format_: str) -> None:
    kinds = [kind for name, kind in CASES if name == format_]
    assert kinds == [kind for kind in ("broken", "minimal", "near_miss", "real") if (format_, kind) != _WHOLE]


@pytest.mark.parametrize(("format_", "kind"), [c for c in CASES if c[1] in ("real", "minimal")])
def test_is_claimed_and_says_something(format_: str, kind: str) -> None:
    found = inventory(folder(FIXTURES / format_ / kind))
    assert any(e.facts or (format_, kind) in _SILENT for e in found.evidence if e.format == name_of(format_))
    assert not found.defects


@pytest.mark.parametrize("format_", FORMATS)
def test_every_minimal_file_is_claimed(format_: str) -> None:
    files = {file for file in folder(FIXTURES / format_ / "minimal") if not file.endswith(_BESIDE.get(format_, "///"))}
    found = inventory(folder(FIXTURES / format_ / "minimal"))
    assert {e.file for e in found.evidence if e.format == name_of(format_)} == files


@pytest.mark.parametrize("format_", FORMATS)
def test_is_not_claimed(format_: str) -> None:
    found = inventory(folder(FIXTURES / format_ / "near_miss"))
    assert not [e.file for e in found.evidence if e.format == name_of(format_)]


@pytest.mark.parametrize("format_", [f for f in FORMATS if f != _WHOLE[0]])
def test_each_broken_file_is_told_with_its_place(format_: str) -> None:
    files = {file for file in folder(FIXTURES / format_ / "broken") if not file.endswith(_BESIDE.get(format_, "///"))}
    defects = [d for d in inventory(folder(FIXTURES / format_ / "broken")).defects if d.origins[0].pointer]
    assert {d.origins[0].file for d in defects} == files
    assert not [d for d in defects if "cannot be read as" in d.message]


@pytest.mark.parametrize(("format_", "kind"), CASES)
def test_cut_anywhere_nothing_crashes(format_: str, kind: str) -> None:
    files = folder(FIXTURES / format_ / kind)
    for path, raw in files.items():
        for end in range(0, len(raw), max(1, len(raw) // 30)):
            found = inventory({**files, path: raw[:end]})
            assert not [d for d in found.defects if "cannot be read as" in d.message]


@pytest.mark.parametrize("format_", FORMATS)
def test_odd_values_never_crash(format_: str) -> None:
    survives(import_module(f"mlgov.formats.{format_}"))
