"""A product that replaces software by a model must learn from its use.

## Why
The product gets better only if use gives labels, labels start a training, and a metric shows that both grow. Where the
task is mature, `feedback.flywheel: {not_applicable: {reason}}` says so.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: pre_launch}
product: {type: software-2.0}
feedback: {channels: [{id: thumbs, event: thumbs_down, use: [monitoring]}]}
~~~

### no growth is watched
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: pre_launch}
product: {type: software-2.0}
feedback: {channels: [{id: edits, use: [labels]}], retraining: {cadence: 30d}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: pre_launch}
metrics: [{id: labelled_replies, kind: business}]
product: {type: software-2.0}
feedback:
  channels: [{id: edits, use: [labels]}]
  retraining: {triggers: [{kind: data_volume}]}
  flywheel: {metric: labelled_replies, growth: 5 % per month}
~~~

### a task that does not change
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: digits, stage: pre_launch}
product: {type: software-2.0}
feedback: {channels: [{id: thumbs, use: [monitoring]}], flywheel: {not_applicable: {reason: digits do not change}}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: pre_launch}
product: {type: software-2.0}
~~~

## Remedy
use feedback as labels, retrain on them, and watch the metric that grows; or say why the task needs no flywheel

## References
S2-26, S2-29
"""

from collections.abc import Iterator

from mlgov.rulekit import Feedback, Findings, Product, Project, abstain, rule


@rule("UXD202", severity="-WE", stage="pre_launch", sources=["S2-26", "S2-29"])
def software2_without_flywheel(product: Product, project: Project) -> Findings:
    if "software-2.0" not in product.type or project.is_excused("feedback.flywheel"):
        return
    if not project.has_section("feedback"):
        if not project.is_excused("feedback"):
            yield abstain("feedback is not described")
        return
    lacking = list(_lacking(project.feedback))
    if lacking:
        yield (
            project.at("feedback"),
            f"software-2.0 without a data flywheel: {', '.join(lacking)}",
            [product.at("type")],
        )


def _lacking(feedback: Feedback) -> Iterator[str]:
    labelled = feedback.labels is not None and (feedback.labels.has("source") or feedback.labels.has("events"))
    if not labelled and not any("labels" in c.use for c in feedback.channels):
        yield "feedback gives no labels"
    retraining = feedback.retraining
    if retraining is None or not (retraining.triggers or retraining.cadence or retraining.staleness_limit):
        yield "nothing starts a retraining"
    if feedback.flywheel is None or not feedback.flywheel.has("metric"):
        yield "no metric of growth"
