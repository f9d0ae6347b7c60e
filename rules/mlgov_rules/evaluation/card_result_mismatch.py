"""A document must state the number that was measured.

A model card, a manifest or a README is compared with the results that a run wrote, for the same metric, data set,
split, slice and model version, at the printed precision of the coarser number. A document is right if any result that
may be meant agrees with it.

## Why
A card is read by those who decide and cannot measure. A number in it that no run produced misleads them, whether it
was rounded up, copied from an older model or typed wrongly.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: roc_auc, value: 0.93, dataset: test_2026, split: test, source: {file: metrics.json, pointer: /roc_auc}}
data: {datasets: [{id: test_2026, role: test}]}
~~~
~~~json metrics.json
{"roc_auc": 0.8712}
~~~

### a claim made elsewhere
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
evaluation:
  claims: [{id: brief, kind: value, metric: latency_p95, value: 120}]
  results: [{metric: latency_p95, source: {file: metrics.json, pointer: /latency_p95}}]
~~~
~~~json metrics.json
{"latency_p95": 0.18}
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: roc_auc, value: 0.87, dataset: test_2026, split: test, source: {file: metrics.json, pointer: /roc_auc}}
data: {datasets: [{id: test_2026, role: test}]}
~~~

~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
evaluation:
  claims: [{id: brief, kind: value, metric: latency_p95, value: 0.18}]
  results: [{metric: latency_p95, source: {file: metrics.json, pointer: /latency_p95}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction}]
evaluation:
  results: [{metric: recall, value: 62.5%, split: test, source: {file: metrics.json, pointer: /recall}}]
~~~
~~~json metrics.json
{"recall": 0.62537}
~~~

### another split is another number
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: recall, value: 0.71, split: validation}
  - {metric: recall, split: test, source: {file: metrics.json, pointer: /recall}}
~~~
~~~json metrics.json
{"recall": 0.62537}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: f1, value: 0.93}
  - {metric: f1_macro, source: {file: metrics.json, pointer: /f1_macro}}
~~~
~~~json metrics.json
{"f1_macro": 0.81}
~~~

## Remedy
write the measured number into the document, or generate the document from the results file

## References
S0-49; Mitchell et al. 2019; EU AI Act Annex IV 2(g)
"""

from mlgov.rulekit import Findings, Fix, MetricResult, Project, abstain, in_the_form_of, repair, rule
from mlgov_rules.evaluation._documents import by_file, contradictions, file_of, label


@rule("EVA204", severity="WEE", sources=["S0-49"], implies=["EVA212"])
def card_result_mismatch(project: Project) -> Findings:
    statements = project.statements
    observed = [s for s in statements if s.is_observed]
    declared = [s for s in statements if not s.is_observed]
    for file, document in by_file(declared).items():
        for said, found in contradictions(document, observed, project):
            if not found.against:
                yield abstain(found.reason)
                continue
            result = found.against[0]
            words = f"{file} says {label(said)} = {said.literal('value')}, "
            words += f"{file_of(result)} says {label(result)} = {result.literal('value')}"
            places = [o.at("value") for o in found.against]
            message = f"{words}, which differs beyond the printed precision"
            yield said.at("value"), message, places, _as_measured(said, result)


def _as_measured(said: MetricResult, result: MetricResult) -> Fix | None:
    """The measured number in the place of the other, printed alike."""
    number = in_the_form_of(result.literal("value"), said.literal("value"))
    if number is None:
        return None
    step = repair.replace(said.at("value"), number, said.literal("value"))
    return repair.fix(f"write {number.text}, the measured number", step)
