"""An experiment must last until the outcome that decides it is known.

## Why
Thirty-day retention cannot be read after fourteen days: whoever still can leave counts as retained. Units that enter
last need their full time as well, so the enrolment and the time to mature must fit in together.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 30d}]
experiments:
- {id: calls, duration: 14d, primary_metrics: [retention_30d]}
~~~

### the last units to enter do not mature
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 720h}]
experiments:
- {id: calls, duration: 42d, enrolment: 21d, primary_metrics: [retention_30d]}
~~~

### told by dates
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 30d}]
experiments:
- {id: calls, start: 2026-12-07, end: 2026-12-20, primary_metrics: [retention_30d]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 30d}]
experiments:
- {id: calls, duration: 8w, enrolment: 21d, primary_metrics: [retention_30d]}
~~~

### a faster metric stands in for the slow one
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: retention_30d, maturity: 30d}
- {id: retention_7d, maturity: 7d, proxy_for: retention_30d}
experiments:
- {id: calls, duration: 14d, primary_metrics: [retention_30d, retention_7d]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 30d}]
experiments:
- {id: calls, primary_metrics: [retention_30d]}
~~~

## Remedy
let the experiment last as long as enrolment and maturity together, or decide on a faster metric that is `proxy_for` the
slow one

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 23
"""

from mlgov.rulekit import Experiment, Findings, Metric, Project, abstain, rule
from mlgov_rules.experiment._plan import DAY, is_trial, length_key, length_words, lengths, primary_metrics


@rule("EXP205", severity="-WE", sources=["S3-39"])
def outcome_window_exceeds_duration(experiment: Experiment, project: Project) -> Findings:
    metrics = primary_metrics(experiment, project)
    longest = max(lengths(experiment), default=None)
    timed = [m for m in metrics if m.maturity is not None]
    if not is_trial(experiment) or not timed and longest is None or not metrics:
        return
    if longest is None or not timed:
        yield abstain("unknown duration" if longest is None else f"unknown maturity of {metrics[0].id}")
        return
    for metric in timed:
        if _wait(metric, experiment) > longest + 1e-6 and not _has_surrogate(metric, timed, longest):
            yield _finding(metric, experiment)


def _wait(metric: Metric, experiment: Experiment) -> float:
    """Days from the start until the last unit that entered is known."""
    return float(metric.maturity or 0) / DAY + float(experiment.enrolment or 0) / DAY


def _has_surrogate(metric: Metric, others: list[Metric], longest: float) -> bool:
    return any(o.proxy_for and o.proxy_for == metric.id and float(o.maturity or 0) / DAY <= longest for o in others)


def _finding(metric: Metric, experiment: Experiment):
    entering = f" after an enrolment of {experiment.literal('enrolment')}" if experiment.enrolment else ""
    message = f"{metric.id} matures in {metric.literal('maturity')}{entering}, the experiment lasts {length_words(experiment)}"
    return experiment.at(length_key(experiment)), message, [metric.at("maturity")]
