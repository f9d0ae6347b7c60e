"""Formats of monitoring: what tools write is claimed, what only looks like it is left, and nothing crashes.

`evidently/real` was written by evidently 0.7.23 and 0.4.40, `grafana_dashboard/real` and `grafana_alerts/real/rule_group.json`
by grafana-foundation-sdk 10.1.0, `alibi_detect/real` by alibi-detect 0.13.0 (`save_detector` of a KSDrift and a TabularDrift);
`nannyml/real` is read by `nannyml.config.Config.load` of 0.13.1. The other real files follow the schemas of their projects,
whose tools are no Python packages.
"""

from importlib import import_module

import pytest

from tests.unit.formats.deployment import survives
from tests.unit.formats.reading import FIXTURES, folder, inventory, project

FORMATS = (
    "prometheus_rules prometheus_config service_monitor alertmanager grafana_alerts grafana_dashboard openslo sloth "
    "evidently nannyml sagemaker_monitor alibi_detect slo_document"
).split()
CASES = [(name, path.name) for name in FORMATS for path in sorted((FIXTURES / name).iterdir())]


def name_of(format_: str) -> str:
    return str(import_module(f"mlgov.formats.{format_}").NAME)


@pytest.mark.parametrize("format_", FORMATS)
def test_has_a_fixture_of_every_kind(format_: str) -> None:
    assert [kind for name, kind in CASES if name == format_] == ["broken", "minimal", "near_miss", "real"]


@pytest.mark.parametrize(("format_", "kind"), [c for c in CASES if c[1] in ("real", "minimal")])
def test_every_file_is_claimed_and_fits_the_model(format_: str, kind: str) -> None:
    files = folder(FIXTURES / format_ / kind)
    found = inventory(files)
    assert {e.file for e in found.evidence if e.format == name_of(format_)} == set(files)
    assert not found.defects
    for path, raw in files.items():
        assert project({path: raw}) is not None


@pytest.mark.parametrize("format_", FORMATS)
def test_what_looks_alike_is_not_claimed(format_: str) -> None:
    found = inventory(folder(FIXTURES / format_ / "near_miss"))
    assert not [e.file for e in found.evidence if e.format == name_of(format_)]
    assert not [d for d in found.defects if "cannot be read as" in d.message]


@pytest.mark.parametrize("format_", FORMATS)
def test_each_broken_file_is_told_with_its_place(format_: str) -> None:
    files = folder(FIXTURES / format_ / "broken")
    defects = inventory(files).defects
    assert {d.origins[0].file for d in defects if d.origins[0].pointer} == set(files)
    assert {d.code for d in defects} <= {"INT002", "INT009"}


@pytest.mark.parametrize(("format_", "kind"), CASES)
def test_cut_anywhere_nothing_crashes(format_: str, kind: str) -> None:
    for path, raw in folder(FIXTURES / format_ / kind).items():
        for end in range(0, len(raw), max(1, len(raw) // 40)):
            found = inventory({path: raw[:end]})
            assert not [d for d in found.defects if "cannot be read as" in d.message]


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in ("slo_document", "alibi_detect")])
def test_odd_values_never_crash(format_: str) -> None:
    survives(import_module(f"mlgov.formats.{format_}"))
