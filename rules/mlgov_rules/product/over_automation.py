"""A product must not act by itself where people are to decide, or where it errs more than they accept.

## Why
People forgive a bad suggestion and do not forgive a bad act. The tolerance is the one that is declared; the error rate
is that of the model on its whole test data.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
product: {type: human-in-the-loop, action_mode: act}
~~~

### it was to suggest
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
product: {type: software-2.0, action_mode: suggest, automation_level: act}
~~~

### it errs too often
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
metrics: [{id: accuracy, unit: percent}]
product: {type: autonomous, automation_level: act, error_tolerance: 5%}
evaluation: {results: [{metric: accuracy, value: 92.1, split: test}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
metrics: [{id: accuracy, unit: fraction}]
product: {type: autonomous, automation_level: act, error_tolerance: 0.08}
evaluation: {results: [{metric: accuracy, value: 92.1%, split: test}]}
~~~

### a person confirms
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
metrics: [{id: accuracy, unit: fraction}]
product: {type: human-in-the-loop, automation_level: confirm, action_mode: suggest, error_tolerance: 0.05}
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tags}
product: {type: autonomous, automation_level: act}
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
~~~

## Remedy
suggest instead of acting, let a person confirm, or improve the model until its errors are accepted

## References
S0-55, S0-59, S2-24; EU AI Act Article 14
"""

from mlgov.rulekit import Findings, MetricResult, Product, Project, abstain, rule
from mlgov_rules.product._evidence import known, whole_results

_SLACK = 1e-9


@rule("UXD102", severity="-WE", sources=["S0-55", "S0-59", "S2-24"])
def over_automation(product: Product, project: Project) -> Findings:
    acts = product.action_mode == "act" or product.automation_level == "act"
    key = "action_mode" if product.action_mode == "act" else "automation_level"
    if acts and product.type == ["human-in-the-loop"]:
        yield product.at(key), f"a product with a human in the loop acts by itself ({key}: act)", [product.at("type")]
    elif product.action_mode == "suggest" and product.automation_level in ("act", "act_with_override"):
        words = f"it is to suggest, but its automation level is {product.automation_level}"
        yield product.at("automation_level"), words, [product.at("action_mode")]
    elif acts or product.automation_level == "act_with_override":
        yield from _errors(product, project)


def _errors(product: Product, project: Project) -> Findings:
    found = _error_rate(project)
    if product.error_tolerance is None or found is None:
        yield abstain("unknown error tolerance" if product.error_tolerance is None else "unknown error rate")
        return
    rate, result = found
    if rate < 0 or rate > 1:
        yield abstain(f"the unit of {result.metric} is unclear")
    elif not rate <= product.error_tolerance + _SLACK:
        words = f"it acts by itself with an error rate of {rate:.3g}, users accept {product.error_tolerance.text}"
        yield product.at("automation_level"), words, [result.at("value"), product.at("error_tolerance")]


def _error_rate(project: Project) -> tuple[float, MetricResult] | None:
    """The share of wrong outputs; where only those that are acted on are counted, one less precision."""
    rates: dict[str, tuple[float, MetricResult]] = {}
    for result in whole_results(project):
        entry, value = known(result, project), project.comparer.value(result)
        if entry is not None and project.comparer.key(result).split in ("test", "online", None):
            rates.setdefault(entry.name, (value, result))
    for name in ("error_rate", "zero_one_loss"):
        if name in rates:
            return rates[name]
    for name in ("accuracy", "precision"):
        if name in rates:
            return 1 - rates[name][0], rates[name][1]
    return None
