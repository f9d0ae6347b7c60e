"""Every data set must have a version that cannot change.

## Why
`latest` names other data next month, and then nobody can say what the model was trained or measured on.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026, location: s3://churn/train.parquet}]
~~~

### a name that moves
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026, version: latest}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026, version: md5-5d41402abc4b2a76b9719d911017c592}, {id: test_2026, version: "2026-09-30"}]
~~~

## Remedy
state a content hash, a revision or the date of a snapshot as `version`

## References
S1-13; ML Test Score I1
"""

from mlgov.rulekit import Dataset, Findings, Project, missing, presence
from mlgov_rules.data._counts import described

_MOVING = {"latest", "main", "master", "head", "current", "newest", "dev", "develop", "trunk", "stable", "production"}


@presence("DAT006", "data", severity="IWE", stage="development", sources=["S1-13"])
def dataset_version_missing(dataset: Dataset, project: Project) -> Findings:
    if dataset.version and dataset.version.strip().lower() in _MOVING:
        message = f"the version of data set {dataset.id} is {dataset.version}, which names other data tomorrow"
        yield dataset.at("version"), message
    elif dataset.is_own and not _stated_elsewhere(dataset, project):
        yield from missing(dataset, f"data set {dataset.id} has no {{}} that cannot change", "version")


def _stated_elsewhere(dataset: Dataset, project: Project) -> bool:
    return any(o.has("version") for _, group in described(project) if dataset in group for o in group)
