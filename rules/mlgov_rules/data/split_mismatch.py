"""A split must be the same wherever it is stated.

## Why
A model card that speaks of 80/20 beside a data card that speaks of 60/20/20 leaves open on how much data the model was
trained, and on what it was tested. Shares are compared at their printed precision, part by part.

A parameter file states shares of what is left after the part before (`validation_size: 0.25` of the rest is 20 % of all),
and a cross-validation has no parts; both are understood. Where a card counts rows, and its training part is a whole
multiple of what the other file says, the training rows may have been augmented.

## Fails
~~~markdown MODEL_CARD.md
Model card
==========

Training data
-------------

- **Source:** accounts of 2025
- **Split:** 80% train / 20% test
~~~
~~~markdown DATA_CARD.md
Data card
=========

Splits
------

- Default split: 60% train / 20% validation / 20% test (stratified).
~~~

### the parameters keep another test set
~~~markdown DATA_CARD.md
Data card
=========

Splits
------

- Split: 70% train, 30% test.
~~~
~~~yaml params.yaml
split:
  test_size: 0.2
~~~

## Passes
~~~markdown DATA_CARD.md
Data card
=========

Splits
------

- Split: 60% train / 20% validation / 20% test.
~~~
~~~yaml params.yaml
split:
  test_size: 0.2
  validation_size: 0.25
~~~

### four views of each image are made for the training
~~~markdown DATA_CARD.md
Data card
=========

Data splits
-----------

|  | train | validation | test |
|---|---|---|---|
| images | 280 | 50 | 50 |
| % | 73.7 | 13.15 | 13.15 |
~~~
~~~yaml params.yaml
prepare: {training_size: 0.41, validation_size: 0.295, testing_size: 0.295}
~~~

## Abstains
~~~yaml params.yaml
split:
  test_size: 0.2
~~~

## Remedy
state the split that was made, best in one place to which the other documents refer

## References
S4-41; Mitchell et al. 2019, training data
"""

from itertools import combinations

from mlgov.rulekit import Findings, Project, SplitPart, Splits, abstain, rule
from mlgov_rules.data._splits import half_step, stated_together

Shares = dict[str, SplitPart]
_PARTS = ("train", "test", "validation")


@rule("DAT210", severity="IWE", sources=["S4-41"])
def split_mismatch(splits: Splits, project: Project) -> Findings:
    if splits.strategy == "cross_validation":
        yield abstain("a cross-validation has no parts")
        return
    stated = [shares for parts in stated_together(splits) if (shares := _shares(parts))]
    if len(stated) == 1:
        yield abstain("one file states the shares of the split")
    for first, second in combinations(stated, 2):
        differ = next((p for p in _PARTS if p in first and p in second and not _same(p, first, second)), None)
        if differ and _other_data(first[differ], second[differ], project):
            yield abstain("the files speak about two data sets")
        elif differ and (_is_augmented(first, second) or _is_augmented(second, first)):
            yield abstain("the training rows may be augmented")
        elif differ:
            a, b = first[differ], second[differ]
            said = (f"{part.literal('fraction')} in {part.at().file}" for part in (a, b))
            yield a.at("fraction"), f"the {differ} part is {', '.join(said)}", [b.at("fraction")]
            return


def _shares(parts: list[SplitPart]) -> Shares:
    """The fractions of one file by part; none where a part is told twice."""
    named = [p for p in parts if p.fraction is not None and p.part]
    return {str(p.part): p for p in named} if len({p.part for p in named}) == len(named) else {}


def _same(part: str, first: Shares, second: Shares) -> bool:
    """True if some reading of one share is some reading of the other; nobody prints 0.85 as 0.8 in a split."""
    pairs = ((a, b) for a in _readings(part, first) for b in _readings(part, second))
    off = half_step(first[part].fraction) + half_step(second[part].fraction)
    return any(abs(a - b) <= off for a, b in pairs)


def _readings(part: str, shares: Shares) -> list[float]:
    """The share as it stands; that of a validation part beside no training part may also be one of the rest."""
    share, test = shares[part].fraction, shares["test"].fraction if "test" in shares else None
    if share is None:
        return []
    may_be_of_rest = part == "validation" and "train" not in shares and test is not None
    return [float(share), float(share) * (1 - float(test))] if may_be_of_rest and test is not None else [float(share)]


def _is_augmented(counted: Shares, other: Shares) -> bool:
    """True if one file counts rows, and has twice, three times … as many for training beside its test rows."""
    if not all(p in counted and p in other for p in ("train", "test")) or counted["train"].rows is None:
        return False
    (a, b), (c, d) = ([float(s[p].fraction or 0) for p in ("train", "test")] for s in (counted, other))
    times = a * d / (b * c) if b and c else 0.0
    return times > 1.5 and abs(times - round(times)) < 0.02 * times


def _other_data(a: SplitPart, b: SplitPart, project: Project) -> bool:
    """True if the two parts, or the two files, name data sets and none in common."""
    if a.dataset and b.dataset:
        return a.dataset != b.dataset
    first, second = (_names(part.at().file, project) for part in (a, b))
    return bool(first and second and not first & second)


def _names(file: str, project: Project) -> set[str]:
    stated = (d for d in project.data.datasets if d.at().file == file)
    return {name.casefold() for d in stated for name in (d.id, *d.aliases) if name}
