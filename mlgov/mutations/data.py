"""Faults of stage 3: data, features, labels, splits, and the training that uses them."""

from mlgov.mutations.edits import change, copy, drop, every, put, scale
from mlgov.mutations.mutation import Mutation

MUTATIONS = (
    Mutation("forget-version", "a data set without a version", "DAT006", drop("data.datasets[role=train].version")),
    Mutation("break-split", "fractions of a split that do not sum to one", "DAT101",
             put("data.splits.parts[part=train].fraction", "0.7")),
    Mutation("overlap-dates", "training data that end after the test data begin", "DAT102",
             copy("data.splits.parts[part=test].to", "data.splits.parts[part=train].to")),
    Mutation("split-entities", "entities that repeat under a split that does not group them", "DAT103",
             every(put("data.entity.rows_per_entity", 12), put("data.splits.strategy", "random"), put("data.splits.seed", 1)),
             ("DAT102", "EVA302", "MON301", "MON302")),
    Mutation("leak-label", "a feature that is known only after the label", "DAT201",
             put("data.features[].available_at", "after_label")),
    Mutation("unknown-input", "a model input that the data specification does not know", "DAT202",
             change("training.signature.inputs", lambda inputs: [*inputs, {"name": "mood_of_the_customer"}])),
    Mutation("untreated-pii", "personal data that reach the model as they are", "DAT203",
             every(put("data.columns[treatment,!device_only].pii", "personal"), put("data.columns[treatment].treatment", "none"),
                   put("data.features[].derived_from", ["account_id"]))),
    Mutation("unwatched-label-event", "a label event that nothing in production watches", "DAT204",
             put("data.labels.event", "contract_signed_elsewhere")),
    Mutation("same-data", "test data with the version of the training data", "DAT205",
             copy("data.datasets[role=train].version", "data.datasets[role=test].version")),
    Mutation("unexplained-choice", "choose a model without saying why", "MOD001", drop("training.selection.rationale")),
    Mutation("choose-on-test", "choose the model on the test split", "MOD101", put("training.selection.split", "test")),
    Mutation("too-slow-model", "a selected model beyond its latency limit", "MOD201",
             scale("training.constraints.latency.max", "0.1")),
    Mutation("wrong-loss", "a loss for another task", "MOD202", put("training.loss.name", "mse")),
    Mutation("no-simple-model", "train no simple model first", "MOD002", every(drop("training.candidates[complexity=simple].results"), drop("baselines[kind=simple_model]"))),
    Mutation("needless-complexity", "a complex model that is no better than the simple one", "MOD203",
             put("baselines[kind=simple_model].results[].value", "0.875")),
)  # fmt: skip
