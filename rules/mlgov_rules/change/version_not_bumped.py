"""A new model must have a new version.

## Why
Two models under one version make every result, rollback and incident report ambiguous.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0"}
training: {lineage: {model_hash: sha256-1111111}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0"}
training: {lineage: {model_hash: sha256-2222222}}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0"}
training: {lineage: {model_hash: sha256-1111111}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
training: {lineage: {model_hash: sha256-2222222}}
~~~

### the same digest, written otherwise
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.3.0"}
training: {lineage: {model_hash: sha256-1111111}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
training: {lineage: {model_hash: "1111111"}}
project: {version: v1.3.0, id: churn}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {lineage: {model_hash: sha256-1111111}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {lineage: {model_hash: sha256-2222222}}
~~~

## Remedy
give the new model a version of its own in project.version

## References
S4-58; EU AI Act Annex IV 6
"""

from mlgov.rulekit import Change, Findings, Lineage, abstain, rule, same_version


@rule("CHG514", severity="-WE", sources=["S4-58"])
def version_not_bumped(change: Change) -> Findings:
    before, after = change.base.identity, change.head.identity
    for old, new in change.kept(Lineage):
        if not old.model_hash or not new.model_hash or same_version(old.model_hash, new.model_hash):
            continue
        if not before.version or not after.version:
            yield abstain("unknown version of the project")
        elif same_version(before.version, after.version):
            words = f"the model's digest changed from {old.model_hash} to {new.model_hash}, the version is still {after.version}"
            yield after.at("version"), words, [new.at("model_hash"), old.at("model_hash")]
