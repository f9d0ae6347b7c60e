"""A model on the device must have a budget of size or memory, a budget of time, and the devices it is for.

## Why
A phone of five years ago decides what fits. Without a number and a class of device nobody can say whether the model does.
A browser counts as the device by itself; battery, where it matters, belongs into the budget as well.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: on_device}
~~~

### only the size is limited
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: edge, budget: {size: 20MB}, devices: [gateway with 1 GB of memory]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: on_device, budget: {size: 20MB, latency: 80ms}, devices: [phones with 3 GB of memory]}
~~~

### a browser
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: browser, budget: {memory: 200MB, latency: 0.2s}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: hybrid}
~~~

## Remedy
add `budget: {size, latency}` (for example 20MB and 80ms) and the `devices`

## References
S4-47, S4-48; NIST AI RMF MAP 1.6
"""

from mlgov.rulekit import Findings, Project, Serving, abstain, rule


@rule("DEP205", severity="-WE", stage="pre_launch", sources=["S4-47", "S4-48"])
def on_device_budget_missing(serving: Serving, project: Project) -> Findings:
    if serving.target == "hybrid" and serving.lacks("budget"):
        yield abstain("unknown which part runs on the device")
    if (
        serving.target not in ("on_device", "browser", "edge")
        or not project.has_manifest
        or serving.budget is None
        and serving.has("budget")
    ):
        return
    budget = serving.budget
    lacking = []
    if budget is None or len(budget.lacks("size", "memory")) == 2:
        lacking.append("a budget of size or memory")
    if budget is None or budget.lacks("latency"):
        lacking.append("a budget of latency")
    if serving.target != "browser" and serving.lacks("devices"):
        lacking.append("the devices")
    if lacking:
        yield serving.at("target"), f"serving {serving.target} lacks {', '.join(lacking)}"
