"""A row of a later part must not be a training row in other spelling.

## Why
A row that was exported twice, under another number, in other case, or with numbers rounded otherwise, is still the same
observation, and no comparison of keys finds it.
Values are compared without case and spaces, numbers to seven digits; numbers of rows and the entity key do not count.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: user}
  splits:
    strategy: grouped
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,city,length,width
ada,New York,3.14,2.7
ben,Rome,5.25,1.1
~~~
~~~csv data/test.csv
user,city,length,width
cyd,new york ,3.140,2.70
dan,Oslo,9.5,3.3
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: user}
  splits:
    strategy: grouped
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,city,length,width
ada,New York,3.14,2.7
~~~
~~~csv data/test.csv
user,city,length,width
cyd,New York,3.15,2.7
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: survey}
data:
  entity: {key: user}
  splits:
    strategy: grouped
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,answer,region
ada,yes,north
ben,yes,north
cyd,no,south
~~~
~~~csv data/test.csv
user,answer,region
dan,Yes,north
~~~

## Remedy
remove the copies before the data are divided, and measure again

## References
S4-41; Kapoor, Narayanan 2023
"""

from mlgov.rulekit import Findings, MeasuredOverlap, abstain, rule
from mlgov_rules.data._measured import many, share
from mlgov_rules.data._repeats import copies


@rule("DAT403", severity="IWE", sources=["S4-41"])
def near_duplicate_rows(overlap: MeasuredOverlap) -> Findings:
    if overlap.near is None or not overlap.near.rows:
        return
    count = copies(overlap.near, overlap)
    if not count:
        repeated = overlap.earlier_rows - overlap.near.distinct
        yield abstain(f"{many(repeated, 'row')} of {overlap.earlier_path} repeat by themselves")
        return
    words = (
        f"{many(count, 'row')} of {overlap.later} {'is a row' if count == 1 else 'are rows'} of {overlap.earlier} but for spelling, "
        f"number of the row and entity: {share(count, overlap.later_rows)} of {overlap.later_path}"
    )
    yield overlap.at(), words, [overlap.earlier_origin]
