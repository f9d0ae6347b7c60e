"""Faults of a change: the clean project is the base, and the change takes something away."""

from functools import partial

from mlgov.mutations.edits import copy, drop, every, put, scale
from mlgov.mutations.mutation import Mutation

# an experiment that is under way on any day
STARTED = every(put("experiments[].status", "running"), put("experiments[].start", "2026-01-05"))
# baselines that say on which version of the test set they were measured
DATED = copy("data.datasets[role=test].version", "baselines[results].results[*].dataset_version")
_Change = partial(Mutation, is_change=True)

MUTATIONS = (
    _Change("move-goalposts", "loosen a bound together with its results", "CHG501",
            every(scale("metrics[role=primary,scope=offline].acceptable.min", "0.9"),
                  put("evaluation.results[metric=roc_auc,!slice].value", "0.868")), ("EVA204",)),
    _Change("loosen-bound", "loosen a bound without a reason", "CHG502", scale("metrics[id=precision].acceptable.min", "0.9")),
    _Change("remove-alert", "remove an alert", "CHG503", drop("monitoring.alerts[metric=precision]")),
    _Change("lower-risk-tier", "lower the risk tier", "CHG507", put("project.risk_tier", "low")),
    _Change("weaken-test", "change the plan of an experiment that has started", "CHG509",
            put("experiments[].alpha", "0.1"), prepare=STARTED),
    _Change("weaken-baseline", "take the strongest baseline away", "CHG511",
            drop("baselines[kind=previous_model]"), ("INT006",)),
    _Change("owner-leaves", "take an owner off the team list", "CHG510", drop("team.people[id=di]"), ("ORG201",)),
    _Change("new-test-set", "a new test set that no baseline has met", "CHG504",
            put("data.datasets[role=test].version", "md5-00000000000000000000000000000000"), ("CHG506",), prepare=DATED),
)  # fmt: skip
