"""A metrics file that a pipeline keeps in the repository must be there.

## Why
`cache: false` says that the file is committed so that people can see it. If it is not there, the numbers people see come
from somewhere else.

## Fails
~~~yaml dvc.yaml
stages:
  evaluate: {cmd: python evaluate.py, metrics: [{out/eval.json: {cache: false}}]}
~~~

## Passes
~~~yaml dvc.yaml
stages:
  evaluate: {cmd: python evaluate.py, metrics: [{out/eval.json: {cache: false}}, cached.json]}
~~~

~~~json out/eval.json
{"roc_auc": 0.9}
~~~

## Abstains
~~~yaml dvc.yaml
stages:
  evaluate: {cmd: python evaluate.py, metrics: [{"${out}/eval.json": {cache: false}}]}
~~~

## Remedy
run the stage and commit the file, or correct the path

## References
S4-43
"""

from mlgov.rulekit import Findings, PipelineStage, Project, abstain, rule
from mlgov_rules.development._stages import is_certain, is_remote, plain


@rule("MOD207", severity="IWE", sources=["S4-43"])
def declared_output_missing(stage: PipelineStage, project: Project) -> Findings:
    if stage.how != "declared":
        return
    for i, path in enumerate(stage.metrics):
        if not is_certain(path):
            yield abstain(f"unknown path {path}")
        elif not is_remote(path) and project.exists(path) is False:
            shown = plain(path).lstrip("/")
            twin = project.tree.near(project.path(path))
            also = f"; the repository has {twin}, and only the case differs" if twin else ""
            yield stage.at("metrics", i), f"stage {stage.id} keeps {shown} in the repository, but it is not there{also}"
