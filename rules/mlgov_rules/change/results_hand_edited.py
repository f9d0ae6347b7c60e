"""A result must not change while the run that measured it stays the same.

## Why
A run measures once. A number that changes under the same run id or model digest and date was typed.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.84, split: test, run_id: run-17}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.91, split: test, run_id: run-17}]}
~~~

### the same model on the same day
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.84, dataset_version: v1, model_hash: sha256-abc, date: 2026-11-01}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.91, dataset_version: v1, model_hash: sha256-abc, date: 2026-11-01}]}
~~~

## Passes
### a new run; the same number with more digits, in percent, in another place
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, run_id: run-17}
  - {metric: precision, value: 0.71, split: test, run_id: run-17}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/governance/evaluation.yaml
apiVersion: mlgov/v1
evaluation:
  results:
  - {split: test, value: 71.2%, run_id: run-17, metric: precision}
  - {metric: recall, value: 0.91, split: test, run_id: run-18}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.84, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: recall, value: 0.91, split: test}]}
~~~

## Remedy
run the evaluation again, and commit what it writes together with its run id

## References
S1-40; EU AI Act Annex IV 2(g)
"""

from mlgov.rulekit import Change, Findings, MetricResult, abstain, rule


@rule("CHG516", severity="WEE", sources=["S1-40"])
def results_hand_edited(change: Change) -> Findings:
    for old, new in change.kept(MetricResult):
        if old.value is None or new.value is None or _agree(change, old, new):
            continue
        same = _same_run(old, new)
        if same is None:
            yield abstain(f"unknown run: {new.subject} changed from {old.literal('value')} to {new.literal('value')}")
        elif same:
            words = f"{new.metric} changed from {old.literal('value')} to {new.literal('value')} with the same {same}"
            yield new.at("value"), words, [old.at("value")]


def _agree(change: Change, old: MetricResult, new: MetricResult) -> bool:
    first, second = change.base.comparer.printed(old), change.head.comparer.printed(new)
    return first is None or second is None or first[0] < second[1] and second[0] < first[1]


def _same_run(old: MetricResult, new: MetricResult) -> str | None:
    """What says that both are one measurement; "" if something says they are two; None where nothing tells."""
    if old.run_id and new.run_id:
        return f"run id {new.run_id}" if old.run_id == new.run_id else ""
    facts = [(getattr(old, f), getattr(new, f)) for f in ("model_hash", "date", "dataset_version")]
    if any(a != b for a, b in facts if a and b):
        return ""
    return "model digest, data and date" if all(a and b for a, b in facts) else None
