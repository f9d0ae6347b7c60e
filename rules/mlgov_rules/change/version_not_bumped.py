"""A new model must have a new version, and the changelog must tell of it.

The changelog is asked only where it told of the version before; fragments that wait for a release tell as well.

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

### the changelog ends with the version before
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
~~~text CHANGELOG.md
Changelog of the model.
Version 1.3.0
Trained on the calls of spring.
~~~

## Passes
### the changelog tells of it, and one of something else says nothing of versions like these
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
~~~text before/CHANGELOG.md
Version 1.3.0
~~~
~~~text after/CHANGELOG.md
Version 1.4.0
Trained on the calls of summer.
Version 1.3.0
~~~
~~~text HISTORY.md
21.3.0
The service has a new icon.
~~~

### a plain bump
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
give the new model a version of its own in project.version, and tell of it in the changelog

## References
S4-58; EU AI Act Annex IV 6
"""

import re

from mlgov.rulekit import Change, Findings, Lineage, Origin, abstain, rule, same_version

from ._words import is_untouched

CHANGELOGS = ("CHANGELOG.md", "CHANGELOG.rst", "CHANGELOG.txt", "CHANGELOG", "CHANGES.md", "CHANGES.rst", "HISTORY.md")
FRAGMENTS = ("changelog.d", "newsfragments", ".changes", ".changeset", "changes")


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
        elif log := _silent_changelog(change, before.version, after.version):
            words = f"the model and its version changed ({before.version} to {after.version}), {log} says nothing of it"
            yield after.at("version"), words, [Origin(change.head.path(log)), new.at("model_hash")]


def _silent_changelog(change: Change, before: str, after: str) -> str:
    """The changelog that tells of the version before, says nothing of the one after, and was left alone; or ""."""
    if any(path.split("/")[-2:-1] and path.split("/")[-2] in FRAGMENTS for path in change.touched):
        return ""
    for name in CHANGELOGS:
        text = change.head.text(name) if is_untouched(change, name) else None
        if text and _names(text, before) and not _names(text, after):
            return name
    return ""


def _names(text: str, version: str) -> bool:
    plain = re.escape(version.removeprefix("v"))
    return re.search(rf"(?<![\w.])v?{plain}(?![\w]|\.\w)", text) is not None
