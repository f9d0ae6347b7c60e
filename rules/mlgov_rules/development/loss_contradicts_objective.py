"""The loss must fit the task, and its weights must be those of the objective.

## Why
Training improves the loss and nothing else. A squared error on classes, or a weight of 0.7 where 0.5 was agreed,
optimises another product than the one that was decided on. Losses that the team wrote itself are not judged, and weights
are compared after scaling them to a sum of 1.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
training: {loss: {name: MSE}}
~~~

### classes are not predicted
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
framing: {output: {type: continuous}}
training: {loss: {name: categorical_crossentropy}}
~~~

### weights of the loss
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics: [{id: quality, role: primary}, {id: engagement, role: primary}]
framing: {multi_objective: {rule: weighted_sum, weights: {quality: 50%, engagement: 0.5}}}
training: {loss: {name: combined, weights: {quality: 0.7, engagement: 0.3}}}
~~~

### weights in serving
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics: [{id: quality, role: primary}, {id: engagement, role: primary}]
framing: {multi_objective: {rule: weighted_sum, weights: {quality: 0.5, engagement: 0.5}}}
training: {ensemble: [{model: ranker_q, objective: quality}, {model: ranker_e, objective: engagement}]}
serving: {combine: {ranker_q: 0.8, ranker_e: 0.2}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics: [{id: quality, role: primary}, {id: engagement, role: primary}]
framing: {output: {type: binary}, multi_objective: {rule: weighted_sum, weights: {quality: 0.6, engagement: 0.4}}}
training: {loss: {name: BCEWithLogitsLoss, weights: {quality: 0.3, engagement: 0.2}}}
~~~

### a loss of the team's own
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
training: {loss: {name: mse, custom: true}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
training: {loss: {name: margin_loss_v2}}
~~~

## Remedy
use a loss that fits the output, and give loss, ensemble and serving the weights of the objective

## References
S3-17, S3-30, S3-31, S4-16
"""

import re
from collections.abc import Iterator, Mapping
from math import fsum

from mlgov.rulekit import Findings, Loss, Origin, Project, Quantity, Training, abstain, rule

_CLASSES = ("binary", "multiclass", "multilabel")
_OF_NUMBERS = set(
    "mse mae rmse msle mape l1 l2 huber smoothl1 logcosh squarederror absoluteerror meansquarederror meanabsoluteerror "
    "rootmeansquarederror regsquarederror squaredloss leastsquares tweedie gamma regressionl1 regressionl2 regression".split()
)
_OF_CLASSES = set(
    "logloss crossentropy binarycrossentropy categoricalcrossentropy sparsecategoricalcrossentropy bce bcewithlogits "
    "focal hinge squaredhinge binarylogistic multisoftmax multisoftprob multiclass softmaxcrossentropy logistic".split()
)
_SLACK = 0.005  # weights are printed with two digits


@rule("MOD202", severity="WEE", sources=["S3-17", "S3-30", "S3-31", "S4-16"])
def loss_contradicts_objective(training: Training, project: Project) -> Findings:
    if training.loss and not training.loss.custom:
        yield from _task(training.loss, project)
    objective = project.framing.multi_objective
    wanted = dict(objective.weights) if objective else {}
    for whose, weights, place in _weights(training, project):
        if not wanted:
            yield abstain("the weights of the objectives are not stated")
        elif set(map(_plain, weights)) != set(map(_plain, wanted)):
            yield abstain(f"the weights of {whose} name other objectives")
        elif (words := _differing(weights, wanted)) and objective:
            yield place, f"{whose} weighs {words[0]}, the objective {words[1]}", [objective.at("weights")]


def _task(loss: Loss, project: Project) -> Findings:
    output = project.framing.output
    if not loss.name or output is None or output.type is None:
        if loss.name:
            yield abstain("unknown type of output")
        return
    names = {plain := re.sub(r"[\W_]+", "", loss.name.lower()), plain.removesuffix("loss")}
    shares = len(output.range) == 2 and output.range[0] >= 0 and output.range[1] <= 1
    wrong = bool(names & _OF_NUMBERS) and output.type in _CLASSES
    wrong = wrong or bool(names & _OF_CLASSES) and output.type == "continuous" and not shares
    if wrong:
        yield loss.at("name"), f"loss {loss.name} does not fit an output that is {output.type}", [output.at("type")]
    elif not names & (_OF_NUMBERS | _OF_CLASSES):
        yield abstain(f"unknown loss {loss.name}")


Weights = Mapping[str, Quantity]


def _weights(training: Training, project: Project) -> Iterator[tuple[str, Weights, Origin]]:
    """Every place that weighs objectives against each other."""
    if training.loss and len(training.loss.weights) > 1:
        yield "the loss", training.loss.weights, training.loss.at("weights")
    members = [e for e in training.ensemble if e.objective and e.model]
    stated = {e.objective: e.weight for e in members if e.objective and e.weight is not None}
    if len(stated) > 1 and len(stated) == len(members):
        yield "the ensemble", stated, members[0].at("weight")
    objectives = {e.model: e.objective for e in members if e.model and e.objective}
    combine = {objectives[m]: w for m, w in project.serving.combine.items() if m in objectives}
    if len(combine) > 1 and len(combine) == len(project.serving.combine):
        yield "serving", combine, project.serving.at("combine")


def _differing(weights: Weights, wanted: Weights) -> tuple[str, str] | None:
    """The first objective that is weighted differently, on both sides; None if there is none."""
    mine, theirs = fsum(weights.values()), fsum(wanted.values())
    targets = {_plain(name): (name, weight) for name, weight in wanted.items()}
    for name, weight in weights.items():
        target, other = targets[_plain(name)]
        if mine > 0 and theirs > 0 and abs(weight / mine - other / theirs) > _SLACK:
            return f"{name} with {weight.text}", f"{target} with {other.text}"
    return None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
