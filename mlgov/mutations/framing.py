"""Faults of stages 1 and 2: what is wanted, and what the model is asked for."""

from mlgov.mutations.edits import drop, every, put, scale
from mlgov.mutations.mutation import Mutation

MUTATIONS = (
    Mutation("drop-business-goal", "state no business goal", "REQ001", drop("problem.business_goal")),
    Mutation("skip-ethics-review", "record no ethics review", "REQ005", drop("problem.ethics_review")),
    Mutation("forget-error-cost", "state no cost of a wrong prediction", "REQ009", drop("problem.error_cost")),
    Mutation("unmeasured-requirement", "a requirement without metric and bound", "REQ202",
             drop("problem.requirements[acceptance,!verification].acceptance")),
    Mutation("raise-requirement", "require more than the metric's acceptable bound", "REQ203",
             put("problem.requirements[acceptance,kind=non_functional].acceptance.max", "0.001")),
    Mutation("overspend", "plan more cost than the budget", "REQ204", scale("problem.constraints.budget.amount", "0.01")),
    Mutation("understate-risk", "a low risk tier with critical consequences", "REQ201", every(put("project.risk_tier", "low"), put("problem.failure.consequence", "critical"))),
    Mutation("flip-direction", "minimise a score", "FRM101",
             put("metrics[role=primary,scope=offline].direction", "minimize"), ("EVA203", "MOD203")),
    Mutation("target-below-minimum", "aim below the acceptable bound", "FRM102",
             scale("metrics[role=primary,scope=offline].target.min", "0.9")),
    Mutation("two-primaries", "a second primary metric without a rule that decides", "FRM103",
             put("metrics[role=secondary,scope=offline].role", "primary"), ("EVA002",)),
    Mutation("wrong-metric-type", "judge a classifier by a regression error", "FRM104",
             put("metrics[role=secondary,scope=offline].type", "r2")),
    Mutation("undefined-metric", "a hypothesis with a metric that nobody defines", "FRM201",
             put("problem.hypotheses[metric].metric", "retained_ninety_days")),
    Mutation("target-is-chance", "ask for no more than a guess reaches", "FRM204",
             every(put("metrics[id=roc_auc].acceptable.min", "0.5"), put("metrics[id=roc_auc].target.min", "0.5"))),
    Mutation("cut-goal-chain", "tie the offline metric to no online one", "FRM206",
             drop("metrics[role=primary,scope=offline].proxy_for"), ("MON202",)),
)  # fmt: skip
