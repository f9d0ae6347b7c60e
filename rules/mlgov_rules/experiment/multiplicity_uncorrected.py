"""An experiment with several chances to succeed must correct for them.

## Why
Each treatment arm and each primary metric is one more chance to find an effect where none is. Four comparisons at alpha
0.05 find one in 19 % of the experiments. Guardrails are not counted: all of them must hold.

Several metrics that are combined into one (`framing.multi_objective`) count once; where the decision rule speaks of all
or both of them, the rule abstains, because a demand for all needs no correction.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- id: ranking
  alpha: 0.05
  primary_metrics: [conversion]
  arms: [{id: control, control: true}, {id: a}, {id: b}, {id: c}, {id: d}]
~~~

### two metrics that decide
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments: [{id: ranking, alpha: 5%, primary_metrics: [conversion, revenue], correction: none}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- {id: ranking, alpha: 0.05, primary_metrics: [conversion, revenue], correction: holm}
- id: one
  alpha: 0.05
  primary_metrics: [conversion]
  guardrails: [{metric: latency_p95, margin: 10ms}, {metric: complaints, margin: 0.01}]
  arms: [{id: control, control: true}, {id: treatment}, {id: holdout}]
~~~

### two metrics, one criterion
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
framing: {multi_objective: {rule: weighted_sum, weights: {conversion: 0.5, revenue: 0.5}}}
experiments: [{id: ranking, alpha: 0.05, primary_metrics: [conversion, revenue]}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments:
- {id: ranking, alpha: 0.05, primary_metrics: [conversion, revenue], decision_rule: ship if both metrics improve}
~~~

### how strict a single test is, nobody says
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
experiments: [{id: ranking, primary_metrics: [conversion, revenue]}]
~~~

## Remedy
state a `correction` (holm, bonferroni, sidak, bh) and use it, or decide on one metric and one arm

## References
S3-29, S3-39; Holm 1979; Benjamini, Hochberg 1995
"""

import re

from mlgov.rulekit import Curve, Experiment, Findings, Line, Point, Project, abstain, rule, statistics
from mlgov_rules.experiment._plan import control_of, is_trial

_ALL = re.compile(r"\b(all|both|each|every|and|together|jointly)\b", re.IGNORECASE)


@rule("EXP302", severity="-WE", sources=["S3-29", "S3-39"])
def multiplicity_uncorrected(experiment: Experiment, project: Project) -> Findings:
    comparisons = _arms(experiment) * _metrics(experiment, project)
    if (
        comparisons < 2
        or not is_trial(experiment)
        or experiment.bayesian
        or experiment.correction not in (None, "none")
    ):
        return
    alpha = experiment.alpha
    if alpha is None or not 0 < alpha < 1:
        yield abstain("unknown alpha")
    elif _metrics(experiment, project) > 1 and _ALL.search(experiment.decision_rule or ""):
        yield abstain("the decision rule may demand all metrics, which needs no correction")
    else:
        family = statistics.fwer(float(alpha), comparisons).fwer
        single = statistics.alpha_adjust(float(alpha), comparisons, "bonferroni").alpha_each
        sidak = statistics.alpha_adjust(float(alpha), comparisons, "sidak").alpha_each
        message = (
            f"{comparisons} primary comparisons at alpha {experiment.literal('alpha')}: the family error is {family:.3f}; "
            f"each test needs {single:.4g} (Bonferroni) or {sidak:.4g} (Sidak), or Holm's steps"
        )
        key = "primary_metrics" if _arms(experiment) < 2 else "arms"
        points, lines = (Point("planned", comparisons),), (Line("alpha", float(alpha), "max"),)
        given, varied = (("alpha", float(alpha)),), (("m", 1.0),)
        figure = Curve("error of the family", "comparisons", "fwer", given, varied, points, lines)
        yield experiment.at(key), message, [experiment.at("alpha")], figure


def _arms(experiment: Experiment) -> int:
    """Arms that are compared with the control; one where no arms are listed. A holdout is compared later."""
    control = control_of(experiment)
    others = [arm for arm in experiment.arms if arm is not control and "holdout" not in (arm.id or "").lower()]
    return max(1, len([arm for arm in others if not arm.control]) - (1 if control is None and others else 0))


def _metrics(experiment: Experiment, project: Project) -> int:
    """Metrics that decide by themselves."""
    combined = project.framing.multi_objective
    if combined and combined.rule:
        return min(1, len(experiment.primary_metrics))
    return len(set(experiment.primary_metrics))
