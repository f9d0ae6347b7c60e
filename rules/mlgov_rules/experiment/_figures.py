"""What the plan of an experiment looks like when it is drawn."""

from mlgov.rulekit import Curve, Line, Point
from mlgov_rules.experiment._size import Trial, power_of


def power_curve(trial: Trial, planned: float, needed: int) -> Curve:
    """The power over the units of the smallest arm, with those that are planned and those that are needed."""
    sizes = (("n1", trial.control / trial.credit), ("n2", trial.treatment / trial.credit))
    function, given, _ = power_of(trial, planned)
    return Curve(
        "power",
        "units in the smallest arm",
        function,
        tuple(given.items()),
        sizes,
        (Point("planned", planned), Point("needed", float(needed))),
        (Line("wanted power", trial.power, "min"),),
    )
