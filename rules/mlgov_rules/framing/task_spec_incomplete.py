"""The task must be specified: its type, how it is learnt, what goes in, what comes out and in which range.

## Why
Loss, metrics, monitoring and the contract with callers all follow from the output. Whoever does not know whether 0.7 is a
probability or a price cannot check any of them.

How it is learnt need not be said where the task tells it (a classification or regression is supervised). Sequences, rankings
and structures have no range, and named classes stand for one.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {ml_objective: estimate the probability of leaving, task: tabular-classification}
~~~

### how a model learns to play
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: pricing, stage: development}
framing: {task: bandit, inputs: [demand], output: {type: continuous, range: [0, 100]}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {task: tabular-classification, inputs: [tenure, price], output: {type: binary, range: [0, 1]}}
~~~

### classes in place of a range, and text that has none
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: development}
framing: {task: text-classification, inputs: [text], output: {type: multiclass, classes: [question, complaint]}}
~~~
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: answers, stage: development}
framing: {task: text-generation, learning_type: self-supervised, inputs: [question], output: {type: sequence}}
~~~

## Remedy
state `framing.task`, `learning_type`, `inputs`, `output.type` and `output.range`

## References
S4-15, S4-16, S4-17, S2-21; NIST AI RMF MAP 2.1
"""

from mlgov.rulekit import Findings, Framing, Output, Project, presence

_SUPERVISED = ("classification", "regression", "forecasting", "detection", "segmentation")
_WITHOUT_RANGE = ("sequence", "structured", "ranking")
_WORDS = {"task": "task type", "learning_type": "learning type", "inputs": "inputs"}


@presence("FRM002", "framing", severity="WEE", stage="development", sources=["S4-15", "S4-16", "S4-17", "S2-21"])
def task_spec_incomplete(framing: Framing, project: Project) -> Findings:
    lacking = framing.lacks("task", "learning_type", "inputs")
    if any(mark in (framing.task or "") for mark in _SUPERVISED):
        lacking = [field for field in lacking if field != "learning_type"]
    words = [_WORDS[field] for field in lacking]
    if not project.is_excused("framing.output"):
        words += _of_output(framing.output)
    if words:
        yield framing.at(), f"the task specification lacks {', '.join(words)}"


def _of_output(output: Output | None) -> list[str]:
    if output is None:
        return ["output type", "output range"]
    has_range = output.has("range") or output.type in _WITHOUT_RANGE or bool(output.classes)
    return ["output type"] * (not output.has("type")) + ["output range"] * (not has_range)
