"""Where each rule stands with a project: applied, abstained, or not applicable, and why."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlgov.engine import Judgement, Matter, Plan, inapplicable
from mlgov.finding import Severity
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.measured import Measured
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.lifecycle.project import Project
from mlgov.rule import Rule

APPLIED, ABSTAINED, NOT_APPLICABLE = STATES = ("applied", "abstained", "not applicable")


class Standing(NamedTuple):
    """One rule and one project. reasons: why it abstained or does not apply; findings: how often it spoke."""

    code: str
    name: str
    state: str
    reasons: tuple[str, ...] = ()
    findings: int = 0


def standings(project: Project, rules: Iterable[Rule], plan: Plan, judgement: Judgement) -> Iterator[Standing]:
    """One standing for each installed rule, in the order given.

    plan: what the settings demand; judgement: what came out for this project, without a base.
    """
    asked = {rule.code for rule in plan.rules}
    for rule in rules:
        reason = _silence(rule, project, plan, asked)
        if reason:
            yield Standing(rule.code, rule.name, NOT_APPLICABLE, (reason,))
            continue
        spoke = sum(v.code == rule.code and v.project == project.id for v in judgement.verdicts)
        said = [a for a in judgement.abstentions if a.code == rule.code and a.project == project.id]
        reasons = tuple(dict.fromkeys(a.reason for a in said))
        judged = len(Matter(project).subjects(rule)) - len({a.subject for a in said})
        if rule.code not in judgement.ran:
            yield Standing(rule.code, rule.name, ABSTAINED, ("the rule failed; mlgov check tells more",), spoke)
        elif spoke or judged > 0:
            yield Standing(rule.code, rule.name, APPLIED, (), spoke)
        else:
            yield Standing(rule.code, rule.name, ABSTAINED, reasons)


def _silence(rule: Rule, project: Project, plan: Plan, asked: set[str]) -> str:
    """Why a rule is not asked about a project; "" if it is."""
    usual = rule.severity(plan.profile)
    if rule.judges in (Change, PolicyChange) or Change in rule.wants.values() or PolicyChange in rule.wants.values():
        return "it judges a change, which needs --base"
    if issubclass(rule.judges, Measured) and project.measured is None:
        return "it judges what is measured in the data, which needs --data"
    if rule.code not in asked:
        return "the settings leave it out"
    if plan.severity(rule.code, usual) == Severity.OFF:
        return f"off in profile {plan.profile}" if usual == Severity.OFF else "the settings switch it off"
    if reason := inapplicable(rule, project):
        return reason
    if Matter(project).subjects(rule):
        return ""
    return f"no {_words(rule.judges)} is {'made' if issubclass(rule.judges, Measured) else 'stated'}"


def _words(kind: type) -> str:
    """`MetricResult` as people write it: metric result."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()
