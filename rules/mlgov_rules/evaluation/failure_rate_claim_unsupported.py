"""A claimed failure rate must be supported by the trials.

The one-sided upper limit (Clopper-Pearson) of the failure rate after the stated trials must not exceed the claim, which is
`problem.failure.rate_max` or a claim of kind `failure_rate`. Trials are taken as independent; where they are declared not
to be, nothing is said.

## Why
Two thousand trials without a failure show a rate below 1.5 in a thousand, and nothing better.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: brakes}
problem: {failure: {rate_max: 0.0001}}
evaluation: {trials: {n: 2000, failures: 0}}
~~~

### a claim made elsewhere, in percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: brakes}
evaluation:
  trials: {n: 100, failures: 2}
  claims: [{id: brochure, kind: failure_rate, value: 2%}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: brakes}
problem: {failure: {rate_max: 0.01%}}
evaluation: {trials: {n: 30000, failures: 0, independent: true}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: brakes}
problem: {failure: {rate_max: 0.0001}}
evaluation:
  results: [{metric: recall, value: 0.84}]
~~~

## Remedy
make as many trials as the claim needs, or claim what the trials show

## References
S2-28; Hanley, Lippman-Hand 1983
"""

from mlgov.rulekit import Curve, Findings, Line, Origin, Point, Project, Quantity, abstain, rule, statistics


@rule("EVA305", severity="IEE", sources=["S2-28"])
def failure_rate_claim_unsupported(project: Project) -> Findings:
    trials = project.evaluation.trials
    for claimed, origin in _claims(project):
        if not 0 < claimed < 1:
            continue
        if trials is None or not trials.n or trials.failures is None or trials.failures > trials.n:
            yield abstain(f"claimed failure rate {claimed}: no trials are stated")
            continue
        if trials.independent is False:
            yield abstain("the trials are not independent")
            continue
        k, n = int(trials.failures), int(trials.n)
        upper = statistics.binomial_upper_bound(k, n).upper
        if upper > claimed:
            least = statistics.n_zero_failures(float(claimed)).n
            words = f"a failure rate of at most {claimed} is claimed: {k} failures in {n} trials show {upper:.2g}, "
            words += f"assuming independence; without a failure it needs {least} trials"
            yield origin, words, [trials.at("n")], _curve(k, n, least, float(claimed))


def _curve(failures: int, n: int, least: int, claimed: float) -> Curve:
    """What so many failures show over the number of trials; those that are needed only where none has failed."""
    points = (Point("these trials", n), *([] if failures else [Point("needed", least)]))
    given, varied, line = (("failures", failures),), (("n", 1.0),), (Line("claimed", claimed, "max"),)
    return Curve("upper 95% bound of the failure rate", "trials", "binomial_upper_bound", given, varied, points, line)


def _claims(project: Project) -> list[tuple[Quantity, Origin]]:
    """Every failure rate that is claimed, and where."""
    failure = project.problem.failure
    found = [(failure.rate_max, failure.at("rate_max"))] if failure and failure.rate_max is not None else []
    claims = [c for c in project.evaluation.claims if c.kind == "failure_rate" and c.value is not None]
    return [*found, *((c.value, c.at("value")) for c in claims)]
