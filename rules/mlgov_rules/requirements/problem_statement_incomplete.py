"""The problem must be stated with why it matters, what is happening now, and a hypothesis that can be refuted.

## Why
"Use BERT for tickets" is a solution. Without the situation and a falsifiable hypothesis nobody can say afterwards whether the
problem was solved, or whether it was the problem.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, statement: use BERT for tickets}
~~~

### a hypothesis without words
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  statement: 40 % of the tickets wait more than a day
  why: waiting customers cancel twice as often
  situation: tickets are sorted by hand at noon
  hypotheses: [{id: h1}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  statement: 40 % of the tickets wait more than a day
  why: waiting customers cancel twice as often
  situation: tickets are sorted by hand at noon
  hypotheses: [{id: h1, statement: sorting on arrival halves the waiting time}]
~~~

## Remedy
say in `problem` what happens (`situation`), why it matters (`why`), and what would show that the idea works (`hypotheses`)

## References
S3-01, S3-02, S3-03, S3-04, S3-05, S3-06; Rules of ML #2
"""

from mlgov.rulekit import Findings, Problem, missing, presence


@presence(
    "REQ002",
    "problem",
    severity="-WE",
    stage="ideation",
    sources=["S3-01", "S3-02", "S3-03", "S3-04", "S3-05", "S3-06"],
)
def problem_statement_incomplete(problem: Problem) -> Findings:
    yield from missing(problem, "the problem statement lacks {}", "statement", "why", "situation", "hypotheses")
    for hypothesis in problem.hypotheses:
        if hypothesis.is_own and hypothesis.lacks("statement"):
            yield (
                hypothesis.at(),
                f"hypothesis {hypothesis.id or ''} says nothing that a measurement could refute".replace("  ", " "),
            )
