"""Feedback must reach what it is said to be used for, as soon as it was promised.

## Why
A button whose clicks nobody reads costs trust twice: when it is pressed, and when nothing happens.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
data: {labels: {source: automatic, event: reply_sent}}
feedback:
  channels: [{id: thumbs, event: thumbs_down, use: [labels]}]
  labels: {source: events, events: [reply_sent]}
~~~

### the promise is shorter than the retraining
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
data: {labels: {source: automatic, event: thumbs_down}}
feedback:
  channels: [{id: thumbs, event: thumbs-down, use: [labels], turnaround: 24h}]
  retraining: {cadence: 90d}
~~~

### not kept
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
feedback: {channels: [{id: edits, type: model_correction, event: edit, use: [labels], logged: false}]}
~~~

### nothing watches it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
monitoring: {signals: [{id: sent, kind: label, event: reply_sent}]}
feedback: {channels: [{id: thumbs, event: thumbs_down, use: [monitoring]}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
data: {labels: {source: automatic, event: thumbs_down}}
monitoring: {signals: [{id: thumbs, kind: label, event: ThumbsDown}]}
feedback:
  channels: [{id: thumbs, event: thumbs_down, use: [labels, monitoring], turnaround: 90d, logged: true}]
  retraining: {cadence: 13w}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
feedback: {channels: [{id: thumbs, event: thumbs_down, use: [labels]}]}
~~~

## Remedy
read the event where it is said to be used, log it, or promise what the retraining can keep

## References
S0-31, S0-56, S0-57, S0-60, S0-63, S2-32
"""

import re

from mlgov.rulekit import Channel, Findings, Origin, Project, abstain, rule

Readers = list[tuple[str, Origin]]


@rule("UXD203", severity="-WE", sources=["S0-31", "S0-56", "S0-57", "S0-60", "S0-63", "S2-32"])
def feedback_not_wired(channel: Channel, project: Project) -> Findings:
    if channel.logged is False and set(channel.use) & {"labels", "evaluation", "monitoring"}:
        yield channel.at("logged"), f"channel {channel.id} is used for {', '.join(channel.use)}, but is not logged"
        return
    for use, readers in (("labels", _labels(project)), ("monitoring", _signals(project))):
        if use in channel.use:
            yield from _read(channel, use, readers)
    yield from _promise(channel, project)


def _read(channel: Channel, use: str, readers: Readers) -> Findings:
    if not channel.event or not readers:
        yield abstain(f"unknown event of channel {channel.id}" if not channel.event else f"unknown events of {use}")
    elif _plain(channel.event) not in {_plain(event) for event, _ in readers}:
        names = ", ".join(sorted({event for event, _ in readers}))
        words = f"channel {channel.id} says use: {use}, but {use} read {names}, not {channel.event}"
        yield channel.at("event"), words, [place for _, place in readers]


def _labels(project: Project) -> Readers:
    labels, arriving = project.data.labels, project.feedback.labels
    found = [(labels.event, labels.at("event"))] if labels and labels.event else []
    return found + [(e, arriving.at("events", i)) for i, e in enumerate(arriving.events if arriving else [])]


def _signals(project: Project) -> Readers:
    return [(s.event, s.at("event")) for s in project.monitoring.signals if s.event]


def _promise(channel: Channel, project: Project) -> Findings:
    """What waits for a training cannot come sooner than the training."""
    retraining = project.feedback.retraining
    cadence = retraining.cadence if retraining else None
    waits = "labels" in channel.use and not set(channel.use) & {"product", "prioritisation"}
    if (
        waits
        and retraining
        and cadence is not None
        and channel.turnaround is not None
        and channel.turnaround < cadence * 0.98
    ):
        words = f"channel {channel.id} promises an effect in {channel.turnaround.text}, retraining comes every {cadence.text}"
        yield channel.at("turnaround"), words, [retraining.at("cadence")]


def _plain(event: str) -> str:
    return re.sub(r"[\W_]+", "", event).lower()
