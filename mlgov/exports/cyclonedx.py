"""A CycloneDX 1.6 bill of materials: the model with its card, and the data sets with their owners."""

import json
from typing import Any

from mlgov.exports.headline import main, name
from mlgov.exports.licences import spdx
from mlgov.lifecycle.data import Dataset
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.result import MetricResult


def export(project: Project) -> str:
    """The document; it holds no clock and no random number, so that equal projects give equal bytes."""
    datasets = [dataset for dataset in project.data.datasets if dataset.id]
    model = _filled(
        type="machine-learning-model",
        **{"bom-ref": f"model:{project.id}"},
        name=project.identity.name or project.id or "model",
        version=project.identity.version,
        description=project.identity.description,
        licenses=_licences(project),
        modelCard=_card(project, datasets),
    )
    data = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": [model, *(_dataset(project, dataset) for dataset in datasets)],
    }
    return json.dumps(data, indent=2) + "\n"


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def _licences(project: Project) -> list[dict[str, Any]]:
    licence = project.identity.license
    said = licence.weights if licence else None
    if not said:
        return []
    known = spdx(said)
    return [{"license": {"id": known} if known else {"name": said}}]


def _card(project: Project, datasets: list[Dataset]) -> dict[str, Any]:
    architecture, framing = project.training.architecture, project.framing
    parameters = _filled(
        approach={"type": framing.learning_type} if framing.learning_type else None,
        task=framing.task,
        modelArchitecture=architecture.name if architecture else None,
        datasets=[{"ref": _ref(dataset)} for dataset in datasets],
        inputs=[{"format": text} for text in framing.inputs],
    )
    numbers = [_number(project, result) for result in main(project)]
    return _filled(
        modelParameters=parameters,
        quantitativeAnalysis=_filled(performanceMetrics=numbers),
        considerations=_considerations(project),
    )


def _number(project: Project, result: MetricResult) -> dict[str, Any]:
    ci = result.ci
    ends = (
        {"lowerBound": str(ci.low), "upperBound": str(ci.high)}
        if ci and ci.low is not None and ci.high is not None
        else None
    )
    return _filled(
        type=name(project, result), value=result.literal("value"), slice=result.slice, confidenceInterval=ends
    )


def _considerations(project: Project) -> dict[str, Any]:
    fairness = project.evaluation.fairness
    return _filled(
        users=list(project.problem.users),
        useCases=[project.identity.intended_use] if project.identity.intended_use else [],
        technicalLimitations=[row.statement for row in project.evaluation.limitations if row.statement],
        ethicalConsiderations=[
            _filled(name=risk.description, mitigationStrategy=risk.mitigation)
            for risk in project.risks
            if risk.description
        ],
        fairnessAssessments=[
            {"groupAtRisk": row.name} for row in (fairness.protected_attributes if fairness else ()) if row.name
        ],
    )


def _dataset(project: Project, dataset: Dataset) -> dict[str, Any]:
    ownership = project.team.ownership
    owner = ownership.data if ownership else None
    content = _filled(
        type="dataset",
        name=dataset.id,
        governance={"owners": [{"organization": {"name": owner}}]} if owner else None,
    )
    return _filled(type="data", **{"bom-ref": _ref(dataset)}, name=dataset.id, version=dataset.version, data=[content])


def _ref(dataset: Dataset) -> str:
    return f"data:{dataset.id}"
