"""A feedback channel must say of which type it is, what it is used for, what users gain and when.

## Why
Feedback that serves no purpose annoys, and nobody gives it for long to help a company. Users give explicit feedback
again when they see what it changed for them; implicit feedback costs them nothing and needs no promise.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {channels: [{id: thumbs, owner: bo}]}
~~~

### altruism
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback:
  channels:
  - {id: thumbs, type: binary_explicit, use: [labels], user_value: helps us improve our model, turnaround: 14d, owner: bo}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback:
  channels:
  - {id: thumbs, type: binary_explicit, use: [labels], user_value: fewer useless suggestions, turnaround: 14d, owner: bo}
  - {id: clicks, type: direct_implicit, use: [monitoring], owner: bo}
~~~

## Remedy
state type (one of six), use, user_value (what the user gains) and turnaround

## References
S0-31, S0-60, S0-61, S0-62, S0-63
"""

from mlgov.rulekit import Channel, Findings, missing, presence
from mlgov_rules.product._copy_words import is_altruism

_IMPLICIT = ("indirect_implicit", "direct_implicit")


@presence(
    "UXD004", "feedback", severity="-WE", stage="pre_launch", sources=["S0-31", "S0-60", "S0-61", "S0-62", "S0-63"]
)
def feedback_spec_incomplete(channel: Channel) -> Findings:
    fields = ["type", "use"] if channel.type in _IMPLICIT else ["type", "use", "user_value", "turnaround"]
    yield from missing(channel, f"feedback channel {channel.id} lacks {{}}", *fields)
    if channel.user_value and is_altruism(channel.user_value):
        words = f"feedback channel {channel.id} offers users nothing but a good deed: {channel.user_value!r}"
        yield channel.at("user_value"), words
