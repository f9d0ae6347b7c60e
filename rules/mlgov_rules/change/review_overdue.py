"""What is reviewed at intervals must have been reviewed in time, and what draws or describes a system must follow it.

A stated date wins over the history: without `last_reviewed`, the last change of the reviewed file counts. A diagram is
older than what it draws where this change altered how predictions are served and left it alone; a process document is,
where it names stages of the pipeline and stages came or went.

## Why
A review that is overdue for a year means that nobody has looked since the product was another one. A diagram of the
system before the last one misleads whoever is called at night.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, last_reviewed: 2025-11-01, interval: 180d}]}
~~~
~~~text after/notes.txt
any change
~~~

### by the last change of the file
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: docs/risks.md, interval: 30d}]}
~~~
~~~text docs/risks.md
Known risks.
~~~
~~~text after/notes.txt
any change
~~~

### the diagram is older than the configuration
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {target: cloud, mode: batch, diagram: docs/serving.mmd}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {target: cloud, mode: online, diagram: docs/serving.mmd}
~~~
~~~text docs/serving.mmd
A job writes scores to a table.
~~~

### a document tells of a stage that is gone
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {docs: [docs/process.txt]}
training: {pipeline: {tool: dvc, stages: [{id: clean}, {id: train}, {id: evaluate}]}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {docs: [docs/process.txt]}
training: {pipeline: {tool: dvc, stages: [{id: clean}, {id: train}]}}
~~~
~~~text docs/process.txt
First clean, then train, then evaluate.
~~~

## Passes
### the diagram follows, and one that no change concerns is left alone
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {target: cloud, mode: batch, replicas: 2, diagram: docs/serving.mmd}
process: {docs: [docs/review.txt]}
training: {pipeline: {tool: dvc, stages: [{id: clean}, {id: train}]}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {pipeline: {tool: dvc, stages: [{id: train}, {id: clean}, {id: register}]}}
process: {docs: [docs/review.txt]}
serving: {mode: online, target: cloud, replicas: 4, diagram: docs/serving.mmd}
~~~
~~~text before/docs/serving.mmd
A job writes scores to a table.
~~~
~~~text after/docs/serving.mmd
A service answers with scores.
~~~
~~~text docs/review.txt
How a change is reviewed.
~~~

### reviewed in time
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, last_reviewed: 2026-09-01, interval: 180d}]}
~~~
~~~text after/notes.txt
any change
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, interval: 30d}]}
~~~
~~~text after/notes.txt
any change
~~~

## Remedy
review it again, and write the date into process.reviews; draw the diagram anew in the change that alters what it draws

## References
S1-11, S1-43; NIST AI RMF GOVERN 1.5
"""

import re
from collections.abc import Iterator
from datetime import date

from mlgov.rulekit import (
    Change,
    Component,
    Endpoint,
    Findings,
    Origin,
    PipelineStage,
    Process,
    Review,
    Serving,
    abstain,
    rule,
)

from ._words import FETCH, is_untouched, unchanged_since


@rule("CHG515", severity="-IW", sources=["S1-11", "S1-43"])
def review_overdue(change: Change) -> Findings:
    yield from _overdue(change)
    if not change.added and not change.removed:
        yield from _diagram(change)
        yield from _documents(change)


def _overdue(change: Change) -> Findings:
    project = change.head
    for review in project.records(Review):
        if not review.interval or not review.of or not project.today:
            continue
        day = review.last_reviewed or change.last_change(project.path(review.of))
        if not day:
            known = project.exists(review.of)
            yield abstain(f"when {review.of} was last reviewed is not known" + (f": {FETCH}" if known else ""))
            continue
        age = (date.fromisoformat(project.today[:10]) - date.fromisoformat(day[:10])).days
        if age * 86400 > review.interval:
            how = "reviewed" if review.last_reviewed else "changed"
            words = f"{review.of} was last {how} {age} days ago ({day[:10]}), the limit is {review.literal('interval')}"
            yield review.at("last_reviewed" if review.last_reviewed else "interval"), words


def _diagram(change: Change) -> Findings:
    """A diagram that stayed as it was while what it draws changed."""
    for serving in change.head.records(Serving):
        news = next(_served_otherwise(change), None) if serving.diagram else None
        if news and serving.diagram and change.head.exists(serving.diagram):
            yield from _older(change, serving.diagram, serving.at("diagram"), *news)


def _served_otherwise(change: Change) -> Iterator[tuple[str, list[Origin]]]:
    for old, new in change.kept(Serving):
        for key in ("target", "mode"):
            if getattr(old, key) and getattr(new, key) and getattr(old, key) != getattr(new, key):
                words = f"serving.{key} changed from {old.literal(key)} to {new.literal(key)}"
                yield words, [new.at(key), old.at(key)]
    yield from _came_and_went(change, Component)
    yield from _came_and_went(change, Endpoint)


def _came_and_went(
    change: Change, kind: type[Component] | type[Endpoint] | type[PipelineStage]
) -> Iterator[tuple[str, list[Origin]]]:
    """Parts that were there before and are not, or the other way round; a part that stated none before came as a whole."""
    before, after = ({record.id for record in side.records(kind)} for side in (change.base, change.head))
    if before and after:
        yield from ((f"{r.subject} was removed", [r.at()]) for r in change.gone(kind) if r.id not in after)
        yield from ((f"{r.subject} was added", [r.at()]) for r in change.new(kind) if r.id not in before)


def _documents(change: Change) -> Findings:
    """Documents that name stages of the pipeline, and stayed as they were while stages came or went."""
    news = next(_came_and_went(change, PipelineStage), None)
    if news is None:
        return
    stages = {str(stage.id) for stage in change.base.records(PipelineStage) if stage.id}
    for process in change.head.records(Process):
        for number, path in enumerate(process.docs):
            if change.head.exists(path) and _describes(change.head.text(path) or "", stages):
                yield from _older(change, path, process.at("docs", number), *news)


def _describes(text: str, stages: set[str]) -> bool:
    """True if a text names at least two stages, and most of them."""
    named = {stage for stage in stages if re.search(rf"(?<![\w-]){re.escape(stage)}(?![\w-])", text)}
    return len(named) > 1 and len(named) * 2 > len(stages)


def _older(change: Change, path: str, at: Origin, words: str, others: list[Origin]) -> Findings:
    if not is_untouched(change, path):
        return
    if said := unchanged_since(change, path):
        yield at, f"{said}, but {words} in this change", others
    else:
        yield abstain(f"when {path} changed last is not known: {FETCH}")
