"""Document, results and deployment must speak about the same model and the same data.

Versions contradict each other only within one numbering: `1.3.0` and `1.4.0` do, `3` of a registry and `1.4.0` do not,
short and long commit hashes are one. A history of results is fine as long as the governed version is among them. A
deployed or registered version that is older than the evaluated one waits for its rollout and is no mismatch.

## Why
A number says nothing about a model that it was not measured on. When the card names version 3 and the results name
version 2, nobody knows how good the model in use is.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
evaluation:
  results: [{metric: recall, value: 0.84, split: test, model_version: "1.3.0"}]
~~~

### document and results file
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: roc_auc, value: 0.95, model_version: v3}]
~~~
~~~json reports/metrics.json
{"model_version": "v2", "roc_auc": 0.71}
~~~

### evaluated 1.3, deploys 1.4
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: recall, value: 0.84, split: test, model_version: "1.3"}]
serving: {model_version: "1.4"}
~~~

### the data set has changed since
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test_2026, role: test, version: v2}]}
evaluation:
  results: [{metric: recall, value: 0.84, dataset: test_2026, dataset_version: v1}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, model_version: v1.4.0}
  - {metric: recall, value: 0.81, split: test, model_version: v1.3.0}
serving: {model_version: "1.3.0"}
training: {lineage: {registered_version: "3"}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Remedy
evaluate the version that is documented and deployed, or name in each place the version that it is about

## References
S1-38, S4-58; EU AI Act Annex IV 1(a); ML Test Score Infra 1
"""

from mlgov.rulekit import Findings, Project, abstain, rule
from mlgov_rules.evaluation._documents import by_file, same_model
from mlgov_rules.evaluation._lineage import (
    Named,
    another_data_version,
    another_version,
    documents,
    evaluated,
    named,
    other_artefact,
    other_test_data,
    other_training_data,
)
from mlgov_rules.evaluation._versions import contradict, is_newer


@rule("EVA205", severity="WEE", sources=["S1-38", "S4-58"], implies=["DEP209"])
def lineage_mismatch(project: Project) -> Findings:
    for part in (_documents, _version, _deployment):
        found = list(part(project))
        yield from found
        if any(len(observation) > 1 for observation in found):
            break  # one root cause, one finding; an abstention is none
    yield from other_test_data(project)
    yield from other_training_data(project)
    yield from other_artefact(project)


def _documents(project: Project) -> Findings:
    """A document against the results that runs wrote."""
    observed = [s for s in project.statements if s.is_observed]
    declared = [s for s in project.statements if not s.is_observed]
    for document in by_file(declared).values():
        for compared in (another_version, another_data_version):
            for words, (first, *others) in compared(document, observed, project):
                yield first, words, others


def _version(project: Project) -> Findings:
    """What the manifest and the card call the version, against each other and against all results."""
    said = documents(project)
    for version in said:
        measured = [m for m in evaluated(project) if same_model(version.origin.file, m.origin.file, project)]
        if project.results and not measured:
            yield abstain("the results do not state a model version")
        elif measured and all(contradict(version.text, m.text) for m in measured):
            words = f"the project is at version {version.text}, its results are of version {measured[0].text}"
            yield version.origin, words, [measured[0].origin]
        elif other := next((o for o in said if _contradicts(o, version, project)), None):
            yield other.origin, f"one document names version {other.text}, another {version.text}", [version.origin]


def _contradicts(one: Named, other: Named, project: Project) -> bool:
    return contradict(one.text, other.text) and same_model(one.origin.file, other.origin.file, project)


def _deployment(project: Project) -> Findings:
    """A version that is deployed or registered, and newer than everything that was evaluated."""
    measured = evaluated(project)
    for path, verb in (("serving.model_version", "deployed"), ("training.lineage.registered_version", "registered")):
        for version in named(project, path) if measured else ():
            if not all(contradict(version.text, m.text) for m in measured):
                continue
            newer = [is_newer(version.text, m.text) for m in measured]
            if None in newer:
                yield abstain(f"version {version.text} is {verb}, {measured[0].text} evaluated: unknown order")
            elif all(newer):
                words = f"version {version.text} is {verb}, version {measured[0].text} was evaluated"
                yield measured[0].origin, words, [version.origin]
