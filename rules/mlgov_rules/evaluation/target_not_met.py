"""A model must reach the acceptable bound of each of its metrics.

## Why
The acceptable bound is what the team promised not to ship below.

## Remedy
improve the model, or change the bound in a change of its own, with a reason and an approver

## References
S1-07, S4-09; EU AI Act Annex IV 2(g); NIST AI RMF MANAGE 1.1
"""

from mlgov.rulekit import Findings, MetricResult, Project, rule


@rule("EVA203", severity="WEE", sources=["S1-07", "S4-09"])
def target_not_met(result: MetricResult, project: Project) -> Findings:
    metric = project.metric(result.metric)
    if metric and metric.acceptable and result.value is not None and metric.acceptable.broken_by(result.value):
        yield result.at("value"), f"{metric.id} = {result.literal('value')} does not reach the bound", [metric.at("acceptable")]
