"""The risk tier must be lowered only with a reason and an approver.

A lowered profile of the settings is reported by CHG518 policy-weakened, once for the repository.

## Why
The tier decides what is asked of a project. Whoever lowers it in passing lowers everything that follows from it.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: high}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: low}
~~~

### the tier is gone
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: medium}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~

### a reason without an approver
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: high}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: low}
process: {changes: [{path: project.risk_tier, reason: a person decides now}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: high}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: medium}
process: {changes: [{path: project.risk_tier, reason: a person decides now, approved_by: eva}]}
~~~

### raised, and stated for the first time
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: low}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {risk_tier: medium, id: churn}
~~~

## Abstains
~~~yaml before/a/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: high}
~~~
~~~yaml after/b/mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
~~~

## Remedy
restore the tier, or add an entry to process.changes for project.risk_tier with the reason and an approver other than the author

## References
S2-28; EU AI Act Article 6(4)
"""

from mlgov.rulekit import Change, Findings, abstain, rule

from ._words import approval

TIERS = ("", "low", "medium", "high")


@rule("CHG507", severity="EEE", sources=["S2-28"], fixed=True)
def risk_tier_lowered(change: Change) -> Findings:
    old, new = change.base.identity, change.head.identity
    lowered = TIERS.index(new.risk_tier or "") < TIERS.index(old.risk_tier or "")
    if not lowered or approval(change, "project.risk_tier"):
        return
    if change.removed:
        yield abstain(f"the project is gone, and its risk tier {old.risk_tier} with it")
        return
    said = f"lowered from {old.risk_tier} to {new.risk_tier}" if new.risk_tier else f"removed (it was {old.risk_tier})"
    yield new.at("risk_tier"), f"the risk tier is {said} without an approved reason", [old.at("risk_tier")]
