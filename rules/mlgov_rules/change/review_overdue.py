"""What is reviewed at intervals must have been reviewed in time.

A stated date wins over the history: without `last_reviewed`, the last change of the reviewed file counts.

## Why
A review that is overdue for a year means that nobody has looked since the product was another one.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, last_reviewed: 2025-11-01, interval: 180d}]}
~~~
~~~text after/notes.txt
any change
~~~

### by the last change of the file
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: docs/risks.md, interval: 30d}]}
~~~
~~~text docs/risks.md
Known risks.
~~~
~~~text after/notes.txt
any change
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, last_reviewed: 2026-09-01, interval: 180d}]}
~~~
~~~text after/notes.txt
any change
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {reviews: [{of: risks, interval: 30d}]}
~~~
~~~text after/notes.txt
any change
~~~

## Remedy
review it again, and write the date into process.reviews

## References
S1-11, S1-43; NIST AI RMF GOVERN 1.5
"""

from datetime import date

from mlgov.rulekit import Change, Findings, Review, abstain, rule

from ._words import FETCH


@rule("CHG515", severity="-IW", sources=["S1-11", "S1-43"])
def review_overdue(change: Change) -> Findings:
    project = change.head
    for review in project.records(Review):
        if not review.interval or not review.of or not project.today:
            continue
        day = review.last_reviewed or change.last_change(project.path(review.of))
        if not day:
            known = project.exists(review.of)
            yield abstain(f"when {review.of} was last reviewed is not known" + (f": {FETCH}" if known else ""))
            continue
        age = (date.fromisoformat(project.today[:10]) - date.fromisoformat(day[:10])).days
        if age * 86400 > review.interval:
            how = "reviewed" if review.last_reviewed else "changed"
            words = f"{review.of} was last {how} {age} days ago ({day[:10]}), the limit is {review.literal('interval')}"
            yield review.at("last_reviewed" if review.last_reviewed else "interval"), words
