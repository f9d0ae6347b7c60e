"""The plan of an experiment must stand before its data: question, units, errors, size, stop and decision.

## Why
Whatever is chosen after the data are seen is chosen by the data. A plan names the hypothesis, what decides, what is
randomised, alpha, power, the smallest effect of interest and the baseline, the sample, the duration, the stop rule, what
is done with each outcome, and the check of the sample ratio.

A Bayesian plan with prior and loss threshold needs no alpha, power, effect, size or stop rule. A substitute is no
experiment. Only experiments in mlgov's own format are asked; what a native file of the same id says is counted.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, hypothesis: calling by score raises retention, randomization_unit: account}
~~~

### a mean without its spread
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  hypothesis: the ranked list saves time
  primary_metrics: [handling_time]
  randomization_unit: agent
  duration: 14d
  baseline_mean: 300s
  mde: {value: 10s, type: absolute}
  alpha: 0.05
  power: 0.8
  sample_size_per_arm: 5000
  sequential: {method: none, looks: 1}
  decision_rule: ship if it saves time
  srm_check: {alpha: 0.001}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  hypothesis: calling by score raises retention
  primary_metrics: [retention_30d]
  randomization_unit: account
  start: 2026-12-07
  end: 2027-02-01
  baseline_rate: 80%
  mde: {value: 0.02, type: absolute}
  alpha: 0.05
  power: 0.8
  sample_size_per_arm: 8400
  sequential: {method: none, looks: 1}
  decision_rule: ship if retention improves
  srm_check: {alpha: 0.001}
~~~

### a Bayesian plan
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  hypothesis: calling by score raises retention
  primary_metrics: [retention_30d]
  randomization_unit: account
  duration: 56d
  bayesian: {prior: "beta(80, 20)", loss_threshold: 0.001}
  decision_rule: ship if the expected loss is below the threshold
  srm_check: {alpha: 0.001}
~~~

### a substitute
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: series, substitute: {kind: interrupted_time_series, reason: one call centre}}]
~~~

## Remedy
complete the plan before the experiment starts, for example `mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8`

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 2 and 21
"""

from mlgov.rulekit import Experiment, Findings, Project, presence

PLAN = ("hypothesis", "primary_metrics", "randomization_unit", "decision_rule", "srm_check")
FREQUENTIST = ("alpha", "power", "mde", "sample_size_per_arm", "sequential")


@presence("EXP002", "experiments", severity="IWE", stage="any", sources=["S3-39"])
def experiment_plan_incomplete(experiment: Experiment, project: Project) -> Findings:
    if experiment.substitute or not experiment.is_own:
        return
    records = [experiment, *(e for e in project.experiments if not e.is_own and _plain(e) == _plain(experiment))]

    def has(*fields: str) -> bool:
        return all(any(record.has(field) for record in records) for field in fields)

    lacking = [field for field in PLAN if not has(field)]
    if not has("duration") and not has("start", "end"):
        lacking.append("duration")
    bayesian = experiment.bayesian
    if not bayesian or bayesian.lacks("prior", "loss_threshold"):
        lacking += [field for field in FREQUENTIST if not has(field)]
        if not has("baseline_rate") and not has("baseline_mean"):
            lacking.append("baseline_rate or baseline_mean")
        elif not has("baseline_rate") and not has("standard_deviation"):
            lacking.append("standard_deviation")
    if lacking:
        words = ", ".join(lacking).replace("sequential", "stop rule (sequential)").replace("_", " ")
        yield experiment.at(), f"the plan of experiment {experiment.id} lacks {words}"


def _plain(experiment: Experiment) -> str:
    return (experiment.id or "").lower().replace("-", "_")
