"""A guardrail metric must protect what the primary metric does not see.

## Why
A model that is optimised for one number takes it from somewhere: clicks from honesty, precision from speed. A guardrail says
how much of that is allowed.

An offline analysis (`problem.constraints.platform: none`) harms no user and is not asked.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: development}
metrics: [{id: ctr, scope: online, role: primary, definition: clicks per impression}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: development}
metrics:
- {id: ctr, scope: online, role: primary, definition: clicks per impression}
- {id: report_rate, scope: online, role: guardrail, definition: reports per impression, acceptable: {max: 0.1%}}
~~~

### an analysis
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: study, stage: development}
problem: {constraints: {platform: none}}
metrics: [{id: roc_auc, role: primary}]
~~~

## Remedy
give one metric of quality, latency or safety `role: guardrail` and an `acceptable` bound

## References
S3-28, S2-31; Kohavi, Tang, Xu 2020, ch. 7, 21
"""

from mlgov.rulekit import Findings, Project, presence


@presence("FRM004", "metrics", severity="IWE", stage="development", sources=["S3-28", "S2-31"])
def guardrail_metric_missing(project: Project) -> Findings:
    constraints = project.problem.constraints
    if constraints and constraints.platform == "none" or any(m.role == "guardrail" for m in project.metrics):
        return
    primary = [m for m in project.metrics if m.role == "primary"]
    protected = f"the primary metric {primary[0].id}" if primary else "any metric"
    yield project.at("metrics"), f"no guardrail metric protects {protected}", [m.at("role") for m in primary[:1]]
