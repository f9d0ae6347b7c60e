"""Users must have a way to say that something is wrong, and somebody must read it.

## Why
Users see every error first. Where there are no end users, the operators are the ones to ask.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {retraining: {cadence: 90d}}
~~~

### nobody reads it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {channels: [{id: thumbs, type: binary_explicit}]}
~~~

### no section at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {channels: [{id: thumbs, type: binary_explicit, owner: bo}]}
~~~

## Remedy
add a channel, such as thumbs up and down, with an owner

## References
S0-56, S0-32; NIST AI RMF MEASURE 3.3
"""

from mlgov.rulekit import Findings, Project, missing, presence


@presence("UXD003", "feedback", severity="-WE", stage="pre_launch", lead=True, sources=["S0-56", "S0-32"])
def feedback_channel_missing(project: Project) -> Findings:
    channels = project.feedback.channels
    if not channels and not project.is_excused("feedback.channels"):
        yield project.at("feedback", "channels"), "users have no feedback channel"
    for channel in channels:
        yield from missing(channel, f"feedback channel {channel.id} lacks an {{}}", "id", "owner")
