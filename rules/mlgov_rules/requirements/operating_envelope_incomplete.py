"""The requirements must say under which conditions the product works: platform, load, quality, priority, budget, deadline.

## Why
A model that is good enough and arrives in the wrong year, on the wrong machine or at ten times the load is not good enough.

An offline analysis (`problem.constraints.platform: none`) is not asked for load and speed. Units per day stand for the rate
at the peak, which is taken as three times their mean; an objective with a target stands for the expected quality.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  constraints: {platform: cloud, budget: {amount: 30000, currency: EUR}, deadline: 2027-03-31}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  requirements: [{id: r1, acceptance: {metric: latency_p95, max: 200ms}}]
  constraints:
    platform: cloud
    compute: one 16-core machine
    budget: {amount: 30000, currency: EUR}
    deadline: 2027-03-31
    realtime: true
    priority: accuracy
    prediction_frequency: on arrival
  scale: {users: 300, peak_rate: 2}
~~~

### an offline analysis
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: study, stage: ideation}
problem:
  business_goal: know why customers leave
  objectives: [{id: why, metric: r2, target: {min: 0.3}}]
  constraints: {platform: none, compute: a laptop, budget: 10 days of work, deadline: 2027-03-31, priority: accuracy}
~~~

## Remedy
state the missing parts in `problem.constraints` and `problem.scale`, and one requirement with an acceptance bound

## References
S2-02, S2-17, S2-19, S3-10, S3-11, S4-04, S4-06, S4-07, S4-08, S4-09, S4-10, S4-11, S0-01, S1-03; EU AI Act Annex IV 1(e); NIST AI RMF MAP 1.6
"""

from mlgov.rulekit import Findings, Project, presence
from mlgov_rules.requirements._answers import Gap, gaps, spoken


@presence(
    "REQ008",
    "problem",
    severity="IWE",
    stage="ideation",
    sources=[
        "S4-04",
        "S4-06",
        "S4-07",
        "S4-08",
        "S4-09",
        "S4-10",
        "S4-11",
        "S3-10",
        "S3-11",
        "S2-17",
        "S0-01",
        "S1-03",
    ],
)
def operating_envelope_incomplete(project: Project) -> Findings:
    constraints = project.problem.constraints
    is_served = not (constraints and constraints.platform == "none")
    found = gaps(project, "problem.constraints", "platform", "compute", "budget", "deadline", "priority")
    if is_served:
        found += gaps(project, "problem.constraints", "realtime", "prediction_frequency")
        found += _load(project)
    found += _quality(project)
    if found:
        words, place, others = spoken(found)
        yield place, f"the requirements lack {words}", others


def _load(project: Project) -> list[Gap]:
    scale = project.problem.scale
    has_mean = bool(scale and scale.has("daily_units"))
    return [g for g in gaps(project, "problem.scale", "users", "peak_rate") if not (has_mean and g.word == "peak rate")]


def _quality(project: Project) -> list[Gap]:
    """The expected quality: a requirement with a bound, or an objective with a target."""
    problem = project.problem
    is_stated = any(r.has("acceptance") for r in problem.requirements) or any(
        o.has("target") for o in problem.objectives
    )
    is_excused = problem.has("requirements") and not problem.requirements
    return [] if is_stated or is_excused else [Gap("the expected quality", problem.at())]
