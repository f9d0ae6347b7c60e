"""On the same rows the model must beat its baseline by more than chance.

With `--data` the predictions of the model (`evaluation.predictions`) and those of a baseline (`baselines[].predictions`)
are joined row by row and tested on the metric that decides: McNemar's exact test for shares of right answers, DeLong's
for areas under the ROC curve, a paired bootstrap for all others. Where EVA301 can only bound what the printed numbers
allow, the rows decide.

## Why
A gain that the same rows do not show is none, however the two reports were rounded.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, predictions: {file: predictions.csv, prediction: by_rules}}]
evaluation: {predictions: {file: predictions.csv, prediction: by_model}}
~~~
~~~csv predictions.csv
label,by_model,by_rules
1,1,1
1,1,0
0,0,0
0,0,0
~~~

### two files
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: mae, role: primary}]
baselines: [{id: last_week, kind: heuristic, predictions: {file: old.csv, item: shop}}]
evaluation: {predictions: {file: new.csv, item: shop}}
~~~
~~~csv new.csv
shop,target,prediction
a,10,15
b,20,25
c,30,35
~~~
~~~csv old.csv
shop,target,prediction
c,30,31
a,10,11
b,20,21
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, predictions: {file: predictions.csv, prediction: by_rules}}]
evaluation: {predictions: {file: predictions.csv, prediction: by_model}}
~~~
~~~csv predictions.csv
label,by_model,by_rules
1,1,0
1,1,0
1,1,0
1,1,0
0,0,1
0,0,1
0,0,1
0,0,1
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, direction: minimize}]
baselines: [{id: rules, kind: current_system, predictions: {file: predictions.csv, prediction: by_rules}}]
evaluation: {predictions: {file: predictions.csv, prediction: by_model}}
~~~
~~~csv predictions.csv
label,by_model,by_rules
1,1,0
0,0,1
~~~

## Options
alpha: two-sided error rate of the test; 0.05

## Remedy
do not claim the gain, evaluate on more data, or improve the model

## References
S3-38, S2-25; McNemar 1947; DeLong et al. 1988
"""

from mlgov.rulekit import Findings, MeasuredGain, Project, abstain, rule


@rule("EVA403", severity="IWE", sources=["S3-38", "S2-25"], implies=["EVA301"])
def baseline_not_beaten_on_predictions(gain: MeasuredGain, project: Project, *, alpha: float = 0.05) -> Findings:
    metric = project.metric(gain.metric)
    if metric is None or metric.better is None or metric.known is None or metric.better != metric.known.direction:
        yield abstain(f"unknown direction of {gain.metric}")
        return
    shift = (gain.ours - gain.theirs) * (1 if metric.better == "maximize" else -1)
    if shift > 0 and gain.p <= alpha:
        return
    how = "does not beat" if shift > 0 else "equals" if shift == 0 else "is worse than"
    pairs = f", {gain.only_ours} against {gain.only_theirs} items" if gain.only_ours is not None else ""
    message = (
        f"{gain.metric} {gain.ours:.6g} {how} {gain.theirs:.6g} of {gain.baseline} on the same {gain.n} rows: "
        f"difference {gain.low:.3g} to {gain.high:.3g}, p = {gain.p:.2g} by {gain.method}{pairs} (alpha {alpha:g})"
    )
    yield gain.at(), message, [metric.at()]
