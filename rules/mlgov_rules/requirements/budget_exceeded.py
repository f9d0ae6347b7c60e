"""The planned cost must fit the budget.

## Why
Labels, training, serving and upkeep are decided in four places by four people. Their sum is decided by nobody.

The budget is for the first year unless it says otherwise; what recurs per month counts twelve times. Amounts are added in one
currency only, and an amount told in words is unknown.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {constraints: {budget: {amount: 30000, currency: USD}}}
data: {labels: {manual: {cost_per_item: {amount: 4, currency: USD}, items: 10000}}}
~~~

### what is served every month
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem:
  constraints: {budget: {amount: 30000, currency: EUR}}
  cost: {maintenance: {amount: 8000, currency: EUR, per: year}}
training: {cost: {amount: 400, currency: EUR}}
serving: {cost: {amount: 2000, currency: EUR, per: month}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {constraints: {budget: {amount: 60000, currency: EUR, per: year}}}
training: {cost: {amount: 400, currency: EUR}}
serving: {cost: {amount: 9000, currency: EUR, per: year}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
problem: {constraints: {budget: {amount: 30000, currency: EUR}}}
training: {cost: {amount: 40000, currency: USD}}
~~~

## Remedy
cut the largest part, or raise the budget with the consent of whoever gave it

## References
S2-02, S2-13, S3-10, S4-38; NIST AI RMF MAP 3.2
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Findings, Money, Origin, Project, abstain, rule

_PER_YEAR = {None: 1.0, "year": 1.0, "quarter": 4.0, "month": 12.0, "week": 52.0}


class Part(NamedTuple):
    """One part of the planned cost in the first year; amount None where it is not known."""

    word: str
    amount: float | None
    currency: str | None
    place: Origin


@rule("REQ204", severity="-WE", sources=["S2-02", "S2-13", "S3-10", "S4-38"])
def budget_exceeded(project: Project) -> Findings:
    constraints = project.problem.constraints
    budget, parts = constraints.budget if constraints else None, list(_parts(project))
    if budget is None or not parts:
        return
    limit = _yearly(budget)
    if limit is None or any(part.amount is None or part.currency != budget.currency for part in parts):
        yield abstain("amounts in several currencies or in words")
        return
    total = sum(part.amount or 0.0 for part in parts)
    if not total <= limit * (1 + 1e-9):
        unit = f" {budget.currency}" if budget.currency else ""
        words = ", ".join(f"{part.word} {part.amount:.10g}" for part in parts)
        message = f"planned cost {total:.10g}{unit} exceeds budget {limit:.10g}{unit}: {words}"
        largest = sorted(parts, key=lambda part: -(part.amount or 0.0))
        yield budget.at(), message, [part.place for part in largest]


def _parts(project: Project) -> Iterator[Part]:
    manual = project.data.labels.manual if project.data.labels else None
    if manual and manual.cost_per_item and manual.items is not None:
        price = manual.cost_per_item
        amount = None if price.amount is None else float(price.amount) * float(manual.items)
        yield Part("labels", amount, price.currency, price.at())
    running = project.problem.cost
    for word, cost in (
        ("training", project.training.cost),
        ("serving", project.serving.cost),
        ("maintenance", running.maintenance if running else None),
    ):
        if cost is not None:
            yield Part(word, _yearly(cost), cost.currency, cost.at())


def _yearly(money: Money) -> float | None:
    """The amount of one year; None where it is told in words or per something else."""
    if money.amount is None or money.per not in _PER_YEAR:
        return None
    return float(money.amount) * _PER_YEAR[money.per]
