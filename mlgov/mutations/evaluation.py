"""Faults of stages 5 and 6: offline results, what documents say of them, and online experiments."""

from mlgov.mutations.edits import card_number, drop, every, in_card, in_result, put, scale
from mlgov.mutations.mutation import Mutation

PRIMARY = "evaluation.results[metric=roc_auc,!slice]"
COUNTED = "evaluation.results[counts,slice]"

MUTATIONS = (
    Mutation("drop-baselines", "compare with nothing", "EVA002", drop("baselines"), ("INT006",)),
    Mutation("empty-card", "a card that says nothing of ethics", "EVA007",
             in_card(r"^## Ethical considerations\n.*?(?=^## )", "")),
    Mutation("impossible-precision", "a value that its own counts do not give", "EVA101", scale(COUNTED + ".value", "1.1")),
    Mutation("unmeasured-primary", "no result of the primary metric", "EVA201", every(in_result(PRIMARY), in_card(r"^\| ROC AUC .*?\n", ""), drop(PRIMARY))),
    Mutation("raise-bound", "an acceptable bound that the result misses", "EVA203",
             put("metrics[id=precision].acceptable.min", "0.66"), ("MON201",)),
    Mutation("swap-card-metric", "a card with another number than the results", "EVA204", card_number(PRIMARY + ".value", "1.04")),
    Mutation("evaluate-other-version", "results of another version than the one that is served", "EVA205",
             put("evaluation.results[*,model_version].model_version", "0.0.1"), ("EVA006",)),
    Mutation("report-validation", "report the number of the validation data", "EVA206",
             put(PRIMARY + ".dataset", "valid_2026"), ("EVA006",)),
    Mutation("shift-threshold", "serve at another decision threshold than was evaluated", "EVA210", scale("serving.threshold", "0.5")),
    Mutation("hide-weak-slice", "a slice below the bound that no limitation names", "EVA211",
             put("metrics[id=recall].acceptable.min", "0.62")),
    Mutation("mix-percent", "one number as a percent beside fractions", "EVA216",
             card_number(PRIMARY + ".value", "100")),
    Mutation("narrow-interval", "an interval far narrower than its n allows", "EVA306",
             put(PRIMARY + ".ci", {"low": "0.8709", "high": "0.8711", "level": "0.95"})),
    Mutation("allocate-more-than-all", "arms of 60 % and 50 %", "EXP101", put("experiments[].arms[control=true].allocation", "0.6")),
    Mutation("half-a-week", "an experiment shorter than a week", "EXP102",
             every(put("experiments[].duration", "3d"), drop("experiments[].enrolment"), drop("experiments[].end")), ("EXP205",)),
    Mutation("peek", "look ten times without a method for it", "EXP103", put("experiments[].sequential.looks", 10)),
    Mutation("test-other-metric", "decide an experiment on another metric", "EXP201",
             put("experiments[].primary_metrics", ["handling_time"]), ("EXP304",)),
    Mutation("no-margin", "a guardrail without a margin", "EXP202", drop("experiments[].guardrails[].margin")),
    Mutation("assume-other-rate", "plan with another baseline rate than was measured", "EXP203",
             put("experiments[].baseline_rate", "0.84")),
    Mutation("underpower", "plan a tenth of the units", "EXP301", scale("experiments[].sample_size_per_arm", "0.1"), ("EXP304",)),
)  # fmt: skip
