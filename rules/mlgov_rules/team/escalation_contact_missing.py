"""There must be somebody to ask, and somebody who is called.

## Why
An alert that reaches nobody, and a question that nobody answers, end in a switched-off alert and a guess.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
process: {docs: [docs/howto.md]}
~~~

### alerts, but nobody on call
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
process: {escalation: {channel: "#churn", contact: sam}}
monitoring: {alerts: [{name: Slow}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
process: {escalation: {channel: "#churn", contact: sam}}
monitoring: {alerts: [{name: Slow}], on_call: {contact: sam}}
~~~

## Remedy
state `process.escalation` with channel and contact, and `monitoring.on_call.contact`

## References
S1-44; NIST AI RMF MANAGE 4.3
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("ORG004", "process", severity="-WE", stage="pre_launch", sources=["S1-44"])
def escalation_contact_missing(project: Project) -> Findings:
    yield from missing_at(project, "process.escalation", "the escalation path lacks {}", "channel", "contact")
    if project.monitoring.alerts:
        yield from missing_at(project, "monitoring.on_call", "alerts fire, but the on-call duty lacks a {}", "contact")
