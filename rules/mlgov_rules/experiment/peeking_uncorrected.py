"""Who looks at an experiment several times to decide must use a method that allows it.

## Why
A fixed alpha holds for one look. Fourteen daily looks at alpha 0.05 find an effect where none is in 22 % of the
experiments. Group-sequential bounds (Pocock, O'Brien-Fleming) or always-valid inference keep the error.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, alpha: 0.05, sequential: {method: none, looks: 14}}]
~~~

### no method is named
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, alpha: 5%, alternative: greater, sequential: {looks: 5}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, alpha: 0.05, sequential: {method: obrien_fleming, looks: 14}}]
~~~

### one look at the end
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, alpha: 0.05, sequential: {method: none, looks: 1}}]
~~~

### guardrails may be watched every day
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, alpha: 0.05, sequential: {method: none, looks: 14, scope: guardrail}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, sequential: {method: none, looks: 14}}]
~~~

## Remedy
name the method in `sequential` (`pocock`, `obrien_fleming`, `always_valid`) and use its bounds, or look once at the end

## References
S3-39; Armitage, McPherson, Rowe 1969; Pocock 1977; Johari et al. 2017
"""

from mlgov.rulekit import Curve, Experiment, Findings, Line, Point, abstain, rule, statistics
from mlgov_rules.experiment._size import MOST_LOOKS, is_peeking, sides_of


@rule("EXP103", severity="IWE", sources=["S3-39"])
def peeking_uncorrected(experiment: Experiment) -> Findings:
    design, alpha = experiment.sequential, experiment.alpha
    if not is_peeking(experiment) or design is None:
        return
    if alpha is None or not 0 < alpha < 0.5:
        yield abstain("unknown alpha")
        return
    looks = int(min(design.looks or 0, MOST_LOOKS))
    one_sided = sides_of(experiment) == 1
    # one of two bounds is crossed at least half as often as either of them
    error = statistics.naive_type1(looks, alpha * 2) / 2 if one_sided else statistics.naive_type1(looks, float(alpha))
    about = "at least " if one_sided or looks < (design.looks or 0) else ""
    said = design.literal("looks")
    message = (
        f"{said} looks at a fixed alpha of {experiment.literal('alpha')}: the real type I error is {about}{error:.2f}"
    )
    yield design.at("looks"), message, [experiment.at("alpha")], *([] if one_sided else [_curve(looks, float(alpha))])


def _curve(looks: int, alpha: float) -> Curve:
    points, lines = (Point("planned looks", looks),), (Line("alpha", alpha, "max"),)
    given, varied = (("alpha", alpha),), (("looks", 1.0),)
    return Curve("real type I error", "looks", "naive_type1", given, varied, points, lines)
