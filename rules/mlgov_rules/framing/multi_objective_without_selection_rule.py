"""Several primary metrics of one scope need a rule that says which model wins.

## Why
Two metrics that both decide will disagree one day, and then whoever argues longest decides. Weights, an order, a constraint
or, for a Pareto front, a person who decides make the choice before the numbers are known.

One primary metric offline and one online is normal; a metric that states no scope is offline where everybody knows it as a
measure of model quality.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: ctr, scope: online, role: primary, definition: clicks per impression}
- {id: watch_time, scope: online, role: primary, definition: seconds watched per session}
~~~

### weights that do not sum to 1
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: recall, role: primary}
- {id: precision, role: primary}
framing: {multi_objective: {rule: weighted_sum, weights: {recall: 70%, precision: 0.4}}}
~~~

### a Pareto front that nobody decides
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: ndcg, k: 10, role: primary}
- {id: hit_rate, k: 10, role: primary}
framing: {multi_objective: {rule: pareto}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: roc_auc, scope: offline, role: primary}
- {id: ctr, scope: online, role: primary, definition: clicks per impression}
~~~

### weights
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: ctr, scope: online, role: primary, definition: clicks per impression}
- {id: watch_time, scope: online, role: primary, definition: seconds watched per session}
- {id: shares, scope: online, role: primary, definition: shares per session}
framing: {multi_objective: {rule: weighted_sum, weights: {ctr: 0.33, watch_time: 0.33, shares: 33%}}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
metrics:
- {id: roc_auc, scope: offline, role: primary}
- {id: watch_time, role: primary, definition: seconds watched per session}
~~~

## Remedy
keep one primary metric per scope, or state in `framing.multi_objective` the rule with its weights, order or decider

## References
S3-29; Kohavi, Tang, Xu 2020, ch. 7 (overall evaluation criterion)
"""

from mlgov.rulekit import Findings, Metric, MultiObjective, Project, abstain, decimals, rule

_ROUNDING = 0.005  # of one weight that is printed with two decimals


@rule("FRM103", severity="WEE", sources=["S3-29"])
def multi_objective_without_selection_rule(project: Project) -> Findings:
    how = project.framing.multi_objective
    if how and how.weights:
        yield from _weights(how)
    primary = {metric.id: metric for metric in project.metrics if metric.role == "primary"}
    by_scope: dict[str, list[Metric]] = {}
    for metric in primary.values():
        by_scope.setdefault(_scope(metric), []).append(metric)
    unknown = by_scope.pop("", [])
    if unknown and by_scope:
        yield abstain(f"unknown scope of {', '.join(str(m.id) for m in unknown)}")
    elif unknown:
        by_scope = {"one": unknown}
    for scope, metrics in by_scope.items():
        if len(metrics) > 1 and (lack := _lack(how)):
            names = ", ".join(str(m.id) for m in metrics)
            where = how.at() if how else metrics[1].at("role")
            message = f"{len(metrics)} primary metrics in {scope} scope ({names}), but {lack}"
            yield where, message, [m.at("role") for m in metrics]


def _scope(metric: Metric) -> str:
    if metric.scope:
        return metric.scope
    return "offline" if metric.known and metric.known.outputs else ""


def _lack(how: MultiObjective | None) -> str:
    """What is lacking for a decision; "" if nothing is."""
    if how is None or not how.rule and not how.weights and not how.order:
        return "no selection rule"
    needs = {
        "weighted_sum": ("weights", how.weights),
        "lexicographic": ("order", how.order),
        "pareto": ("decider", how.decider),
    }
    word, stated = needs.get(how.rule or "", ("", True))
    return "" if stated else f"the rule {how.rule} has no {word}"


def _weights(how: MultiObjective) -> Findings:
    total = sum(how.weights.values())
    coarse = sum(10.0 ** -(decimals(w) or 0) / (200 if str(w).endswith("%") else 2) for w in how.weights.values())
    if not abs(total - 1) <= min(coarse, _ROUNDING * len(how.weights)) + 1e-9:
        shown = " + ".join(str(w) for w in how.weights.values())
        yield how.at("weights"), f"the weights of the selection rule sum to {total:.4g}, not to 1: {shown}"
