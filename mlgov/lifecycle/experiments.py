"""Online experiments: plan first, result later."""

from typing import Literal

from mlgov.lifecycle.fields import (
    Correction,
    Count,
    Date,
    Duration,
    Flag,
    Fraction,
    Id,
    Mapped,
    MetricRef,
    MetricRefs,
    Number,
    Text,
    Url,
    Value,
    Version,
    items,
    maps,
    states,
)
from mlgov.lifecycle.record import Record, Sourced
from mlgov.lifecycle.result import Interval


class Arm(Record):
    """One group of an experiment."""

    id: Id = states("names the arm")
    control: Flag = states("true on one arm")
    allocation: Fraction = states("sums to 1 over the arms")
    model_version: Version = states("what the group meets")


class Guardrail(Record):
    """A metric that must not get worse."""

    metric: MetricRef = states("the metric")
    margin: Number = states("non-inferiority margin in the unit of the metric")
    baseline: Number = states("its value without the change")
    sd: Number = states("for means")


class Effect(Sourced):
    """The minimum detectable effect."""

    value: Number = states("amount of improvement, in the metric's own direction")
    type: Literal["absolute", "relative"] | None = states("in the unit of the metric, or a share of it")


class Sequential(Record):
    """When the experiment may be stopped early."""

    method: Literal["none", "pocock", "obrien_fleming", "always_valid"] | None = states("stop rule")
    looks: Count = states("how often results are looked at")
    scope: Literal["primary", "guardrail"] | None = states("for which metrics")


class VarianceReduction(Record):
    """How noise is taken out."""

    method: Literal["none", "cuped"] | None = states("which method")
    rho: Number = states("correlation with the time before")


class SrmCheck(Record):
    """The check for a sample ratio mismatch."""

    alpha: Fraction = states("significance level")


class Bayesian(Record):
    """A Bayesian decision, in place of alpha and power."""

    prior: Text = states("what is believed before")
    loss_threshold: Number = states("expected loss that is accepted")


class Substitute(Record):
    """What is done when no A/B is possible."""

    kind: Literal["interrupted_time_series", "before_after", "switchback", "replay", "expert_review"] | None = states(
        "what is done instead"
    )
    reason: Text = states("why no A/B is possible")


class ExperimentResults(Record):
    """What came out."""

    counts: Mapped[Value] = maps("units of each arm")
    successes: Mapped[Value] = maps("successes of each arm")
    effect: Number = states("observed effect")
    ci: Interval | None = states("its confidence interval")
    p_value: Fraction = states("as reported")
    decision: Text = states("what was decided")
    stopped_on: Date = states("when it was stopped")


class Platform(Record):
    """The service that keeps the definition."""

    name: Text = states("which service")
    id: Text = states("its key there")
    url: Url = states("where it is")


class Experiment(Record):
    """One online experiment; a rollout stage refers to it by id."""

    id: Id = states("names the experiment")
    hypothesis: Text = states("what is expected")
    status: Literal["planned", "running", "stopped", "analysed"] | None = states("how far it has come")
    start: Date = states("first day")
    end: Date = states("last day")
    duration: Duration = states("enrolment plus maturing")
    enrolment: Duration = states("time in which units enter; default duration minus metric maturity")
    cycle: Duration = states("natural cycle; default 7d")
    randomization_unit: Text = states("what is assigned to an arm")
    analysis_unit: Text = states("default: the randomization unit")
    variance: Literal["independent", "delta_method", "clustered", "bootstrap"] | None = states("how it is estimated")
    arms: list[Arm] = items("the groups")
    exposure: Fraction = states("share of traffic in the experiment; default 1")
    primary_metrics: MetricRefs = items("what decides")
    secondary_metrics: MetricRefs = items("what is looked at as well")
    guardrails: list[Guardrail] = items("what must not get worse")
    baseline_rate: Fraction = states("for proportions")
    baseline_mean: Number = states("for means")
    standard_deviation: Number = states("for means")
    mde: Effect | None = states("minimum detectable effect")
    alpha: Fraction = states("significance level")
    power: Fraction = states("probability of seeing the effect")
    alternative: Literal["two_sided", "greater", "less"] | None = states("default two_sided")
    sample_size_per_arm: Count = states("planned units of each arm")
    expected_units_per_day: Number = states("new eligible units per day")
    correction: Correction | None = states("over several primary metrics or arms")
    sequential: Sequential | None = states("stop rule")
    variance_reduction: VarianceReduction | None = states("how noise is taken out")
    srm_check: SrmCheck | None = states("sample ratio mismatch")
    decision_rule: Text = states("what is done with each outcome")
    bayesian: Bayesian | None = states("replaces alpha and power")
    substitute: Substitute | None = states("when no A/B is possible")
    results: ExperimentResults | None = states("what came out")
    platform: Platform | None = states("definitions kept in a service")
