"""Something must stop a worse model before it is deployed: a gate of the pipeline or of the retraining.

## Why
A pipeline that trains and deploys without comparing the primary metric deploys every mistake of the data. A person may
be the gate (`gate: manual`) up to risk tier medium; a gate whose metric is not named is given the benefit of the doubt.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.85}}]
feedback: {retraining: {cadence: 30d, auto_deploy: true}}
~~~

### the gate is on another metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.85}}, {id: train_time, role: diagnostic}]
training: {pipeline: {gates: [{metric: train_time, max: 1h}]}}
~~~

### a person alone, at a high risk
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit, stage: pre_launch, risk_tier: high}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.85}}]
feedback: {retraining: {cadence: 30d, gate: manual}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.85}}]
training: {pipeline: {gates: [{metric: ROC-AUC, min: 0.85}]}}
~~~

### a release criterion
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.85}}]
evaluation: {acceptance: [{id: good_enough, metric: roc_auc, min: 0.85}]}
feedback: {retraining: {cadence: 30d, gate: good_enough, auto_deploy: true}}
~~~

## Remedy
add a gate on the primary metric to `training.pipeline.gates`, or name a release criterion in `feedback.retraining.gate`

## References
S1-09; ML Test Score Infra 4; NIST AI RMF MANAGE 1.1
"""

from mlgov.rulekit import Findings, Metric, Project, Retraining, rule


@rule("DEP005", severity="-WE", stage="pre_launch", sources=["S1-09"])
def quality_gate_missing(project: Project) -> Findings:
    primary = [metric for metric in project.metrics if metric.role == "primary"]
    excused = any(
        project.is_excused(path) for path in ("training", "training.pipeline.gates", "feedback.retraining.gate")
    )
    if not primary or not project.has_manifest or excused:
        return
    pipeline, retraining = project.training.pipeline, project.feedback.retraining
    gates = pipeline.gates if pipeline else []
    if any(not g.metric or project.metric(g.metric) in primary for g in gates) or _gates(retraining, primary, project):
        return
    names = ", ".join(str(metric.id) for metric in primary)
    if retraining and retraining.auto_deploy:
        yield retraining.at("auto_deploy"), f"a retrained model is deployed by itself; no gate judges {names}"
    elif retraining and retraining.gate == "manual":
        yield retraining.at("gate"), f"risk tier high: only a person judges {names} before a model is deployed"
    else:
        place = gates[0].at("metric") if gates else project.at("training", "pipeline", "gates")
        yield place, f"nothing stops a worse model: no gate of the pipeline or the retraining judges {names}"


def _gates(retraining: Retraining | None, primary: list[Metric], project: Project) -> bool:
    """True if retraining is gated: by a criterion, or by a person where the risk is not high."""
    if not retraining or not retraining.gate:
        return False
    if retraining.gate == "manual":
        return bool(project.identity.risk_tier != "high")
    named = [c for c in project.evaluation.acceptance if c.id == retraining.gate]
    return not named or any(not c.metric or project.metric(c.metric) in primary for c in named)
