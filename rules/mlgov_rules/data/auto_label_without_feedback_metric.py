"""An event that becomes a label must be watched in production.

## Why
When the event is no longer logged, the labels turn negative without any error, and the next model learns that nobody
likes anything.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: pre_launch}
data:
  labels: {name: liked, source: automatic, event: like, mapping: like = 1}
monitoring:
  signals: [{id: latency, kind: latency}, {id: dismissals, kind: label, event: dismiss}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: pre_launch}
data:
  labels: {name: liked, source: automatic, event: video-like}
monitoring:
  signals: [{id: likes, kind: label, event: video_like}]
~~~

### a feedback channel carries it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: pre_launch}
data:
  labels: {name: liked, source: automatic, event: like}
feedback:
  channels: [{id: likes, event: like}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed, stage: pre_launch}
data:
  labels: {name: liked, source: automatic, event: like}
~~~

## Remedy
add a monitoring signal or a feedback channel with this `event`

## References
S4-33, S4-39; Rules of ML #10
"""

import re

from mlgov.rulekit import Findings, Labels, Project, abstain, rule


@rule("DAT204", severity="IWE", stage="pre_launch", sources=["S4-33", "S4-39"])
def auto_label_without_feedback_metric(labels: Labels, project: Project) -> Findings:
    if labels.source != "automatic":
        return
    signals, channels = project.monitoring.signals, project.feedback.channels
    watched = {_plain(s.event) for s in (*signals, *channels) if s.event}
    if not labels.event:
        yield abstain("unknown event behind the label")
    elif _plain(labels.event) in watched:
        return
    elif not signals:
        yield abstain("no signals are declared")
    elif any(s.kind == "label" and not s.event for s in signals):
        yield abstain("a signal of kind label does not say which event it watches")
    else:
        message = f"no signal or feedback channel watches {labels.event}, which becomes the label"
        yield labels.at("event"), message, [signals[0].at()]


def _plain(event: str) -> str:
    return re.sub(r"[\W_]+", "", event).lower()
