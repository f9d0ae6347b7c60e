"""A waiver must name its rule, reason, owner and expiry, hold, and be needed.

## Why
A waiver without an end is a rule that was switched off, and one without an owner is nobody's decision.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/.mlgov/waivers.yaml
- {rule: EVA203, subject: churn, reason: known, owner: ada}
~~~

### expired
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml .mlgov/waivers.yaml
- {rule: EVA203, subject: churn, reason: known, owner: ada, expires: 2026-11-01}
~~~

## Fixed
~~~yaml .mlgov/waivers.yaml
[]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.9}}]
evaluation: {results: [{metric: recall, value: 0.84, split: test}]}
~~~
~~~yaml after/.mlgov/waivers.yaml
- {rule: EVA203, subject: churn, reason: waits for the new labels, owner: ada, expires: 2027-01-15}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml .mlgov/waivers.yaml
- {rule: EVA203, subject: churn, reason: waits for the new labels, owner: ada, expires: 2027-01-15}
~~~

## Remedy
give the waiver a rule, a reason, an owner and a near expiry; remove it where it expired or covers nothing

## References
S0-01; NIST AI RMF MANAGE 1.4
"""

from mlgov.rulekit import Findings, PolicyChange, abstain, repair, rule


@rule("CHG508", severity="WEE", sources=["S0-01"], fixed=True)
def waiver_invalid(policy: PolicyChange) -> Findings:
    for waiver in policy.waivers:
        if waiver.problem:
            about = f"{waiver.rule or 'no rule'} on {waiver.subject}" if waiver.subject else waiver.rule or "no rule"
            gone = repair.fix("remove the waiver", repair.remove(waiver.entry), safe=True) if waiver.is_over else None
            yield waiver.origin, f"waiver for {about}: {waiver.problem}", [], gone
        elif not policy.has_base:
            yield abstain("without a base nothing tells which waivers are new (--base)")
