"""A critical task that may fail must have a second approach.

## Why
If the one idea does not work, the project stops; with a second one prepared it goes on.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks: [{id: model, kind: training, critical: true, p_success: 0.6, approaches: [{id: gbm, p_success: 0.6}]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks:
  - {id: model, kind: training, critical: true, p_success: 0.88, approaches: [{id: gbm, p_success: 0.7}, {id: rules, p_success: 0.6}]}
  - {id: export, kind: productionize, critical: true, p_success: 0.9}
  - {id: report, kind: other, p_success: 0.5}
~~~

## Remedy
plan a fallback approach and state it under `approaches`

## References
S0-39, S3-13
"""

from mlgov.rulekit import Findings, Task, presence


@presence("ORG007", "plan", severity="-IW", stage="development", sources=["S0-39", "S3-13"])
def single_approach_plan(task: Task) -> Findings:
    if not task.critical or task.p_success is None or task.p_success >= 0.9 or len(task.approaches) > 1:
        return
    excused = task.has("approaches") and not task.approaches
    if not excused:
        words = f"the critical task {task.id} succeeds with {task.p_success.text} and has only one approach"
        yield task.at("approaches"), words, [task.at("p_success")]
