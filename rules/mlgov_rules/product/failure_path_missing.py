"""What users see when the model fails must be designed, and sensitive requests need a written answer.

## Why
A product that fails without a word loses the trust that its successes have earned. Where the predictions reach no user
directly, as in a batch, there is nothing to show.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: assistant, stage: pre_launch}
product: {type: software-2.0, user_correction: edit}
~~~

### a sensitive intent without a script
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: assistant, stage: pre_launch}
product:
  failure_path: the assistant says that it does not know
  sensitive_intents: [self-harm, refund]
  scripted_responses: [{intent: refund, response: A person will call you.}]
~~~

### no section at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: assistant, stage: pre_launch}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: assistant, stage: pre_launch}
product:
  failure_path: the list falls back to the rules of 2024 and says so
  sensitive_intents: [Refund]
  scripted_responses: [{intent: refund, response: A person will call you.}]
~~~

### a batch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: forecast, stage: pre_launch}
serving: {mode: batch}
product: {type: software-2.0}
~~~

## Remedy
describe what the user sees under `failure_path`, and write a response for each sensitive intent

## References
S0-53, S0-54; People + AI Guidebook
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Product, Project, presence


@presence("UXD002", "product", severity="-WE", stage="pre_launch", lead=True, sources=["S0-53", "S0-54"])
def failure_path_missing(product: Product, project: Project) -> Findings:
    if not _is_interactive(project):
        return
    if product.lacks("failure_path"):
        yield product.at("failure_path"), "users are shown nothing when the model fails"
    unscripted = list(_unscripted(product))
    if unscripted:
        yield product.at("sensitive_intents"), f"no scripted response for {', '.join(unscripted)}"


def _is_interactive(project: Project) -> bool:
    constraints = project.problem.constraints
    offline = constraints is not None and constraints.platform == "none"
    return not offline and project.serving.mode not in ("batch", "precomputed")


def _unscripted(product: Product) -> Iterator[str]:
    scripted = {r.intent.strip().casefold() for r in product.scripted_responses if r.intent and r.has("response")}
    return (intent for intent in product.sensitive_intents if intent.strip().casefold() not in scripted)
