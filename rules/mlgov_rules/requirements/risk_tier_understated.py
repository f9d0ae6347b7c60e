"""The risk tier must be at least what the project's own fields imply.

## Why
The tier decides which checks apply. A product that acts alone where errors are serious, or that handles special categories of
data, is not a low risk because somebody wrote so.

The least tier is the highest of: medium for an autonomous product, a serious consequence, special categories of personal data,
or a domain such as employment, credit, insurance, education, health, justice, critical infrastructure, migration or
biometrics; high for a critical or catastrophic consequence, and for an autonomous product with a serious one. It says nothing
about a legal class.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: valves, risk_tier: low}
product: {type: autonomous}
problem: {failure: {consequence: serious}}
~~~

### the domain
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: scores, risk_tier: low, domain: [consumer credit]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, risk_tier: medium, domain: [telecommunications]}
product: {type: [software-2.0, autonomous]}
problem: {failure: {consequence: minor}}
data: {privacy: {pii: special_category}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: valves}
product: {type: autonomous}
~~~

## Remedy
raise `project.risk_tier`; or correct the field that implies it, with the reason in the change

## References
S2-28, S3-24; EU AI Act Article 6 and Annex III; NIST AI RMF MAP 5.1
"""

import re
from collections.abc import Iterator

from mlgov.rulekit import Findings, Origin, Project, abstain, rule

_TIERS = ("low", "medium", "high")
_DOMAINS = re.compile(
    r"\b(employment|hiring|recruit\w*|human resources|credit\w*|lending|loans?|insurance|education\w*|health\w*|medic\w*"
    r"|clinical|hospital|justice|judicial|law enforcement|police|policing|critical infrastructure|migration|asylum"
    r"|border control|biometric\w*|face recognition|facial recognition)\b",
    re.IGNORECASE,
)
Implied = tuple[str, str, Origin]


@rule("REQ201", severity="WEE", stage="ideation", sources=["S2-28", "S3-24"])
def risk_tier_understated(project: Project) -> Findings:
    implied = list(_implied(project))
    least = max((tier for tier, _, _ in implied), key=_TIERS.index, default="low")
    tier = project.identity.risk_tier
    if least == "low":
        return
    if not tier:
        yield abstain("no risk tier is declared")
    elif _TIERS.index(tier) < _TIERS.index(least):
        reasons = [(words, place) for found, words, place in implied if found == least]
        words = " and ".join(words for words, _ in reasons)
        message = f"risk tier {tier} is lower than {least}, implied by your own fields: {words}"
        yield project.identity.at("risk_tier"), message, [place for _, place in reasons]


def _implied(project: Project) -> Iterator[Implied]:
    failure, privacy = project.problem.failure, project.data.privacy
    consequence = failure.consequence if failure else None
    is_autonomous = "autonomous" in project.product.type
    acts_alone = ("product.type autonomous", project.product.at("type"))
    if is_autonomous:
        yield "medium", *acts_alone
    if failure and consequence in ("serious", "critical", "catastrophic"):
        words, place = f"problem.failure.consequence {consequence}", failure.at("consequence")
        yield "medium" if consequence == "serious" else "high", words, place
        if is_autonomous and consequence == "serious":
            yield "high", *acts_alone
            yield "high", words, place
    if privacy and privacy.pii == "special_category":
        yield "medium", "data.privacy.pii special_category", privacy.at("pii")
    for i, domain in enumerate(project.identity.domain):
        if _DOMAINS.search(domain.replace("_", " ").replace("-", " ")):
            yield "medium", f"project.domain {domain}", project.identity.at("domain", i)
