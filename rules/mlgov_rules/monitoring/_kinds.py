"""Which kinds of signals there are, and where monitoring is not asked for."""

from mlgov.rulekit import Project, Signal

DRIFT = ("data_drift", "prediction_drift", "skew")


def drift_signals(project: Project) -> list[Signal]:
    """The signals that watch a distribution."""
    return [signal for signal in project.monitoring.signals if signal.kind in DRIFT]


def is_offline(project: Project) -> bool:
    """True for an analysis that serves nothing: `problem.constraints.platform: none`."""
    constraints = project.problem.constraints
    return bool(constraints and constraints.platform == "none")


def is_batch(project: Project) -> bool:
    """True where predictions are made in runs."""
    return project.serving.mode in ("batch", "precomputed")


def counts_here(environment: str) -> bool:
    """True for what holds in production or everywhere; staging and the like prove and disprove nothing."""
    return environment in ("", "production")
