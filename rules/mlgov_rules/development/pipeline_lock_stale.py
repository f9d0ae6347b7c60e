"""The lock of a pipeline must record the pipeline as it is declared.

## Why
The lock says which command, parameters, data and code made the results in the repository. Where it differs from the
pipeline, the results belong to another pipeline. Hashes of contents are not compared, because line ends change them;
stages that are frozen are not meant to run.

## Fails
~~~yaml dvc.yaml
stages:
  train:
    cmd: python train.py
    deps: [train.py]
    params: [max_depth]
    outs: [model.pkl]
~~~

~~~yaml params.yaml
max_depth: 8
~~~

~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps: [{path: train.py, md5: 5d41402abc4b2a76b9719d911017c592}]
    params: {params.yaml: {max_depth: 6}}
    outs: [{path: model.pkl, md5: 7d793037a0760186574b0282f2f435e7}]
~~~

### a stage that is gone, and one that never ran
~~~yaml dvc.yaml
stages:
  train: {cmd: python train.py, outs: [model.pkl]}
  report: {cmd: python report.py, outs: [report.html]}
~~~

~~~yaml dvc.lock
schema: '2.0'
stages:
  train: {cmd: python train.py, outs: [{path: model.pkl, md5: 7d793037a0760186574b0282f2f435e7}]}
  evaluate: {cmd: python evaluate.py}
~~~

### the lock was never committed
~~~yaml dvc.yaml
stages:
  train: {cmd: python train.py, outs: [model.pkl]}
~~~

### command, dependency and output
~~~yaml dvc.yaml
stages:
  train: {cmd: python src/train.py --fast, deps: [src/train.py], outs: [out/model.pkl]}
~~~

~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python src/train.py
    deps: [{path: train.py, md5: 5d41402abc4b2a76b9719d911017c592}]
    outs: [{path: model.pkl, md5: 7d793037a0760186574b0282f2f435e7}]
~~~

## Passes
~~~yaml dvc.yaml
stages:
  train:
    cmd: python train.py
    deps: [./train.py]
    params: [lr]
    outs: [model//model.pkl]
    metrics: [{metrics.json: {cache: false}}]
  old: {cmd: python old.py, frozen: true}
  score:
    foreach: [eu, us]
    do: {cmd: "python score.py ${item}", outs: ["scores/${item}.csv"]}
~~~

~~~yaml params.yaml
lr: 1e-4
~~~

~~~yaml dvc.lock
schema: '2.0'
stages:
  train:
    cmd: python  train.py
    deps: [{path: train.py, md5: 5d41402abc4b2a76b9719d911017c592}]
    params: {params.yaml: {lr: 0.0001}}
    outs:
    - {path: metrics.json, md5: 9e107d9d372bb6826bd81d3542a419d6}
    - {path: model/model.pkl, md5: 7d793037a0760186574b0282f2f435e7}
  score@eu: {cmd: python score.py eu, outs: [{path: scores/eu.csv, md5: 5d41402abc4b2a76b9719d911017c592}]}
  score@us: {cmd: python score.py us, outs: [{path: scores/us.csv, md5: 5d41402abc4b2a76b9719d911017c593}]}
~~~

## Abstains
~~~yaml dvc.yaml
stages:
  train: {cmd: python train.py, outs: [model.pkl]}
~~~

~~~yaml dvc.lock
schema: '2.0'
~~~

## Remedy
run the pipeline and commit its lock, or restore the declaration that the lock was made from

## References
S1-08, S4-58; ML Test Score I1
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Origin, Pipeline, PipelineStage, Project, abstain, rule
from mlgov_rules.development._settings import is_equal
from mlgov_rules.development._stages import Pair, is_certain, pipelines, same_path

Difference = tuple[str, Origin, Origin]


@rule("MOD205", severity="-WE", sources=["S1-08", "S4-58"], implies=["MOD204", "MOD206", "MOD207"])
def pipeline_lock_stale(pipeline: Pipeline, project: Project) -> Findings:
    for folder, stages in pipelines(project).items():
        declared = {name: p.declared for name, p in stages.items() if p.declared is not None}
        recorded = {name: p.recorded for name, p in stages.items() if p.recorded is not None}
        lock = f"{folder}/dvc.lock".lstrip("/")
        if declared and recorded:
            for name, pair in stages.items():
                yield from _stage(name, pair, set(declared), next(iter(recorded.values())))
        elif declared and project.exists("/" + lock):
            yield abstain(f"{lock} records no stage")
        elif any(not s.frozen for s in declared.values()):
            first = next(iter(declared.values()))
            yield first.at(), f"{len(declared)} stages were never locked: {lock} is not in the repository"


def _stage(name: str, pair: Pair, declared: set[str], witness: PipelineStage) -> Findings:
    now, then = pair
    if now is None and then is not None:
        if name.partition("@")[0] not in declared:
            yield then.at(), f"the lock holds the stage {name}, which the pipeline does not declare"
    elif now is not None and then is None:
        expanded = "${" in name
        if not now.frozen and not expanded:
            yield now.at(), f"stage {name} is not in the lock", [Origin(witness.at().file)]
    elif now is not None and then is not None and not now.frozen:
        found = list(_differences(now, then))
        if found:
            places = [place for _, *both in found for place in both]
            yield places[0], f"stage {name} differs from the lock: {'; '.join(f[0] for f in found)}", places[1:]


def _differences(now: PipelineStage, then: PipelineStage) -> Iterator[Difference]:
    if now.command and then.command and is_certain(now.command) and now.command.split() != then.command.split():
        yield "the command has changed", now.at("command"), then.at("command")
    yield from _params(now, then)
    yield from _files("dependency", "deps", now, then, now.deps, then.deps)
    yield from _files("output", "outs", now, then, [*now.outs, *now.metrics], [*then.outs, *then.metrics])


def _params(now: PipelineStage, then: PipelineStage) -> Iterator[Difference]:
    mine = now.params if isinstance(now.params, dict) else {}
    theirs = then.params if isinstance(then.params, dict) else {}
    for name, value in mine.items():
        if value is None or "${" in str(value) or "${" in name:
            continue
        if name not in theirs:
            yield f"parameter {name} is not locked", now.at("params", name), then.at("params")
        elif not is_equal(value, theirs[name]):
            words = f"parameter {name} is {_short(value)}, locked as {_short(theirs[name])}"
            yield words, now.at("params", name), then.at("params", name)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _files(
    what: str, key: str, now: PipelineStage, then: PipelineStage, mine: list[str], theirs: list[str]
) -> Iterator[Difference]:
    """Files that are named on one side only; nothing where a name could not be told."""
    if not all(map(is_certain, mine)):
        return
    for i, path in enumerate(mine):
        if not any(same_path(path, other) for other in theirs):
            yield f"{what} {path.lstrip('/')} is not locked", now.at(key, i), then.at(key)
    for i, path in enumerate(theirs):
        if not any(same_path(path, other) for other in mine):
            yield f"{what} {path.lstrip('/')} is locked, but not declared", now.at(key), then.at(key, i)
