"""A rollout must refer to an analysis template that exists.

## Why
A rollout whose template is missing stops with an error at its first step, or never measures anything. Templates of the
cluster and of other namespaces may live elsewhere, so the rule speaks only where the repository defines templates at all,
and knows the built-in metrics of Flagger.

## Fails
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {analysis: {templates: [{templateName: latency-gate}]}}]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: latency-gates}
spec:
  metrics: [{name: latency, successCondition: "result[0] < 0.2", provider: {prometheus: {query: churn_latency_seconds}}}]
~~~

### in mlgov's own format
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  templates: [{name: latency-gates}]
  stages: [{id: canary, kind: canary, traffic: 10%, gates: [{template: latency-gate}]}]
~~~

## Fixed
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {analysis: {templates: [{templateName: latency-gates}]}}]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: latency-gates}
spec:
  metrics: [{name: latency, successCondition: "result[0] < 0.2", provider: {prometheus: {query: churn_latency_seconds}}}]
~~~

### next
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  templates: [{name: latency-gates}]
  stages: [{id: canary, kind: canary, traffic: 10%, gates: [{template: latency-gates}]}]
~~~

## Passes
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {analysis: {templates: [{templateName: latency-gates}]}}]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: latency-gates}
spec:
  metrics: [{name: latency, successCondition: "result[0] < 0.2", provider: {prometheus: {query: churn_latency_seconds}}}]
~~~

## Abstains
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {analysis: {templates: [{templateName: latency-gate}]}}]
~~~

## Remedy
correct the name, or add the template to the repository

## References
S4-49; ML Test Score Infra 6
"""

from mlgov.rulekit import Findings, Gate, Project, abstain, hint, meant, rule
from mlgov_rules.deployment._ramps import owner_of

BUILT_IN = ("request-success-rate", "request-duration")


@rule("DEP212", severity="-WE", sources=["S4-49"])
def analysis_template_unresolved(gate: Gate, project: Project) -> Findings:
    wanted = gate.template
    known = [t.name for t in project.rollout.templates if t.name]
    if not wanted or wanted in known or wanted in BUILT_IN or "{" in wanted or "$" in wanted:
        return
    if not known:
        yield abstain("no analysis template is defined here; it may stand in the cluster")
        return
    message = f"{owner_of(gate, project)} refers to the template {wanted}, which no manifest here defines"
    place = gate.at("template")
    yield place, message + hint(wanted, known), [], meant(wanted, known, place)
