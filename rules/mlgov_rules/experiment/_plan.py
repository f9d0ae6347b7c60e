"""What several rules read out of the plan of an experiment: whether it is one, its days, its arms, its metrics."""

from datetime import date

from mlgov.rulekit import KNOWN, Arm, Experiment, Metric, Project, Quantity, interval, metric_name

DAY = 86400.0


def is_trial(experiment: Experiment) -> bool:
    """True for a controlled experiment.

    A substitute is none; nor is a native traffic split that says neither what it wants to learn nor about whom.
    """
    if experiment.substitute:
        return False
    return experiment.is_own or bool(
        experiment.hypothesis or experiment.primary_metrics or experiment.randomization_unit
    )


def is_over(experiment: Experiment, project: Project) -> bool:
    """True if it has ended by its status, its results or its last day."""
    ended = bool(experiment.end and project.today and experiment.end[:10] < project.today)
    return experiment.status in ("stopped", "analysed") or experiment.results is not None or ended


def lengths(experiment: Experiment) -> list[float]:
    """The days that it may last: one number, two where the last day may count or not, none where it is not said."""
    if experiment.duration is not None:
        return [experiment.duration / DAY]
    if not experiment.start or not experiment.end:
        return []
    days = (date.fromisoformat(experiment.end[:10]) - date.fromisoformat(experiment.start[:10])).days
    return [float(days), days + 1.0] if days >= 0 else []


def length_words(experiment: Experiment) -> str:
    """How the length is printed: the text of `duration`, else the days between the dates."""
    return experiment.literal("duration") or f"{max(lengths(experiment), default=0):g} days"


def length_key(experiment: Experiment) -> str:
    """The field that tells the length."""
    return "duration" if experiment.duration is not None else "end"


def primary_metrics(experiment: Experiment, project: Project) -> list[Metric]:
    """The definitions of the metrics that decide, as far as there are any."""
    return [m for name in experiment.primary_metrics if (m := project.metric(name))]


def deciding_metric(experiment: Experiment, project: Project) -> Metric | None:
    """The definition of the only metric that decides; None where there are several or none."""
    return project.metric(experiment.primary_metrics[0]) if len(experiment.primary_metrics) == 1 else None


def maturity(experiment: Experiment, project: Project) -> float:
    """Days until the slowest of the deciding metrics is known; 0 where nothing is said about it."""
    return max((m.maturity / DAY for m in primary_metrics(experiment, project) if m.maturity), default=0.0)


def enrolments(experiment: Experiment, project: Project) -> list[float]:
    """The days in which units may enter: as stated, else the length without the time in which outcomes mature."""
    if experiment.enrolment is not None:
        return [experiment.enrolment / DAY]
    wait = maturity(experiment, project)
    return [days - wait for days in lengths(experiment) if days > wait]


def control_of(experiment: Experiment) -> Arm | None:
    """The control arm: the one that says so, else the one of that name."""
    marked = [arm for arm in experiment.arms if arm.control]
    named = [arm for arm in experiment.arms if (arm.id or "").lower() == "control"]
    return next(iter(marked or named), None)


def direction(metric: Metric | None) -> str:
    """`maximize`, `minimize`, or "" where neither the metric nor the table of known metrics says so."""
    if metric is None or metric.direction:
        return metric.direction or "" if metric else ""
    known = KNOWN.get(metric_name(metric.type or metric.id or "").base)
    return known.direction if known else ""


def at_most(number: Quantity) -> float:
    """The largest number that a text may mean: `~2000` claims up to 2500."""
    claimed = interval(number) if number.approximate else None
    return claimed[1] if claimed else float(number)
