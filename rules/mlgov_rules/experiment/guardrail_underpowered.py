"""An experiment with guardrails must be large enough that success and all guardrails can pass together.

## Why
Shipping needs the success metric and every guardrail at once. Six tests that pass four times out of five each pass
together once in four, if they are independent. By the union bound every test needs the power 1 - (1 - power) / (G + 1)
for G guardrails, whatever their correlation; the sizes below are those of that bound.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention, direction: maximize, unit: fraction}, {id: complaint_rate, direction: minimize, unit: fraction}]
experiments:
- id: calls
  primary_metrics: [retention]
  guardrails: [{metric: complaint_rate, margin: 0.005, baseline: 0.01}]
  baseline_rate: 0.80
  mde: {value: 0.02, type: absolute}
  alpha: 0.05
  power: 0.8
  sample_size_per_arm: 6100
~~~

### a mean, in two units
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency, direction: minimize, unit: ms}]
experiments:
- {id: calls, guardrails: [{metric: latency, margin: 5, baseline: 0.18s, sd: 0.1s}], alpha: 5%, power: 80%, sample_size_per_arm: 6100}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention, direction: maximize, unit: fraction}, {id: complaint_rate, direction: minimize, unit: percent}]
experiments:
- id: calls
  primary_metrics: [retention]
  guardrails: [{metric: complaint_rate, margin: 0.5, baseline: 1%}]
  baseline_rate: 0.80
  mde: {value: 0.02, type: absolute}
  alpha: 0.05
  power: 0.8
  sample_size_per_arm: 8400
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, direction: minimize, unit: fraction}]
experiments:
- {id: calls, guardrails: [{metric: complaint_rate, margin: 0.005}], alpha: 0.05, power: 0.8, sample_size_per_arm: 6100}
~~~

## Remedy
plan more units per arm, accept wider margins, or drop guardrails that would not stop the release

## References
S2-31; Schultzberg, Ankargren, Frånberg 2024
"""

import math

from mlgov.rulekit import (
    Experiment,
    Findings,
    Guardrail,
    Intervals,
    Line,
    Project,
    Row,
    abstain,
    base_of,
    in_base,
    rule,
    statistics,
)
from mlgov_rules.experiment._plan import at_most, is_trial
from mlgov_rules.experiment._size import Trial, arm_sizes, sides_of, trial_of, units_needed


@rule("EXP304", severity="-WE", sources=["S2-31"])
def guardrail_underpowered(experiment: Experiment, project: Project) -> Findings:
    guards, planned = experiment.guardrails, experiment.sample_size_per_arm
    if not guards or planned is None or not is_trial(experiment) or experiment.bayesian:
        return
    alpha, power = float(experiment.alpha or 0), float(experiment.power or 0)
    if not 0 < alpha < power < 1:
        yield abstain("unknown alpha or power")
        return
    wanted = statistics.guardrail_power(power, len(guards))
    needs = {str(g.metric): _needed(g, experiment, project, alpha, wanted) for g in guards}
    trial = trial_of(experiment, project)
    if isinstance(trial, Trial):
        needs[experiment.primary_metrics[0] if experiment.primary_metrics else "the effect"] = units_needed(
            trial, wanted
        )
    known = {name: n for name, n in needs.items() if n is not None}
    short = {name: math.ceil(n) for name, n in known.items() if math.ceil(n) > at_most(planned)}
    if short:
        sizes = ", ".join(f"{name} {n}" for name, n in short.items())
        message = (
            f"n = {experiment.literal('sample_size_per_arm')} per arm: with {len(guards)} guardrails each test needs power "
            f"{wanted:.4g} for {experiment.literal('power')} together (union bound), and so per arm: {sizes}"
        )
        rows = tuple(Row(name, float(math.ceil(n))) for name, n in known.items())
        figure = Intervals("units per arm that are needed", rows, (Line("planned", float(planned), "max"),))
        places = [g.at("margin") for g in guards if str(g.metric) in short]
        yield experiment.at("sample_size_per_arm"), message, places, figure
    elif len(known) < len(needs):
        yield abstain(f"unknown margin, baseline, unit or spread of {next(n for n in needs if n not in known)}")


def _needed(guard: Guardrail, experiment: Experiment, project: Project, alpha: float, power: float) -> float | None:
    """Units that the smallest arm needs to show that one guardrail is not worse; None where that is not known."""
    unit = project.unit(guard.metric)
    numbers = [n for n in (guard.margin, guard.baseline, guard.sd) if n is not None]
    if guard.margin is None or not guard.margin > 0 or len({n.unit or base_of(unit) for n in numbers}) > 1:
        return None
    margin, one_sided = in_base(guard.margin, unit), alpha / sides_of(experiment)
    control, treatment = arm_sizes(experiment)
    ratio = treatment / control
    if guard.sd is not None:
        sd = in_base(guard.sd, unit)
        is_possible = sd > 0 and 1e-9 < margin / sd < 1e9
        return statistics.n_two_means(margin, sd, sd, one_sided, power, 1, ratio).n1 / control if is_possible else None
    if guard.baseline is None or (guard.baseline.unit or base_of(unit)) != "fraction":
        return None
    rate = in_base(guard.baseline, unit)
    if not 0 < rate < 1 or margin < 1e-9:
        return None
    return statistics.n_noninferiority_proportions(rate, rate, margin, one_sided, power, ratio).n1 / control
