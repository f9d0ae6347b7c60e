"""The parts of a temporal split must not overlap in time, and must leave the gap that is needed, in their own rows.

## Why
The plan may be right and the data cut otherwise: a part that reaches into the next one shows the future to the model.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    time_column: day
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
day,x
2026-01-01,1
2026-02-03,2
~~~
~~~csv data/test.csv
day,x
2026-02-01,3
2026-02-28,4
~~~

### a gap that is shorter than declared
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    time_column: seen
    gap: 30d
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
seen,x
2026-01-01T08:00:00Z,1
~~~
~~~csv data/test.csv
seen,x
2026-01-20T08:00:00Z,3
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {prediction_horizon: 14d}
data:
  splits:
    strategy: temporal
    time_column: day
    gap: 14d
    parts:
    - {part: train, to: 2026-01-31, file: data/train.csv}
    - {part: test, from: 2026-02-14, file: data/test.csv}
~~~
~~~csv data/train.csv
day,x
2026-01-01,1
2026-01-31,2
~~~
~~~csv data/test.csv
day,x
2026-02-14,3
~~~

### days that only touch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    time_column: day
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
day,x
2026-01-01,1
~~~
~~~csv data/test.csv
day,x
2026-01-01,3
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    time_column: day
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
date,x
2026-01-01,1
~~~
~~~csv data/test.csv
date,x
2026-01-20,3
~~~

## Remedy
cut the data where the plan says, with the whole gap between the parts, and measure again

## References
S4-41, S2-23; Zinkevich, Rules of ML, rule 33
"""

from mlgov.rulekit import Findings, MeasuredOverlap, MeasuredPart, Origin, Project, Quantity, abstain, rule
from mlgov_rules.data._measured import many, part_of
from mlgov_rules.data._splits import DAY, days, seconds_between


@rule("DAT405", severity="EEE", sources=["S4-41", "S2-23"])
def split_times_overlap(overlap: MeasuredOverlap, project: Project) -> Findings:
    splits = project.part("data.splits") and project.data.splits
    if not splits or splits.strategy != "temporal":
        return
    ends = _ends(overlap, project)
    if ends is None or overlap.gap is None:
        yield abstain(f"no row of {overlap.later_path} or {overlap.earlier_path} tells a time in {splits.time_column}")
        return
    last, first = ends
    between, has_times = seconds_between(last, first)
    places = [overlap.earlier_origin, *_days(overlap, project)]
    if overlap.gap < 0 or overlap.gap == 0 and has_times:
        words = f"{overlap.later} begins {first}, before {overlap.earlier} ends {last}: {many(overlap.before_end, 'row')} of {overlap.later_path}"
        yield overlap.at(), words, places
        return
    needed, what, place = _needed(project)
    if needed is not None and (between if needed >= DAY else overlap.gap) < needed:
        words = f"from the end of {overlap.earlier}, {last}, to the beginning of {overlap.later}, {first}, are {days(overlap.gap)}, shorter than the {what} of {needed.text}"
        yield overlap.at(), words, [*([place] if place else []), *places]


def _ends(overlap: MeasuredOverlap, project: Project) -> tuple[str, str] | None:
    """The last moment of the earlier part and the first of the later one; None where one is unknown."""
    parts = {m.origin: m for m in project.records(MeasuredPart)}
    earlier, later = parts.get(overlap.earlier_origin), parts.get(overlap.origin)
    if earlier is None or later is None or not earlier.last[:4].isdigit() or not later.first[:4].isdigit():
        return None
    return earlier.last, later.first


def _needed(project: Project) -> tuple[Quantity | None, str, Origin | None]:
    """How long the gap must be at least, and who says so: the split itself, else the horizon of the prediction."""
    splits, horizon = project.data.splits, project.framing.prediction_horizon
    if splits.gap is not None:
        return splits.gap, "declared gap", splits.at("gap")
    return horizon, "prediction horizon", project.framing.at("prediction_horizon") if horizon else None


def _days(overlap: MeasuredOverlap, project: Project) -> list[Origin]:
    """The declared days, where they stand."""
    measured = {m.origin: m for m in project.records(MeasuredPart)}
    found = []
    for origin, key in ((overlap.origin, "from"), (overlap.earlier_origin, "to")):
        part = part_of(measured[origin], project) if origin in measured else None
        if part and part.literal(key):
            found.append(part.at(key))
    return found
