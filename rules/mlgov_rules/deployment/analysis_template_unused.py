"""An analysis template must be used by a rollout.

## Why
A template that was left behind when its rollout was rewritten looks like protection. Repositories without any rollout are
libraries of templates, and a template of the cluster may be used from every namespace.

## Fails
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {pause: {}}]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: churn-quality}
spec:
  metrics: [{name: latency, successCondition: "result[0] < 0.2", provider: {prometheus: {query: churn_latency_seconds}}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate}]
rollout:
  templates: [{name: quick, gates: [{metric: error_rate, max: 1%}]}]
  stages: [{id: canary, kind: canary, traffic: 10%, gates: [{template: quick}]}]
~~~

### a library
~~~yaml k8s/templates.yaml
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: churn-quality}
spec:
  metrics: [{name: latency, successCondition: "result[0] < 0.2", provider: {prometheus: {query: churn_latency_seconds}}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate}]
rollout:
  templates: [{name: quick, scope: cluster, gates: [{metric: error_rate, max: 1%}]}]
  stages: [{id: canary, kind: canary, traffic: 10%}]
~~~

## Remedy
use the template in a step of the rollout, or delete it

## References
S4-49
"""

from mlgov.rulekit import Findings, Gate, GateTemplate, Project, abstain, rule


@rule("DEP213", severity="-IW", sources=["S4-49"])
def analysis_template_unused(template: GateTemplate, project: Project) -> Findings:
    used = {gate.template for gate in project.records(Gate) if gate.template}
    if not template.name or not project.rollout.stages or template.name in used:
        return
    if template.scope == "cluster" or any("{" in name or "$" in name for name in used):
        yield abstain("the template may be used from elsewhere")
        return
    yield template.at("name"), f"the analysis template {template.name} is used by no rollout"
