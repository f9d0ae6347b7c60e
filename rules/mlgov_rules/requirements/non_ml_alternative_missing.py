"""A way without machine learning must have been considered, with its measured result or the reason against it.

## Why
A rule of three lines that does nearly as well costs nothing to run. It is also the first baseline.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers}
~~~

### named, neither measured nor rejected
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  alternatives: [{id: keywords, kind: rule, description: sort by keywords}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  alternatives: [{id: keywords, kind: rule, description: sort by keywords, why_not: half of the tickets hold none}]
~~~

### measured
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, alternatives: [{id: keywords, kind: rule, baseline: keywords}]}
baselines: [{id: keywords, kind: heuristic}]
~~~

### not applicable, with a reason
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, alternatives: {not_applicable: {reason: the tender asks for a model}}}
~~~

## Remedy
add to `problem.alternatives` the rule, statistic or existing system, with its `baseline` or with `why_not`

## References
S2-05, S3-05, S3-12; Rules of ML #1, #3
"""

from mlgov.rulekit import Alternative, Findings, Problem, presence


@presence("REQ003", "problem", severity="IWE", stage="ideation", sources=["S2-05", "S3-05", "S3-12"])
def non_ml_alternative_missing(problem: Problem) -> Findings:
    if problem.has("alternatives") and not problem.alternatives:  # excused
        return
    others = [a for a in problem.alternatives if a.kind != "none"]
    if not others:
        yield problem.at(), "no rule-based or statistical alternative was considered"
    elif not any(_is_weighed(a) for a in others):
        names = ", ".join(a.id or a.description or a.kind or "one" for a in others)
        message = f"the alternatives to a model are neither measured nor rejected with a reason: {names}"
        yield others[0].at(), message, [a.at() for a in others[1:]]


def _is_weighed(alternative: Alternative) -> bool:
    return not alternative.is_own or alternative.has("baseline") or alternative.has("why_not")
