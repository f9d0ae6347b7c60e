"""Every export is accepted by the tools it is for, and says nothing that mlgov itself would contradict."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from huggingface_hub import ModelCard
from huggingface_hub.repocard_data import EvalResult

from mlgov.documents import locate, resolve
from mlgov.exports import cyclonedx, facts, hugging_face, model_card
from mlgov.finding import Severity
from mlgov.lifecycle.project import Project
from mlgov.run import Request, check
from tests.unit.formats.reading import FIXTURES, folder, project

ROOT = Path(__file__).parents[3]
TREES = {
    "churn": folder(ROOT / "examples" / "churn"),
    "native": folder(FIXTURES / "model_card" / "real") | folder(FIXTURES / "cyclonedx" / "real"),
    "toolkit": folder(FIXTURES / "model_card_toolkit" / "real"),
    "empty": {"mlgov.yaml": b"apiVersion: mlgov/v1\nproject: {id: nothing}\n"},
    "hostile": {
        "mlgov.yaml": b'apiVersion: mlgov/v1\nproject: {id: x, name: "--- | <b>\\n# y", intended_use: "a: b\\n---\\n"}\n'
        b'framing: {task: "no"}\nevaluation: {results: [{metric: f1, value: 85.7%, dataset: "a: b", split: test}]}\n'
    },
}


@pytest.fixture(params=TREES, scope="module")
def tree(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return TREES[request.param]


@pytest.fixture(scope="module")
def known(tree: dict[str, bytes]) -> Project:
    return project(tree)


def test_facts_fit_their_schema(known: Project) -> None:
    schema = json.loads(files("mlgov.exports").joinpath("facts.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(facts.export([known])), schema)


def test_every_fact_stands_where_it_says(known: Project, tree: dict[str, bytes]) -> None:
    (said,) = json.loads(facts.export([known]))["projects"]
    assert said["facts"]
    for fact in said["facts"]:
        raw = tree[fact["file"]]
        if "line" in fact:
            assert fact["line"] <= raw.count(b"\n") + 1
        elif fact["pointer"]:
            assert locate(fact["file"], raw, fact["pointer"], fact.get("document", 0)).line


def test_facts_keep_text_and_unit() -> None:
    found = {f["path"]: f for f in json.loads(facts.export([project(TREES["churn"])]))["projects"][0]["facts"]}
    time = next(f for f in found.values() if f["unit"] == "s" and f["text"].endswith("ms"))
    assert time["value"] == float(time["text"].removesuffix("ms")) / 1000
    assert found["metrics[roc_auc].acceptable.min"]["value"] == float(found["metrics[roc_auc].acceptable.min"]["text"])


def test_cyclonedx_fits_its_schema(known: Project) -> None:
    pytest.importorskip("cyclonedx")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(cyclonedx.export(known)) is None


def test_the_fixture_of_cyclonedx_fits_the_schema() -> None:
    pytest.importorskip("cyclonedx")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (FIXTURES / "cyclonedx" / "real" / "churn.cdx.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_hugging_face_reads_the_front_matter(known: Project) -> None:
    text = hugging_face.export(known)
    data: Any = ModelCard(text + "\n# Card\n", ignore_metadata_errors=False).data
    assert bool(data.eval_results) == ("model-index:" in text)
    again: Any = ModelCard(f"---\n{data.to_yaml()}\n---\n").data
    assert again.to_dict() == data.to_dict()


def test_hugging_face_holds_the_results_of_the_example() -> None:
    data: Any = ModelCard(hugging_face.export(project(TREES["churn"]))).data
    assert (data.license, data.model_name) == ("apache-2.0", "Churn call list")
    results: list[EvalResult] = data.eval_results
    assert {(r.metric_type, r.metric_value, r.dataset_type, r.dataset_split) for r in results} == {
        ("roc_auc", 0.8712, "test_2026", "test"),
        ("recall", 0.625, "test_2026", "test"),
        ("precision", 0.642857, "test_2026", "test"),
    }


def test_a_card_has_every_section(known: Project) -> None:
    text = model_card.export(known)
    titles = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert titles == [
        "Model details", "Intended use", "Out-of-scope use", "Factors", "Metrics", "Evaluation data", "Training data",
        "Quantitative analyses", "Ethical considerations", "Caveats and recommendations",
    ]  # fmt: skip
    for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        assert part.strip()


def test_what_is_unknown_stays_unknown() -> None:
    text = model_card.export(project(TREES["empty"]))
    assert text.count("not stated") == 14
    read = project({"MODEL_CARD.md": text.encode()})
    assert not read.identity.version
    assert not read.identity.card.sections


def said(known: Project) -> dict[str, Any]:
    """What a project states about one model as a whole, as far as every card can tell it."""
    return {
        "results": {(r.metric, r.literal("value")) for r in known.results if not r.slice},
        "limits": {row.statement for row in known.evaluation.limitations},
        "use": known.identity.intended_use,
        "version": known.identity.version,
    }


def test_a_card_is_read_back_as_it_was() -> None:
    before = project(TREES["churn"])
    after = said(project({"MODEL_CARD.md": model_card.export(before).encode()}))
    assert after["results"] == {("roc_auc", "0.8712"), ("recall", "0.625"), ("precision", "0.642857")}
    assert after["use"] == before.identity.intended_use
    assert after["version"] == before.identity.version


def test_a_bill_of_materials_is_read_back_as_it_was() -> None:
    before = project(TREES["churn"])
    after = said(
        project(
            {
                "MODEL_CARD.md": b"# Model card\n\n## Limitations\n\n## Uses\n",
                "bom.json": cyclonedx.export(before).encode(),
            }
        )
    )
    assert after["results"] == {("roc_auc", "0.8712"), ("recall", "0.625"), ("precision", "0.642857")}
    assert after["limits"] == {row.statement for row in before.evaluation.limitations}
    assert after["version"] == before.identity.version


def test_what_is_written_contradicts_nothing(tmp_path: Path) -> None:
    for path, raw in TREES["churn"].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    before, _ = check(Request((str(tmp_path),), today="2026-11-20", use_cache=False))
    known = project(TREES["churn"])
    (tmp_path / "bom.json").write_text(cyclonedx.export(known))
    (tmp_path / "docs").mkdir(exist_ok=True)
    (tmp_path / "docs" / "model_card.md").write_text(hugging_face.export(known) + "\n" + model_card.export(known))
    after, _ = check(Request((str(tmp_path),), today="2026-11-20", use_cache=False))
    known_before = {(f.code, f.message) for f in before.findings}
    new = [(f.code, f.message) for f in after.findings if f.severity > Severity.INFO]
    assert [finding for finding in new if finding not in known_before] == []


def test_equal_projects_give_equal_bytes(tree: dict[str, bytes]) -> None:
    for export in (hugging_face.export, cyclonedx.export, model_card.export):
        assert export(project(tree)) == export(project(dict(reversed(tree.items()))))


def test_pointers_of_facts_resolve_in_json() -> None:
    (said,) = json.loads(facts.export([project(TREES["toolkit"])]))["projects"]
    data = json.loads(TREES["toolkit"]["model_card.json"])
    pointed = [f for f in said["facts"] if f.get("pointer")]
    assert pointed
    assert all(resolve(data, f["pointer"]) is not None for f in pointed)
