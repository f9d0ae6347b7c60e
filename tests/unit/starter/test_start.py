"""A first manifest says what files prove, asks what the rules ask, and is itself without fault, whatever files say."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov import starter
from mlgov.artifact import Artifact, Claim
from mlgov.documents import read_yaml
from mlgov.finding import Origin, Severity
from mlgov.formats import manifest
from mlgov.inventory import Shelf, take
from mlgov.lifecycle.assembly import assemble
from mlgov.lifecycle.data import Data
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.identity import Identity
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.project import Project
from mlgov.policy.settings import default_settings
from mlgov.presence import missing
from mlgov.rule import Rule
from mlgov.snapshot import MemoryTree

TODAY = "2026-11-20"


class Told:
    """A format that states each key of `told.json` as the path of the model that it names."""

    NAME, PATHS, MARKERS, ROLE = "told", ("told.json",), (), "anchor"

    @staticmethod
    def recognise(artifact: Artifact) -> Claim | None:
        return Claim("1")

    @staticmethod
    def read(artifact: Artifact) -> Iterator[Fact]:
        for path, value in (artifact.data or {}).items():
            for i, item in enumerate(value if path.endswith("[]") else [value]):
                yield Fact(path, item, artifact.at(path, i) if path.endswith("[]") else artifact.at(path))


def presence(code: str, section: str, stage: str, judges: type, check: Any) -> Rule:
    severities = (Severity.ERROR,) * 3
    doc = "A law.\n\n## Remedy\nx"
    return Rule(code, "x-missing", "x", severities, stage, "0.1", (), (), {}, judges, {}, section, True, check, doc, "")


def of_sources(data: Data) -> Any:
    yield from missing(data, "{}", "sources")
    for dataset in data.datasets:
        yield from missing(dataset, "{}", "provenance", "rows")


RULES = (
    presence("REQ001", "problem", "ideation", Project, lambda p: missing(p.problem, "{}", "business_goal")),
    presence("REQ004", "problem", "ideation", Project, lambda p: missing(p.problem.ml_fit, "{}", "pattern")),
    presence("EVA007", "project", "validation", Identity, lambda i: missing(i, "{}", "intended_use")),
    presence("FRM003", "metrics", "development", Project, lambda p: ()),
    presence("FRM005", "metrics", "development", Metric, lambda m: missing(m, "{}", "direction")),
    presence("RIS001", "risks", "ideation", Project, lambda p: ()),
    presence("DAT001", "data", "development", Data, of_sources),
    presence("ROL001", "rollout", "pre_launch", Project, lambda p: missing(p.rollout, "{}", "stages")),
)


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "installed_formats", lambda _: (manifest, Told))
    monkeypatch.setattr(starter, "installed_rules", lambda _: RULES)


def started(told: dict[str, Any], folder: str = "churn", name: str = "told.json") -> str:
    """The first manifest of a folder with one file; it is read again, and no finding about it is accepted."""
    path = f"{folder}/{name}".lstrip("/")
    tree = MemoryTree({path: json.dumps(told)})
    text = starter.Start(tree, default_settings(), lambda _: True, folder, TODAY).text()
    hold_to_account(text, {path: json.dumps(told)}, folder)
    return text


def hold_to_account(text: str, files: dict[str, str], folder: str) -> None:
    own = f"{folder}/mlgov.yaml".lstrip("/")
    tree = MemoryTree({**files, own: text})
    assert not read_yaml(text.encode()).flaws
    inventory, _ = take(tree, (manifest, Told), lambda _: True)
    assert not inventory.defects
    assembled = assemble(inventory.evidence, tree, Shelf(tree).look_up, TODAY)
    assert [p.folder for p in assembled.projects] == [folder]
    assert [d for some in assembled.defects.values() for d in some if any(o.file == own for o in d.origins)] == []


def active(text: str) -> Any:
    return read_yaml(text.encode()).documents[0].data


def test_what_nothing_proves_is_not_claimed() -> None:
    assert active(started({})) == {"apiVersion": "mlgov/v1", "project": {"id": "churn"}}


def test_a_value_that_a_file_holds_points_to_it() -> None:
    text = started({"project.name": "Churn: a list", "training.lineage.seed": 17})
    assert active(text)["project"]["name"] == {"source": {"file": "told.json", "pointer": "/project.name"}}
    assert active(text)["training"] == {
        "lineage": {"seed": {"source": {"file": "told.json", "pointer": "/training.lineage.seed"}}}
    }
    assert "# Churn: a list" in text


def test_a_value_that_no_pointer_reaches_is_copied_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(artifact: Artifact) -> Iterator[Fact]:
        yield Fact("project.name", "1.10", Origin(artifact.path, "@3:1"))

    monkeypatch.setattr(Told, "read", staticmethod(read))
    text = started({})
    assert active(text)["project"]["name"] == "1.10"
    assert "# churn/told.json:3" in text


def test_a_value_that_the_model_refuses_is_left_out() -> None:
    text = started({"serving.mode": "sometimes", "project.risk_tier": "TBD", "serving.nonsense": "x"})
    assert set(active(text)) == {"apiVersion", "project"}


def test_lists_are_told_and_not_repeated() -> None:
    text = started({"evaluation.results[]": [{"metric": "auc", "value": 0.91}, {"metric": "f1", "value": 0.8}]})
    assert "# results read from churn/told.json: auc, f1\n" in text
    assert "# measured, but not defined: auc, f1\n" in text
    assert "evaluation" not in active(text)


def test_prompts_are_what_the_rules_ask_for_at_the_stage() -> None:
    text = started({"evaluation.results[]": [{"metric": "auc", "value": 0.91}]})
    assert "# problem:\n#   business_goal:" in text
    assert "#   ml_fit:\n#     pattern:" in text
    assert "#   intended_use:" in text
    assert "# - id:" in text
    assert "#   direction:" in text
    assert "#     provenance:" in text
    assert "(FRM005)" in text
    assert "(FRM003)" in text
    assert "rollout" not in text.rpartition("# Not asked for at stage validation: ")[0]
    assert "validation" in text


def test_prompts_become_yaml_when_they_are_uncommented() -> None:
    text = started({"evaluation.results[]": [{"metric": "auc", "value": 0.91}]})
    body = text.partition("apiVersion:")[2].rpartition("# Not asked")[0]
    lines = (line.removeprefix("# ") for line in body.splitlines() if ":" in line.partition("  #")[0])
    kept = [line for line in lines if line.lstrip(" -").partition(":")[0].replace("_", "").isalnum()]
    reading = read_yaml(("apiVersion:" + "\n".join(kept)).encode())
    assert not reading.flaws
    data = reading.documents[0].data
    assert data["metrics"] == [{"id": None, "direction": None}]
    assert data["problem"] == {"business_goal": None, "ml_fit": {"pattern": None}}
    assert data["data"]["datasets"] == [{"id": None, "rows": None, "provenance": None}]


VALUE = st.one_of(
    st.text(max_size=40), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["yes", "no", "null", "1.10", "0x1F", "- a", "{a: b}", "#", "a: b", "a #b", "\n", "\u2028", "\ud800",
                     "##[error]", "%TAG", "<<", "*a", "&a", "!!python/none", "\ufffe", "'", '"', "\\", "low", "production"]),
)  # fmt: skip
PATHS = st.sampled_from(
    ["project.name", "project.description", "project.stage", "project.risk_tier", "project.version", "project.id",
     "project.regulatory.x: y", "project.domain[]", "project.card.file", "problem.business_goal", "training.lineage.seed",
     "training.selection.selected", "serving.model_version", "serving.mode", "evaluation.results[]", "metrics[]", "data.x",
     "monitoring.detection_sla", "nonsense", "project"],
)  # fmt: skip


@given(told=st.dictionaries(PATHS, VALUE | st.lists(VALUE, max_size=3)), folder=st.sampled_from(["", "churn", "a b/ç"]))
def test_whatever_files_say_the_manifest_is_without_fault(told: dict[str, Any], folder: str) -> None:
    started({k: v if not k.endswith("[]") or isinstance(v, list) else [v] for k, v in told.items()}, folder)
