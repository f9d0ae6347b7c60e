"""Two documents must not state different numbers for the same thing.

Compared are the manifest, model cards and claims (a README) for one metric, data set, split, slice and model version, at
the printed precision of the coarser number; `~` widens it. Numbers that may be in another unit are not compared.

## Why
Whoever reads the README decides on another model than whoever reads the card. At most one of the numbers was measured.

## Fails
~~~markdown docs/model_card.md
# Model card: delivery times, in short

### Results
| Metric | Test |
|---|---|
| MAE | 4.1 |
~~~
~~~markdown MODEL_CARD.md
# Model card: delivery times

### Results
| Metric | Test |
|---|---|
| MAE | 3.6 |
~~~

### the manifest and a card, in percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: roc_auc, value: 0.871}]
~~~
~~~markdown MODEL_CARD.md
# Model card: churn

### Results
| Metric | Value |
|---|---|
| ROC-AUC | 93 % |
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: roc_auc, value: 0.871}, {metric: recall, value: 0.625, split: test}]
~~~
~~~markdown MODEL_CARD.md
# Model card: churn

### Results
| Metric | Value |
|---|---|
| ROC-AUC | 87.1 % |
| Validation recall | 0.71 |
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: f1, average: macro, value: 0.81}]
~~~
~~~markdown MODEL_CARD.md
# Model card: churn

### Results
| Metric | Value |
|---|---|
| F1 | 0.85 |
~~~

## Remedy
generate all documents from one results file, or say in each what its number is about

## References
S0-49, S1-38; Mitchell et al. 2019
"""

from mlgov.rulekit import Findings, MetricResult, Origin, Project, abstain, rule
from mlgov_rules.evaluation._documents import by_file, contradictions, file_of, label


@rule("EVA212", severity="WEE", sources=["S0-49", "S1-38"])
def document_numbers_disagree(project: Project) -> Findings:
    documents = by_file(s for s in project.statements if not s.is_observed)
    told: set[Origin] = set()
    for file, document in documents.items():
        against: dict[Origin, list[MetricResult]] = {}
        for other, evidence in documents.items():
            for said, found in contradictions(document, evidence, project) if other != file else ():
                if found.reason:
                    yield abstain(found.reason)
                against.setdefault(said.at("value"), [said]).extend(found.against)
        for said, *others in against.values():
            if others and not told.issuperset(r.at("value") for r in others):
                told |= {r.at("value") for r in (said, *others)}
                yield _disagreement(said, others, project)


def _disagreement(said: MetricResult, others: list[MetricResult], project: Project) -> tuple[Origin, str, list[Origin]]:
    """Where to act is the document beside the manifest."""
    every = sorted((said, *others), key=lambda r: r.is_own)
    words = " and ".join(f"{r.literal('value')} in {file_of(r)}" for r in every)
    return every[0].at("value"), f"{label(said)} is {words}", [r.at("value") for r in every[1:]]
