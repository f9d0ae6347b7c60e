"""A review criterion must judge the work of a person, not whether the launch or the metric succeeded.

## Why
Most attempts fail for reasons nobody controls. Where success is what counts, people choose what is safe, or choose the
metric. A small list of English and Korean phrases decides, so some criteria pass that should not.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {review_criteria: [code quality, F1 > 0.9 by Q3]}
~~~

### a launch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {review_criteria: [launches the ranking model in Q2]}
~~~

### Korean
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {review_criteria: [코드 품질, 모델 출시 성공 여부]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process:
  review_criteria:
  - code quality
  - documentation of failed experiments
  - launch checklist is followed
  - quality of the analysis, regardless of whether the experiment succeeds
  - 실험 성공과 무관하게 분석의 질
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {docs: [docs/howto.md]}
~~~

## Remedy
replace it by what the person can decide: quality of code, documentation, analysis, collaboration

## References
S0-40, S1-47
"""

from mlgov.rulekit import Findings, Process, abstain, rule
from mlgov_rules.team._outcome_words import outcome_in


@rule("ORG101", severity="-WW", sources=["S0-40", "S1-47"])
def performance_tied_to_outcome(process: Process) -> Findings:
    if not process.review_criteria:
        yield abstain("no review criteria are stated")
    for i, criterion in enumerate(process.review_criteria):
        if words := outcome_in(criterion):
            yield process.at("review_criteria", i), f"the review criterion {words!r} ties a person to an outcome"
