"""Where a class is rare, training must say what it does about it.

## Why
A model that never predicts the rare class can have the best loss. Doing nothing is an answer, if it has a reason.
A class is rare below `minority` of the rows for two classes, and below the same part of an even share for more.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud, stage: development}
data:
  datasets: [{id: train_2026, role: train, class_balance: {fraud: 0.02, honest: 0.98}}]
training:
  loss: {name: log_loss}
~~~

### none, without a reason
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud, stage: development}
data:
  datasets: [{id: train_2026, role: train, class_balance: {fraud: 2%, honest: 98%}}]
training:
  imbalance: {strategy: none}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud, stage: development}
data:
  datasets: [{id: train_2026, role: train, class_balance: {fraud: 0.02, honest: 0.98}}]
training:
  imbalance: {strategy: none, reason: the threshold is tuned on validation instead}
~~~

### twenty classes are not rare at five percent each
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: plants, stage: development}
data:
  datasets:
  - id: train_2026
    class_balance: {a: 0.2, b: 0.2, c: 0.2, d: 0.2, e: 0.05, f: 0.05, g: 0.05, h: 0.05}
training:
  loss: {name: cross_entropy}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud, stage: development}
data:
  datasets: [{id: train_2026, role: train, class_balance: {fraud: 0.02, honest: 0.98}}]
~~~

## Options
- `minority` (0.10): the share below which one of two classes is rare; for k classes it is `minority * 2 / k`

## Remedy
state `training.imbalance.strategy` (weights, resampling, threshold), or `none` with a reason

## References
S4-35
"""

import re

from mlgov.rulekit import Dataset, Findings, Project, abstain, rule

_HANDLED = re.compile(
    r"resampl|oversampl|undersampl|smote|class[_ -]?weight|scale_pos_weight|balanc|focal|weighted", re.IGNORECASE
)


@rule("DAT207", severity="IWE", stage="development", sources=["S4-35"], stricter={"minority": "higher"})
def class_imbalance_unhandled(dataset: Dataset, project: Project, *, minority: float = 0.10) -> Findings:
    if dataset.role not in ("train", None) or len(dataset.class_balance) < 2:
        return
    rare, share = min(dataset.class_balance.items(), key=lambda item: item[1])
    limit = minority * 2 / len(dataset.class_balance)
    if share >= limit:
        return
    if not project.has_manifest or not project.has_section("training"):
        yield abstain("how the model is trained is not described")
    elif not _handled(project):
        strategy = project.training.imbalance
        said = "training states no imbalance strategy"
        if strategy is not None and strategy.strategy:
            said = f"the imbalance strategy is {strategy.strategy} without a reason"
        place = strategy.at() if strategy else project.at("training", "imbalance")
        message = f"{rare} is {share.text} of {dataset.id or 'the data'}, below {limit:.3g}, and {said}"
        yield place, message, [dataset.at("class_balance", rare)]


def _handled(project: Project) -> bool:
    training = project.training
    imbalance = training.imbalance
    if imbalance is not None and imbalance.has("strategy"):
        return str(imbalance.strategy).lower() != "none" or imbalance.has("reason")
    sampling = project.data.sampling.strategy if project.data.sampling else None
    loss = training.loss.name if training.loss else None
    said = [sampling or "", loss or "", *training.hyperparameters]
    return project.is_excused("training.imbalance") or any(_HANDLED.search(str(text)) for text in said)
