"""Models, hyper-parameters and thresholds must not be chosen on the test set.

## Why
The best of forty on the test set is partly the luckiest of forty, and then nothing is left to measure it on.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  tuning: {method: random_search, trials: 40, split: test}
~~~

### the threshold
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: gbm}]
  selection: {selected: gbm, split: cross_validation}
  threshold: {value: 0.62, split: test}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  tuning: {method: random_search, trials: 40, split: validation}
  threshold: {value: 0.62, split: validation}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  tuning: {method: random_search, trials: 40}
~~~

## Remedy
choose on validation data or by cross-validation, and measure the chosen one on test data once

## References
S4-41; Kapoor, Narayanan 2023
"""

from mlgov.rulekit import DecisionThreshold, Findings, Selection, Training, Tuning, abstain, rule


@rule("MOD101", severity="WEE", sources=["S4-41"])
def selection_on_test_set(training: Training) -> Findings:
    choices: list[tuple[str, Selection | Tuning | DecisionThreshold | None]] = [
        ("the model was selected", training.selection),
        ("hyper-parameters were tuned", training.tuning),
        ("the decision threshold was chosen", training.threshold),
    ]
    for words, choice in choices:
        if choice is None:
            continue
        if choice.split is None:
            yield abstain(f"unknown split on which {words}")
        elif choice.split == "test":
            trials = f", the best of {choice.trials.text}" if isinstance(choice, Tuning) and choice.trials else ""
            yield choice.at("split"), f"{words} on the test set{trials}"
