"""Every file that a stage of a pipeline depends on must exist.

## Why
A stage whose code was renamed cannot run again, and nobody notices until it has to. The tree of the repository is asked,
in exactly the written case, as Linux does; outputs of other stages and files behind `.dvc` pointers count as present.
Only code and configuration is expected in the repository: data may be kept outside it.

## Fails
~~~yaml dvc.yaml
stages:
  clean: {cmd: python src/clean.py, deps: [src/clean.py], outs: [data/clean.csv]}
~~~

~~~python src/cleaning.py
print("clean")
~~~

### only the case differs
~~~yaml dvc.yaml
stages:
  train: {cmd: python src/train_A.py, deps: [src/train_A.py], outs: [model.pkl]}
~~~

~~~python src/train_a.py
print("train")
~~~

## Passes
~~~yaml dvc.yaml
stages:
  make: {cmd: python make.py, deps: [make.py], outs: [out/config.yaml]}
  train: {cmd: python train.py, deps: [out/config.yaml, rules.sql, "s3://bucket/a.py"], outs: [model.pkl]}
~~~

~~~python make.py
print("make")
~~~

~~~yaml rules.sql.dvc
outs: [{path: rules.sql, md5: 5d41402abc4b2a76b9719d911017c592}]
~~~

## Abstains
~~~yaml dvc.yaml
stages:
  clean: {cmd: python clean.py, deps: [data/raw.csv], outs: [data/clean.csv]}
~~~

## Remedy
correct the path, or commit the file or its pointer

## References
S1-08; ML Test Score I3
"""

import re

from mlgov.rulekit import Findings, PipelineStage, Project, abstain, rule
from mlgov_rules.development._stages import is_certain, is_remote, plain

# what is kept in a repository, whatever its .gitignore says about data
_CODE = re.compile(r"\.(py|pyx|ipynb|r|rmd|sh|sql|jl|scala|java|cpp|c|ya?ml|toml|cfg|ini)", re.IGNORECASE)


@rule("MOD206", severity="IWE", sources=["S1-08"])
def pipeline_dependency_missing(stage: PipelineStage, project: Project) -> Findings:
    if stage.how != "declared":
        return
    for i, path in enumerate(stage.deps):
        if not is_certain(path) or is_remote(path) or _is_present(path, project):
            continue
        twin = project.tree.near(project.path(path))
        shown = plain(path).lstrip("/")
        if twin:
            words = f"stage {stage.id} depends on {shown}; the repository has {twin}, and only the case differs"
            yield stage.at("deps", i), words
        elif _CODE.fullmatch(path[path.rfind(".") :]) and "." in path:
            words = f"stage {stage.id} depends on {shown}, which is neither in the repository nor an output"
            yield stage.at("deps", i), words
        else:
            yield abstain(f"{shown} may be data that is kept outside the repository")


def _is_present(path: str, project: Project) -> bool:
    """In the tree, made by a stage, or behind a pointer: itself, the folder it lies in, or what lies in it."""
    if project.exists(path) is not False:
        return True
    wanted = plain(path)
    folders = wanted.split("/")
    above = ["/".join(folders[:end]) for end in range(1, len(folders) + 1)]
    if any(project.exists(f"{folder}.dvc") for folder in above if folder):
        return True
    made = {plain(out) for stage in project.records(PipelineStage) for out in (*stage.outs, *stage.metrics)}
    return not made.isdisjoint(above) or any(out.startswith(wanted + "/") for out in made)
