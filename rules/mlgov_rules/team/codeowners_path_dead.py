"""Every pattern of CODEOWNERS must match a file.

## Why
When a folder moves, its line in CODEOWNERS stays behind, and changes there need nobody's review any more.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  codeowners: [{pattern: "*", owners: ["@org/all"]}, {pattern: /ml/train/, owners: ["@org/ml"]}]
~~~

~~~python training/train.py
print("train")
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  codeowners: [{pattern: "*.py", owners: ["@org/ml"]}, {pattern: /training/, owners: ["@org/ml"]}]
~~~

~~~python training/train.py
print("train")
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  codeowners: [{owners: ["@org/ml"]}]
~~~

## Remedy
correct the pattern or remove the line; waive it where the files are still to come

## References
S0-25
"""

from mlgov.rulekit import CodeownersEntry, Findings, Project, abstain, rule


@rule("ORG206", severity="IWW", sources=["S0-25"])
def codeowners_path_dead(entry: CodeownersEntry, project: Project) -> Findings:
    pattern = (entry.pattern or "").strip()
    if not pattern or pattern.startswith("!"):
        yield abstain("a line without a pattern" if not pattern else f"a negated pattern: {pattern}")
    elif not project.matches_any(pattern):
        twin = project.tree.near(pattern.strip("/"))
        also = f"; {twin} differs only in case" if twin else ""
        yield entry.at(), f"the CODEOWNERS pattern {pattern} matches no file{also}"
