"""Everything that is needed to train the model again must be written down.

## Why
Without loss, seed, code version and environment a model cannot be made again, so a defect in it cannot be found.
Training on several machines is asked about only where data or model are large.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
framing: {output: {type: binary}}
training:
  loss: {name: log_loss}
  lineage: {commit: 4f0c2d1}
~~~

### a large model
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: chat, stage: validation}
framing: {output: {type: sequence}}
training:
  architecture: {parameters: 7000000000}
  loss: {name: cross_entropy}
  lineage: {commit: 4f0c2d1, seed: 17, environment: uv.lock}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
framing: {output: {type: binary}}
training:
  loss: {name: log_loss}
  imbalance: {strategy: none, reason: the threshold is tuned on validation instead}
  lineage: {commit: 4f0c2d1, seed: 17, environment: uv.lock}
~~~

## Options
- `rows` (10000000): training rows from which a distribution plan is asked for
- `parameters` (1000000000): parameters of the model from which it is asked for

## Remedy
state the loss, the handling of imbalance, and `lineage` with seed, commit and lock file; for a large model also
`training.distributed`

## References
S4-34, S4-36, S4-42; ML Test Score I1
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Project, Record, presence

_UNBALANCED = ("binary", "multiclass", "multilabel", None)


@presence(
    "MOD003",
    "training",
    severity="IWE",
    stage="validation",
    sources=["S4-34", "S4-36", "S4-42"],
    stricter={"rows": "lower", "parameters": "lower"},
)
def training_recipe_incomplete(
    project: Project, *, rows: int = 10_000_000, parameters: int = 1_000_000_000
) -> Findings:
    lacking = list(_lacking(project))
    if _is_large(project, rows, parameters) and _lacks(project, "distributed", "strategy"):
        lacking.append("distribution plan")
    if lacking:
        yield project.at("training"), f"the training recipe lacks {', '.join(lacking)}"


def _lacking(project: Project) -> Iterator[str]:
    output = project.framing.output
    if _lacks(project, "loss", "name"):
        yield "loss"
    if (output.type if output else None) in _UNBALANCED and _lacks(project, "imbalance", "strategy"):
        yield "imbalance strategy"
    for field, words in (("seed", "seed"), ("commit", "commit"), ("environment_", "environment")):
        if _lacks(project, "lineage", field):
            yield words


def _lacks(project: Project, part: str, field: str) -> bool:
    record: Record | None = project.part(f"training.{part}")
    if record is None:
        return not project.is_excused(f"training.{part}")
    return not record.has(field)


def _is_large(project: Project, rows: int, parameters: int) -> bool:
    architecture = project.training.architecture
    counts = [d.rows for d in project.data.datasets if d.role == "train" and d.rows is not None]
    counts += [c.train_rows for c in project.training.candidates if c.train_rows is not None]
    size = architecture.parameters if architecture else None
    return any(c > rows for c in counts) or size is not None and bool(size > parameters)
