"""Inputs, outputs and the version of the model must be monitored.

## Why
What went in, what came out and which model said it are the three things that every investigation begins with. They cannot be
collected afterwards.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: nulls, kind: input, features: [tenure]}, {id: scores, kind: output}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring:
  signals: [{id: nulls, kind: input}, {id: scores, kind: output}, {id: served, kind: model_version}]
~~~

## Remedy
add signals of kind input, output and model_version; log the version with each prediction

## References
S4-55, S4-58, S1-39; ML Test Score Mon 2; EU AI Act Article 12
"""

from mlgov.rulekit import Findings, Monitoring, presence

_WANTED = {"input": "inputs", "output": "outputs", "model_version": "model version"}


@presence("MON002", "monitoring", severity="-WE", stage="pre_launch", sources=["S4-55", "S4-58", "S1-39"])
def io_version_monitoring_missing(monitoring: Monitoring) -> Findings:
    watched = {signal.kind for signal in monitoring.signals}
    lacking = [word for kind, word in _WANTED.items() if kind not in watched]
    if lacking and (monitoring.signals or monitoring.lacks("signals")):
        yield (
            monitoring.at("signals") if monitoring.signals else monitoring.at(),
            f"not monitored: {', '.join(lacking)}",
        )
