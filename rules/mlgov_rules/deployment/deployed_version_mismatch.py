"""What is deployed must be the version that was registered and evaluated, and the way back must lead somewhere else.

## Why
A service that runs a version nobody evaluated has no evidence at all. `latest` is whatever was pushed last, so no report
belongs to it. At risk tier high only a digest is immutable enough.

Two version texts differ only if they are of one kind: the registry's `7` may well be the release `1.4.0`. A version that
a baseline or a candidate names is known, because the previous model serves until the new one is rolled out.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
evaluation: {results: [{metric: roc_auc, value: 0.87, model_version: "1.4.0"}]}
serving: {model_version: "1.5.0"}
~~~

### the registry names another one
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {lineage: {registered_version: "12"}}
serving: {model_version: "11"}
~~~

### an image that moves
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {image: "registry.example.org/churn:latest"}
~~~

### the way back leads to the version that is rolled back
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
rollout: {rollback: {target_version: v1.4.0}}
~~~

### the way back leads to a version nobody knows
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
baselines: [{id: before, kind: previous_model, model_version: "1.3.0"}]
rollout: {rollback: {target_version: "1.2.0"}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
training: {lineage: {registered_version: "7"}}
baselines: [{id: before, kind: previous_model, model_version: "1.3.0"}]
evaluation: {results: [{metric: roc_auc, value: 0.87, model_version: "1.4.0"}]}
serving: {model_version: v1.4.0, image: "registry.example.org:5000/churn:1.4.0"}
rollout: {rollback: {target_version: "1.3.0"}}
~~~

### the previous model serves until the rollout
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
baselines: [{id: before, kind: previous_model, model_version: "1.3.0"}]
serving: {model_version: "1.3.0", image: "{{ .Values.image }}:latest"}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {model_version: "1.5.0"}
~~~

## Remedy
deploy the registered and evaluated version, pinned by tag or digest, and name the previous one as rollback target

## References
S1-39, S4-58; EU AI Act Annex IV 1(a)
"""

import re

from mlgov.rulekit import Findings, Origin, Project, abstain, other_version, rule
from mlgov_rules.deployment._ramps import is_test
from mlgov_rules.deployment._versions import Version, deployed, evaluated, previous, registered

# filled in by something else, or not filled in at all (OWNER/REPO): names of images have no capital letters
_UNKNOWN = re.compile(r"[{}$<>]|%\(|[A-Z].*/|/[^:@]*[A-Z]")


@rule("DEP209", severity="-EE", sources=["S1-39", "S4-58"])
def deployed_version_mismatch(project: Project) -> Findings:
    yield from _serving(project)
    yield from _rollback(project)
    yield from _images(project)


def _serving(project: Project) -> Findings:
    known = [*evaluated(project), *previous(project)]
    for served in deployed(project):
        if not known and not registered(project):
            yield abstain("unknown registered or evaluated version")
        wrong = [r for r in registered(project) if other_version(served.text, r.text)]
        if not wrong and evaluated(project) and all(other_version(served.text, k.text) for k in known):
            wrong = evaluated(project)
        if wrong:
            words = ", ".join(dict.fromkeys(f"{w.text} is {w.what}" for w in wrong))
            yield served.origin, f"serving runs version {served.text}, but {words}", [w.origin for w in wrong]


def _rollback(project: Project) -> Findings:
    rollback, identity = project.rollout.rollback, project.identity
    target = rollback.target_version if rollback else None
    if not rollback or not target:
        return
    place = rollback.at("target_version")
    known = [k for k in previous(project) if not identity.version or other_version(k.text, identity.version)]
    if identity.version and identity.is_own and not _differs(target, identity.version):
        message = f"the rollback leads to version {target}, which is the one to be rolled back"
        yield place, message, [project.at("project", "version")]
    elif known and all(other_version(target, k.text) for k in [*known, *registered(project), *evaluated(project)]):
        names = ", ".join(dict.fromkeys(k.text for k in known))
        yield place, f"the rollback leads to version {target}; the known versions are {names}", _origins(known)


def _differs(target: str, version: str) -> bool:
    return target.strip().lower().removeprefix("v") != version.strip().lower().removeprefix("v")


def _origins(versions: list[Version]) -> list[Origin]:
    return [version.origin for version in versions]


def _images(project: Project) -> Findings:
    for claim in project.claims("serving.image"):
        image = claim.text
        if _UNKNOWN.search(image) or is_test(claim.environment):
            continue
        tag = image.rpartition("/")[2].partition("@")[0].partition(":")[2]
        if tag == "latest" and "@" not in image:
            yield claim.origin, f"the image {image} moves: latest is whatever was pushed last"
        elif project.identity.risk_tier == "high" and "@sha256:" not in image:
            yield claim.origin, f"risk tier high: the image {image} is not pinned by its digest"
