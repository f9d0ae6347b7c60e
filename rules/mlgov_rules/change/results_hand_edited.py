"""A result must not change while the run that measured it stays the same, and a log of results must only grow.

A list is a log where it holds what several runs measured of the same thing.

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

### the worst of three runs is gone, and a fourth one is added
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, run_id: run-17}
  - {metric: recall, value: 0.79, split: test, run_id: run-18}
  - {metric: recall, value: 0.86, split: test, run_id: run-19}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, run_id: run-17}
  - {metric: recall, value: 0.86, split: test, run_id: run-19}
  - {metric: recall, value: 0.88, split: test, run_id: run-20}
~~~

## Passes
### a log that grows, in another order and another file
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, run_id: run-17}
  - {metric: recall, value: 0.79, split: test, run_id: run-18}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/governance/evaluation.yaml
apiVersion: mlgov/v1
evaluation:
  results:
  - {metric: recall, value: 88%, split: test, run_id: run-20}
  - {run_id: run-18, metric: recall, split: test, value: 79%}
  - {run_id: run-17, metric: recall, split: test, value: 84%}
~~~

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

from collections.abc import Iterator

from mlgov.rulekit import Change, Findings, MetricResult, Project, abstain, rule

from ._words import approval, own_results


@rule("CHG516", severity="WEE", sources=["S1-40"])
def results_hand_edited(change: Change) -> Findings:
    yield from _edited(change)
    yield from _shortened(change)


def _edited(change: Change) -> Findings:
    """Numbers that changed although no other run measured them."""
    for old, new in change.kept(MetricResult):
        if old.value is None or new.value is None or _agree(change, old, new):
            continue
        same = _same_run(old, new)
        if same is None:
            yield abstain(f"unknown run: {new.subject} changed from {old.literal('value')} to {new.literal('value')}")
        elif same:
            words = f"{new.metric} changed from {old.literal('value')} to {new.literal('value')} with the same {same}"
            yield new.at("value"), words, [old.at("value")]


def _shortened(change: Change) -> Findings:
    """Runs that vanished from a log that goes on."""
    left, kept = dict(_runs(change.head)), {r.run_id for r in change.head.records(MetricResult)}
    for about, runs in _runs(change.base):
        gone = [r for r in runs if r.run_id not in kept]
        if len({r.run_id for r in runs}) < 2 or not gone or about not in left or len(gone) == len(runs):
            continue
        for result in gone:
            if not approval(change, result.subject):
                words = (
                    f"{result.metric} = {result.literal('value')} of run {result.run_id} is gone from the results of"
                )
                others = sorted({str(r.run_id) for r in left[about]})
                yield left[about][0].at(), f"{words} {', '.join(others)}: rewritten, not appended", [result.at("value")]


def _runs(project: Project) -> Iterator[tuple[tuple[object, ...], list[MetricResult]]]:
    """The results that name their run, by what they are about."""
    found: dict[tuple[object, ...], list[MetricResult]] = {}
    for result in own_results(project):
        if result.run_id:
            key = project.comparer.key(result)
            about = (key.metric, key.average, key.k, key.threshold, key.percentile, key.dataset, key.split, key.slice)
            found.setdefault((*about, key.variant), []).append(result)
    yield from found.items()


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
