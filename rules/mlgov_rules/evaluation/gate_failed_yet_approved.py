"""What failed a criterion must not be approved without naming the exception and its owner.

## Why
A gate that is passed by those who fail it is no gate. An exception with a name is a decision; without one it is an
oversight.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction}]
evaluation:
  acceptance: [{id: finds_leavers, metric: recall, min: 0.60}]
  results: [{metric: recall, value: 0.53, split: test}]
process:
  approvals:
  - {of: evaluation, version: "1.4", by: eva@example.org, outcome: approved, criteria: [{id: finds_leavers, status: failed}]}
~~~

### an exception that nobody carries
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process:
  approvals:
  - of: release
    outcome: approved
    criteria: [{id: latency, status: failed}]
    exceptions: [{criterion: latency, reason: the old cluster}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process:
  approvals:
  - of: release
    outcome: approved
    criteria: [{id: recall, status: passed}, {id: latency, status: failed}]
    exceptions: [{criterion: latency, reason: the old cluster, owner: sam@example.org}]
  - {of: evaluation, outcome: rejected, criteria: [{id: recall, status: failed}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process:
  approvals: [{of: release, outcome: approved, criteria: [{id: latency}]}]
~~~

## Remedy
reject the version, or name the exception with its reason and the person who carries it

## References
S1-07; NIST AI RMF MANAGE 1.1
"""

from mlgov.rulekit import Approval, Criterion, Findings, Origin, Project, abstain, rule


@rule("EVA214", severity="WEE", sources=["S1-07"])
def gate_failed_yet_approved(approval: Approval, project: Project) -> Findings:
    if approval.outcome != "approved":
        return
    carried = {e.criterion for e in approval.exceptions if e.has("criterion", "reason", "owner")}
    for criterion in approval.criteria:
        if criterion.status is None:
            yield abstain(f"unknown status of criterion {criterion.id}")
        elif criterion.status == "failed" and criterion.id not in carried:
            numbers, places = _numbers(criterion, project)
            what = f"{approval.of or 'a release'} {approval.version or ''}".strip()
            words = f"{what} is approved although criterion {criterion.id} failed{numbers}"
            named = any(e.criterion == criterion.id for e in approval.exceptions)
            yield (
                criterion.at("status"),
                words + (", in an exception without owner" if named else ""),
                [approval.at(), *places],
            )


def _numbers(criterion: Criterion, project: Project) -> tuple[str, list[Origin]]:
    """The value and the bound of a criterion that the evaluation defines."""
    defined = next((c for c in project.evaluation.acceptance if c.id and c.id == criterion.id), None)
    if defined is None:
        return "", []
    side = "min" if defined.min is not None else "max"
    alike = project.comparer.named_alike
    measured = [r for r in project.results if alike(r.metric, defined.metric) and r.slice == defined.slice]
    value = measured[0].literal("value") if measured else "no value"
    return f" ({value} against {side} {defined.literal(side)})", [defined.at(), *(r.at("value") for r in measured[:1])]
