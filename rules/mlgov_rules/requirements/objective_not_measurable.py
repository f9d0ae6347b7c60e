"""An objective must name a metric, a number or a date.

## Why
"Improve search" cannot be missed, so it cannot be reached either.

A metric, a target, a date of its own or a number in the statement is enough. Where there is no objective, the statement of the
problem has to hold a number. A text that only links to another place is not judged, and neither are native documents.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: ideation}
problem: {business_goal: more bookings, objectives: [{id: better, statement: improve search}]}
~~~

### no objective, and no number in the statement
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: ideation}
problem: {business_goal: more bookings, statement: search is bad}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: ideation}
problem:
  business_goal: more bookings
  objectives: [{id: ctr, metric: ctr, target: {min: 0.12}}, {id: speed, statement: answer in 200 ms by Q3}]
metrics: [{id: ctr}]
~~~

### the statement is measurable
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: ideation}
problem: {business_goal: more bookings, statement: 40 % of the searches end without a click}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: ideation}
problem: {business_goal: more bookings, objectives: [{id: okr, statement: https://wiki.example.org/okr}]}
~~~

## Remedy
turn the objective into a number with a date: "improve search" becomes "CTR +2 % by Q3", best with `metric` and `target`

## References
S3-08, S3-09, S3-26; Rules of ML #13
"""

import re

from mlgov.rulekit import Findings, Problem, Project, abstain, rule

_LINK = re.compile(r"\s*\S+://\S+\s*")
_NUMBER = re.compile(r"\d|\b(?:half|halve|double|twice|triple|zero)\b", re.IGNORECASE)


@rule("REQ101", severity="-WE", stage="ideation", sources=["S3-08", "S3-09", "S3-26"])
def objective_not_measurable(problem: Problem, project: Project) -> Findings:
    if not problem.objectives:
        if problem.is_own and problem.lacks("objectives") and _is_vague(problem.statement):
            yield problem.at("statement"), "the problem names no objective, and its statement holds no number"
        return
    for objective in problem.objectives:
        if not objective.is_own or objective.metric or objective.target or objective.due:
            continue
        name = f"objective {objective.id}" if objective.id else "an objective"
        if _LINK.fullmatch(objective.statement or ""):
            yield abstain(f"{name} is told elsewhere")
        elif _is_vague(objective.statement) or not objective.statement:
            place = objective.at("statement") if objective.statement else objective.at()
            yield place, f"{name} names no metric, number or date"


def _is_vague(text: str | None) -> bool:
    """True for a text that holds no number and is more than a link."""
    return bool(text) and not _NUMBER.search(text or "") and not _LINK.fullmatch(text or "")
