"""Where time matters, the test part must begin after the training part has ended.

## Why
A model that has seen the future of its test rows looks better than it will ever be again. A label that lies 30 days
ahead reaches 30 days beyond the last training row, so the parts need a gap of the same length.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    parts: [{part: train, from: 2026-01-01, to: 2026-06-30}, {part: test, from: 2026-06-01, to: 2026-08-31}]
~~~

### the gap is shorter than the label horizon
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {prediction_horizon: 30d}
data:
  splits:
    strategy: temporal
    parts: [{part: train, to: 2026-01-05}, {part: test, from: 2026-01-06}]
~~~

### the declared gap is not kept
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    gap: 2w
    parts: [{part: train, to: 2026-01-05}, {part: validation, from: 2026-01-12}, {part: test, from: 2026-02-12}]
~~~

### a random split of rows that are ordered in time
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {strategy: random, time_column: snapshot_date, parts: [{part: train, fraction: 80%}, {part: test, fraction: 20%}]}
~~~

### times of day
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    parts: [{part: train, to: "2026-01-05T12:00:00Z"}, {part: test, from: "2026-01-05T12:00:00Z"}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {prediction_horizon: 30d}
data:
  splits:
    strategy: temporal
    gap: 30d
    parts: [{part: train, from: 2026-01-01, to: 2026-05-31}, {part: test, from: 2026-07-01, to: 2026-07-31}]
~~~

### rolling folds are judged fold by fold
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    parts:
    - {part: train, from: 2026-01-01, to: 2026-03-31}
    - {part: test, from: 2026-04-01, to: 2026-04-30}
    - {part: train, from: 2026-01-01, to: 2026-04-30}
    - {part: test, from: 2026-05-01, to: 2026-05-31}
~~~

### days that only touch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {strategy: temporal, parts: [{part: train, to: 2026-01-05}, {part: test, from: 2026-01-05}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {strategy: temporal, parts: [{part: train, to: 2026-01-05}, {part: test}]}
~~~

### a random split, and nothing says that rows differ in time
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {prediction_horizon: 30d}
data:
  splits: {strategy: random, parts: [{part: train, fraction: 0.8}, {part: test, fraction: 0.2}]}
~~~

## Remedy
let the test part begin after the training part has ended, with a gap of at least the time the label looks ahead

## References
S4-41, S2-23; Rules of ML #33
"""

from mlgov.rulekit import Findings, Origin, Project, Quantity, SplitPart, Splits, abstain, rule
from mlgov_rules.data._splits import DAY, days, seconds_between, stated_together, train_and_later


@rule("DAT102", severity="EEE", sources=["S4-41", "S2-23"], implies=["DAT402", "DAT405"])
def temporal_leakage(splits: Splits, project: Project) -> Findings:
    if splits.strategy in ("random", "stratified"):
        yield from _random_in_time(splits, project)
    elif splits.strategy in ("temporal", None):
        for parts in stated_together(splits):
            if splits.strategy or not _one_period(parts):
                for train, later in train_and_later(parts):
                    yield from _order(train, later, splits, project)


def _random_in_time(splits: Splits, project: Project) -> Findings:
    place, reason = splits.at("time_column"), f"rows are ordered by {splits.time_column}"
    if not splits.time_column:
        task = project.framing.task or ""
        series = next((d for d in project.data.datasets if d.modality == "time_series"), None)
        if "time-series" in task or "forecast" in task:
            place, reason = project.framing.at("task"), f"the task is {task}"
        elif series is not None:
            place, reason = series.at("modality"), f"{series.id or 'the data set'} is a time series"
        else:
            if project.framing.prediction_horizon:
                yield abstain("unknown whether rows lie at different times")
            return
    yield splits.at("strategy"), f"the split is {splits.strategy}, but {reason}", [place]


def _one_period(parts: list[SplitPart]) -> bool:
    """Parts of one and the same period were not cut by time."""
    return len({(p.from_, p.to) for p in parts}) == 1


def _order(train: SplitPart, later: SplitPart, splits: Splits, project: Project) -> Findings:
    if not train.to or not later.from_:
        if splits.strategy or train.to or later.from_:
            yield abstain("unknown last day of train" if not train.to else f"unknown first day of {later.part}")
        return
    between, timed = seconds_between(train.to, later.from_)
    places = [train.at("to")]
    if between < 0 or between == 0 and timed:
        yield later.at("from"), f"{later.part} begins at {later.from_}, train ends at {train.to}", places
        return
    for needed, place, whose in _gaps(splits, project):
        # without a time of day the last event may lie anywhere in its day
        if between < needed if timed else needed - between >= DAY:
            message = f"{days(between)} lie between train ({train.to}) and {later.part} ({later.from_}), {whose} is {needed.text}"
            yield later.at("from"), message, [*places, place]
            return


def _gaps(splits: Splits, project: Project) -> list[tuple[Quantity, Origin, str]]:
    """How far apart the parts have to be: as declared, and as far as the label looks ahead."""
    gap, horizon = splits.gap, project.framing.prediction_horizon
    found = [(gap, splits.at("gap"), "the declared gap")] if gap else []
    if horizon:
        found.append((horizon, project.framing.at("prediction_horizon"), "the prediction horizon"))
    return found
