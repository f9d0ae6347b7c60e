"""The models that were tried must be listed with their trade-offs, and the choice with its reason.

## Why
A choice without alternatives is a habit. Time, data, resources and latency of each candidate show later whether the
choice still holds. An automatic search may link its leaderboard instead.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
~~~

### one candidate, and little about it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates: [{id: gbm, pros: fast}]
  selection: {selected: gbm, rationale: it is the best}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates:
  - {id: logreg, pros: readable, cons: linear, train_time: 2m, train_rows: 18000, resources: 4 cores, latency: {value: 12ms}}
  - {id: gbm, pros: interactions, cons: opaque, train_time: 9m, train_rows: 18000, resources: 4 cores, latency: {value: 45ms}}
  selection: {selected: gbm, rationale: best validation ROC AUC within the latency limit}
~~~

### a leaderboard
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates:
  - {id: gbm, pros: fast, cons: opaque, train_time: 9m, train_rows: 18000, resources: 4 cores, latency: {value: 45ms}}
  selection: {selected: gbm, rationale: "https://automl.example.org/leaderboard/17"}
~~~

## Remedy
list at least two candidates with pros, cons, train_time, train_rows, resources and latency, and say which was selected
and why

## References
S4-27, S4-28, S0-03, S3-15; EU AI Act Annex IV 2(b)
"""

from mlgov.rulekit import Findings, Project, missing, missing_at, presence

_FIELDS = ("pros", "cons", "train_time", "train_rows", "resources", "latency")


@presence(
    "MOD001",
    "training",
    severity="-WE",
    stage="validation",
    lead=True,
    sources=["S4-27", "S4-28", "S0-03", "S3-15"],
)
def candidate_comparison_missing(project: Project) -> Findings:
    candidates = [c for c in project.training.candidates if c.is_own]
    selection = project.training.selection
    searched = selection is not None and "://" in (selection.rationale or "")
    if len(candidates) < (1 if searched else 2) and not project.is_excused("training.candidates"):
        count = "no candidate is" if not candidates else "only one candidate is"
        yield project.at("training", "candidates"), f"{count} listed; a choice needs two"
    for candidate in candidates:
        yield from missing(candidate, f"candidate {candidate.id} lacks {{}}", "id", *_FIELDS)
    yield from missing_at(project, "training.selection", "the selection of the model lacks {}", "selected", "rationale")
