"""What speaks against machine learning must be mitigated before a rollout is planned.

## Why
A problem that is simple, unethical, without data or catastrophic when wrong does not become a good one by being built. A
declared contraindication with a plan against it is a risk; without one it is a surprise.

Only what the project itself declares counts: an answer `no`, a low complexity, hard access to data, a failed or unconditional
"conditional" ethics review, a catastrophic consequence. A `mitigation` beside the answer, or a risk that covers its path and
has one, clears it.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {ml_fit: {complexity: low}}
rollout: {stages: [{id: canary, kind: canary}, {id: full, kind: full}]}
~~~

### a failed ethics review, and a risk that covers something else
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {ethics_review: {outcome: fail}, failure: {consequence: catastrophic}}
rollout: {stages: [{id: full, kind: full}]}
risks: [{id: harm, covers: problem.failure.consequence, mitigation: a person confirms each action}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem:
  ml_fit: {pattern: yes, complexity: {answer: low, mitigation: a rule answers where it is sure}}
  feasibility: {data_access: hard}
  ethics_review: {outcome: conditional, conditions: [no ranking of persons]}
rollout: {stages: [{id: full, kind: full}]}
risks: [{id: data, covers: problem.feasibility, mitigation: a contract with the archive}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {ml_fit: {complexity: low}}
~~~

## Remedy
add the mitigation to the answer, or a risk with `covers` and `mitigation`; or solve the problem without machine learning

## References
S2-03, S2-06, S3-16, S3-19, S3-21, S3-22, S3-23, S3-24
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Answer, Findings, Origin, Project, abstain, rule

_SOURCES = ["S2-03", "S2-06", "S3-16", "S3-19", "S3-21", "S3-22", "S3-23", "S3-24"]
# the answers that speak against machine learning
_AGAINST = {
    "problem.ml_fit.pattern": "no",
    "problem.ml_fit.objective_function": "no",
    "problem.ml_fit.complexity": "low",
    "problem.ml_fit.data_exists": "no",
    "problem.feasibility.data_access": "hard",
    "problem.readiness.data_collection": "no",
}


class Contraindication(NamedTuple):
    """Something declared that speaks against machine learning."""

    path: str
    said: str
    place: Origin


@rule("REQ102", severity="WEE", sources=_SOURCES)
def contraindication_unmitigated(project: Project) -> Findings:
    stages = project.rollout.stages
    for found in _declared(project):
        if _is_covered(found.path, project):
            continue
        if not stages:
            yield abstain("no rollout is planned")
        else:
            message = f"{found.path} is {found.said}, which nothing mitigates, yet a rollout is planned"
            yield found.place, message, [stages[0].at()]


def _declared(project: Project) -> Iterator[Contraindication]:
    for path, bad in _AGAINST.items():
        answer = project.part(path)
        if isinstance(answer, Answer) and answer.answer == bad and not answer.has("mitigation"):
            yield Contraindication(path, bad, answer.at())
    review, failure = project.problem.ethics_review, project.problem.failure
    if review and (review.outcome == "fail" or review.outcome == "conditional" and not review.conditions):
        words = "fail" if review.outcome == "fail" else "conditional without conditions"
        yield Contraindication("problem.ethics_review.outcome", words, review.at("outcome"))
    if failure and failure.consequence == "catastrophic":
        yield Contraindication("problem.failure.consequence", "catastrophic", failure.at("consequence"))


def _is_covered(path: str, project: Project) -> bool:
    """True if a risk covers the path, something above it or its answer, and says what is done."""
    for risk in project.risks:
        covers = (risk.covers or "").removesuffix(".answer")
        if covers and risk.has("mitigation") and (path == covers or path.startswith(covers + ".")):
            return True
    return False
