"""The column that a model learns must have one name wherever it is stated.

## Why
A data card that describes one target and parameters that train on another are about different data, or a renaming that
nobody wrote down; whoever repeats the training takes the wrong column.

Names are compared without case and punctuation. Where one name holds the other (`Exited`, `Exited_flag`), or both are
columns of the data, one may be made from the other, and nothing is said. A file that names several targets says nothing.

## Fails
~~~markdown DATA_CARD.md
Data card
=========

Structure
---------

- **Rows:** 2,111
- **Target variable:** NObeyesdad (7 classes)
~~~
~~~yaml params.yaml
split:
  test_size: 0.2
  target: Obesity
~~~

## Passes
~~~markdown DATA_CARD.md
Data card
=========

Structure
---------

- **Rows:** 2,111
- **Target variable:** Obesity_Level (7 classes)
~~~
~~~yaml params.yaml
split:
  target: obesity level
~~~

### the manifest says which name is used where
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: obesity}
data:
  columns: [{name: NObeyesdad}, {name: Obesity}]
  labels: {name: Obesity}
~~~
~~~markdown DATA_CARD.md
Data card
=========

Structure
---------

- **Rows:** 2,111
- **Target variable:** NObeyesdad (7 classes)
~~~

## Abstains
~~~yaml params.yaml
split:
  target: Obesity
~~~

## Remedy
use one name, or state both columns and which is made from which (`data.features[].derived_from`)

## References
S4-37; Gebru et al. 2018
"""

import re
from itertools import combinations

from mlgov.rulekit import Findings, Project, abstain, rule


@rule("DAT209", severity="IWE", sources=["S4-37"])
def target_column_mismatch(project: Project) -> Findings:
    stated = project.claims("data.labels.name")
    single = [
        c for c in stated if all(_plain(o.text) == _plain(c.text) for o in stated if o.origin.file == c.origin.file)
    ]
    single = list({claim.origin.file: claim for claim in single}.values())
    if stated and len(single) < 2:
        yield abstain("one file states the target column")
    columns = {_plain(column.name or "") for column in project.data.columns}
    for first, second in combinations(single, 2):
        one, other = _plain(first.text), _plain(second.text)
        if one == other:
            continue
        if {one, other} <= columns or _holds(one, other):
            yield abstain(f"{first.text} may be made from {second.text}")
        else:
            words = f"the target is {first.text} in {first.origin.file}, {second.text} in {second.origin.file}"
            yield first.origin, words, [second.origin]
            return


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _holds(one: str, other: str) -> bool:
    """True for names of which one holds the other."""
    return one in other or other in one
