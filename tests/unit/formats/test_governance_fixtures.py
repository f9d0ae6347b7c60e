"""Ownership, decisions, documents and structured cards: what is of a format is claimed, what only looks so is left.

`sagemaker_card/real/card.json` was written by sagemaker 2.257.7 (the content that `ModelCard` sends), `spdx/real` by
spdx-python-model 0.0.6; `citation/real` passes `cffconvert --validate` 2.0.0, and CycloneDX the schema that
cyclonedx-python-lib ships. The other real files are written by hand: their formats have no library that writes them.
"""

from importlib import import_module

import pytest

from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, folder, inventory, project

FORMATS = (
    "codeowners licence pyproject citation backstage owners decision_record product_document readme workflow "
    "model_card_toolkit sagemaker_card model_card_plus cyclonedx spdx approval_record monitoring_report "
    "thresholds model_metadata training_config exported_series technical_documentation"
).split()
CASES = [(name, path.name) for name in FORMATS for path in sorted((FIXTURES / name).iterdir())]
# formats whose broken files are simply no files of the format
_SILENT = (
    "licence", "readme", "model_card_plus", "model_metadata", "training_config", "exported_series", "technical_documentation",
)  # fmt: skip


def name_of(format_: str) -> str:
    return str(import_module(f"mlgov.formats.{format_}").NAME)


@pytest.mark.parametrize("format_", FORMATS)
def test_has_a_fixture_of_every_kind(format_: str) -> None:
    assert [kind for name, kind in CASES if name == format_] == ["broken", "minimal", "near_miss", "real"]


@pytest.mark.parametrize(("format_", "kind"), [c for c in CASES if c[1] in ("real", "minimal")])
def test_every_file_is_claimed_and_fits_the_model(format_: str, kind: str) -> None:
    files = folder(FIXTURES / format_ / kind)
    found = inventory(files)
    assert {e.file for e in found.evidence if e.format == name_of(format_) and e.facts} == set(files)
    assert not found.defects
    for path, raw in files.items():
        assert project({path: raw, "mlgov.yaml": "apiVersion: mlgov/v1\nproject: {id: churn}\n"}).id == "churn"


@pytest.mark.parametrize("format_", FORMATS)
def test_what_looks_alike_is_not_claimed(format_: str) -> None:
    found = inventory(folder(FIXTURES / format_ / "near_miss"))
    assert not [e.file for e in found.evidence if e.format == name_of(format_)]
    assert not [d for d in found.defects if "cannot be read as" in d.message]


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in _SILENT])
def test_each_broken_file_is_told_with_its_place(format_: str) -> None:
    files = folder(FIXTURES / format_ / "broken")
    defects = inventory(files).defects
    assert {d.origins[0].file for d in defects if d.origins[0].pointer} == set(files)


@pytest.mark.parametrize(("format_", "kind"), CASES)
def test_cut_anywhere_nothing_crashes(format_: str, kind: str) -> None:
    for path, raw in folder(FIXTURES / format_ / kind).items():
        for end in range(0, len(raw), max(1, len(raw) // 40)):
            found = inventory({path: raw[:end]})
            assert not [d for d in found.defects if "cannot be read as" in d.message]


@pytest.mark.parametrize(
    "format_", "citation backstage model_card_toolkit sagemaker_card cyclonedx spdx approval_record workflow".split()
)
def test_odd_values_never_crash(format_: str) -> None:
    survives(import_module(f"mlgov.formats.{format_}"))
