"""The business goal must be translated into an objective that a model can learn, chosen among alternatives.

## Why
Nobody can minimise "sell more tickets". Which measurable thing stands for the goal is the most consequential choice of the
project, and the alternatives show that it was a choice.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: events, stage: development}
~~~

### no alternative was considered
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: events, stage: development}
framing: {ml_objective: estimate the probability that a visitor registers for an event}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: events, stage: development}
framing:
  ml_objective: estimate the probability that a visitor registers for an event
  alternatives: [{statement: estimate the price a visitor pays, why_not: most events are free}]
~~~

### a reason why there is no alternative
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: events, stage: development}
framing:
  ml_objective: estimate the probability that a visitor registers for an event
  alternatives: {not_applicable: {reason: the contract with the organiser names this objective}}
~~~

## Remedy
state `framing.ml_objective` in one sentence, and in `framing.alternatives` what else was considered and why it was not taken

## References
S4-12, S4-13; Rules of ML #12, #13
"""

from mlgov.rulekit import Findings, Framing, missing, presence


@presence("FRM001", "framing", severity="WEE", stage="development", lead=True, sources=["S4-12", "S4-13"])
def ml_objective_missing(framing: Framing) -> Findings:
    if framing.lacks("ml_objective"):
        yield from missing(framing, "no {} translates the business goal", "ml_objective")
    else:
        yield from missing(framing, "no {} to the ML objective were considered", "alternatives")
