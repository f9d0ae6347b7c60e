"""The data section must say whether data are about persons and how these are protected.

## Why
Whether a person can be recognised decides who may see the data and where they may be processed; silence is no answer,
and no proof of personal data either.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026}]
~~~

### personal data, and nothing is said about their treatment
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  privacy: {pii: personal, device_only: false}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  privacy: {pii: pseudonymised, anonymization: account ids are salted hashes, device_only: false}
~~~

### no personal data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: bearings, stage: development}
data:
  privacy: {pii: none}
~~~

## Remedy
state `pii`, and unless it is none also `anonymization` and `device_only`

## References
S4-25, S4-26, S1-12; ML Test Score D5; NIST AI RMF MEASURE 2.10
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("DAT004", "data", severity="WEE", stage="development", sources=["S4-25", "S4-26", "S1-12"])
def privacy_treatment_missing(project: Project) -> Findings:
    privacy = project.data.privacy
    personal = privacy is None or privacy.pii != "none"
    fields = ("pii", "anonymization", "device_only") if personal else ("pii",)
    yield from missing_at(project, "data.privacy", "the privacy of the data lacks {}", *fields)
