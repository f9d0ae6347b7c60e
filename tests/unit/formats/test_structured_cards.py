"""Model cards with structure: Model Card Toolkit, SageMaker, Model Card++, CycloneDX, SPDX 3; and approvals of releases."""

import json
from typing import Any

from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, project, values
from tests.unit.formats.test_ownership import of


def metrics(said: dict[str, Any]) -> dict[str, Any]:
    """The results of a card by metric, without the metric itself."""
    return {row["metric"]: {k: v for k, v in row.items() if k != "metric"} for row in said["evaluation.results[]"]}


def test_a_card_of_the_toolkit() -> None:
    said = of("model_card_toolkit")
    assert metrics(said) == {
        "roc_auc": {"value": "0.871", "slice": "region=EU", "ci": {"low": "0.861", "high": "0.881"}}
    }
    assert said["data.datasets[]"] == [
        {"id": "churn-2026", "aliases": ["churn 2026"], "location": "https://example.org/churn"}
    ]
    assert said["data.columns[]"] == [{"name": "age", "pii": "personal"}]
    assert said["risks[]"] == [{"description": "age", "mitigation": "left out"}]
    assert (said["team.ownership.model"], said["project.license.weights"]) == ("risk-ml@example.org", "Apache-2.0")


def test_the_version_of_the_toolkit_is_told_by_shape() -> None:
    entries = inventory(folder(FIXTURES / "model_card_toolkit" / "minimal")).entries
    assert [entry.version for entry in entries] == ["0.0.1"]
    said = of("model_card_toolkit", "minimal")
    assert [row.get("role") for row in said["data.datasets[]"]] == ["train", None]


def test_the_ends_of_an_interval_keep_their_places() -> None:
    files = folder(FIXTURES / "model_card_toolkit" / "real")
    (fact,) = [f for f in facts(files, "model-card-toolkit") if f.path == "evaluation.results[]"]
    assert fact.parts["ci.low"].pointer.endswith("/confidence_interval/lower_bound")


def test_a_card_of_sagemaker_in_all_three_forms() -> None:
    files = folder(FIXTURES / "sagemaker_card" / "real")
    for name in files:
        known = project({name: files[name]})
        assert known.identity.risk_tier == "low"
        assert [(r.metric, r.split, r.literal("value")) for r in known.evaluation.results] == [
            ("auc", "train", "0.93"),
            ("auc", None, "0.871"),
        ]
        assert known.problem.stakeholders == ["CRM", "Call centre"]
        assert dict(known.training.hyperparameters)["learning_rate"] == "0.1"
    said = of("sagemaker_card", "minimal")
    assert (said["project.risk_tier"], said["project.description"]) == ("high", "Ranks accounts")
    assert said["process.approvals[]"] == [{"of": "release", "outcome": "pending"}]
    assert "team.ownership.model" not in said  # a reference of CloudFormation


def test_model_card_plus() -> None:
    said = of("model_card_plus")
    assert said["project.intended_use"] == "Churn prediction"
    assert said["evaluation.limitations[]"] == [{"statement": "Not valid for new accounts"}]
    assert said["evaluation.fairness.protected_attributes[]"] == [{"name": "Age"}]
    assert of("model_card_plus", "minimal") == {"data.privacy.pii": "none"}


def test_a_bill_of_materials() -> None:
    said = of("cyclonedx")
    assert metrics(said) == {"roc_auc": {"value": "0.871", "ci": {"low": "0.861", "high": "0.881"}}}
    assert (said["framing.learning_type"], said["framing.task"]) == ("supervised", "classification")
    assert said["team.ownership.data"] == "CRM"
    assert said["project.intended_use"] == "rank accounts for retention calls"


def test_a_bill_of_materials_in_xml_is_named_and_not_read() -> None:
    text = '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="machine-learning-model"/></components></bom>'
    (entry,) = inventory({"bom.xml": text}).entries
    assert (entry.state, entry.version, entry.reason) == ("claimed", "1.6", "XML: present, not read")


def test_two_models_of_a_bill_are_variants() -> None:
    data = json.loads((FIXTURES / "cyclonedx" / "real" / "churn.cdx.json").read_text())
    data["components"].append(data["components"][0] | {"name": "churn-small", "bom-ref": "m2"})
    found = values({"bom.json": json.dumps(data)}, "cyclonedx", "evaluation.results[]")
    assert [row["variant"] for row in found] == ["churn", "churn-small"]


def test_spdx() -> None:
    said = of("spdx")
    assert metrics(said) == {"roc_auc": {"value": "0.871"}, "recall": {"value": "0.61", "threshold": "0.4"}}
    assert said["data.datasets[]"] == [
        {"id": "churn-train", "aliases": ["churn-train"], "rows": "48000", "role": "train"}
    ]
    assert (said["project.risk_tier"], said["data.privacy.pii"]) == ("low", "none")
    assert said["training.hyperparameters.learning_rate"] == "0.1"


def test_an_approval_with_a_failed_criterion() -> None:
    (said,) = of("approval_record")["process.approvals[]"]
    assert said == {
        "of": "release", "outcome": "approved", "by": "ada", "version": "1.4.0", "on": "2026-05-22",
        "criteria": [{"id": "Fairness", "status": "failed"}],
    }  # fmt: skip
    (said,) = of("approval_record", "minimal")["process.approvals[]"]
    assert said["criteria"] == [{"id": "accuracy", "status": "passed"}, {"id": "fairness", "status": "failed"}]
    assert said["outcome"] == "rejected"
