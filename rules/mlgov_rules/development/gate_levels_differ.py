"""A quality gate that stands in two configurations must have one level.

## Why
Where training asks for 0.75 and deployment lets 0.70 pass, the stricter gate is there to be looked at, and the laxer one
decides.

Compared are gates that two files keep under the same keys (`approval_thresholds.accuracy`). Files of different
environments, smoke tests and examples may ask for less.

## Fails
~~~yaml configs/training.yaml
enable_cache: false
model: {name: scorer}
parameters:
  approval_thresholds: {accuracy: 0.75}
~~~
~~~yaml configs/deployment.yaml
enable_cache: false
model: {name: scorer}
steps:
  approve:
    parameters:
      approval_thresholds: {accuracy: 0.70}
~~~

## Passes
~~~yaml configs/training.yaml
enable_cache: false
model: {name: scorer}
parameters:
  approval_thresholds: {accuracy: 0.75}
~~~
~~~yaml configs/deployment.yaml
enable_cache: false
model: {name: scorer}
steps:
  approve:
    parameters:
      approval_thresholds: {accuracy: 75%, recall: 0.6}
~~~

## Abstains
~~~yaml configs/prod.yaml
enable_cache: false
model: {name: scorer}
parameters:
  approval_thresholds: {accuracy: 0.75}
~~~
~~~yaml configs/dev.yaml
enable_cache: false
model: {name: scorer}
parameters:
  approval_thresholds: {accuracy: 0.60}
~~~

## Remedy
keep the level in one place, or say in the names of the files for which environment each is

## References
S1-23, S3-25
"""

import re
from itertools import combinations

from mlgov.rulekit import Findings, Project, QualityGate, abstain, agree, rule

# words of file names that say that a file is for one occasion
_OCCASION = re.compile(
    r"(?:^|[^a-z])(?:dev|development|test|tests|testing|qa|uat|staging|stage|preprod|prod|prd|production|local|sandbox|ci|smoke"
    r"|debug|quick|tiny|small|sample|example|examples|demo|default|defaults|base|experiment|experiments)(?![a-z])"
)


@rule("MOD210", severity="IWE", sources=["S1-23", "S3-25"])
def gate_levels_differ(project: Project) -> Findings:
    alike: dict[tuple[str, str, str], list[QualityGate]] = {}
    for gate in project.records(QualityGate):
        for side in ("min", "max"):
            if gate.metric and getattr(gate, side) is not None and (keys := _keys(gate, side)):
                alike.setdefault((project.metric_id(gate.metric), side, keys), []).append(gate)
    for (metric, side, _), gates in alike.items():
        for first, second in combinations(gates, 2):
            if first.at().file == second.at().file or agree(first.literal(side), second.literal(side)):
                continue
            if any(_OCCASION.search(gate.at().file.lower()) for gate in (first, second)):
                yield abstain(f"the files may be for two environments: {metric}")
                continue
            said = (f"{side} {gate.literal(side)} in {gate.at().file}" for gate in (first, second))
            yield first.at(side), f"the gate on {metric} is {', '.join(said)}", [second.at(side)]
            break


def _keys(gate: QualityGate, side: str) -> str:
    """The last two keys of the way to the level; "" where it does not stand under keys."""
    parts = gate.at(side).pointer.split("/")
    return "/".join(parts[-2:]) if len(parts) > 2 and not parts[0] else ""
