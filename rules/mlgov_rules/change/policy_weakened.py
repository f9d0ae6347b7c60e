"""What is demanded must not be lowered by the change that is judged.

The stricter settings of base and head apply in any case; this finding makes the attempt visible, and no setting of
the head can silence it.

## Why
A gate that the gated change can switch off is no gate. A milder policy may be right, as a change of its own.

## Fails
~~~toml before/.mlgov.toml
profile = "standard"
~~~
~~~toml after/.mlgov.toml
profile = "standard"
ignore = ["EVA203", "CHG518"]
~~~

### a severity is lowered, and files are left out
~~~toml before/.mlgov.toml
profile = "high-risk"
~~~
~~~toml after/.mlgov.toml
profile = "standard"
exclude = ["models/"]
severity = {EVA203 = "info"}
~~~

### the settings file moves
~~~toml before/.mlgov.toml
profile = "high-risk"
~~~
~~~toml after/pyproject.toml
[tool.mlgov]
profile = "high-risk"
~~~

### the settings file is deleted
~~~toml before/.mlgov.toml
fail_on = "info"
~~~
~~~text after/README.md
no settings
~~~

## Passes
### the same in another order and form, and stricter
~~~toml before/.mlgov.toml
profile = "standard"
exclude = ["a/", "b/"]
severity = {EVA203 = "warning"}
~~~
~~~toml after/.mlgov.toml
exclude = ["b/"]   # less is left out
profile = "high-risk"
[severity]
EVA203 = "error"
~~~

### settings for the first time
~~~text README.md
A repository.
~~~
~~~toml after/.mlgov.toml
profile = "high-risk"
~~~

## Abstains
~~~toml .mlgov.toml
profile = "prototype"
~~~

## Remedy
take the weakening out of this change; propose it by itself, with the reason, to those who own the policy

## References
S2-28; NIST AI RMF GOVERN 1.4
"""

from mlgov.rulekit import Findings, PolicyChange, abstain, rule

ADDED = "waiver added"


@rule("CHG518", severity="WEE", sources=["S2-28"], fixed=True)
def policy_weakened(policy: PolicyChange) -> Findings:
    if not policy.has_base:
        yield abstain("without a base nothing tells what was demanded before (--base)")
        return
    for weakening in policy.weakenings:
        values = " to ".join(filter(None, (weakening.before, weakening.after)))
        said = f" ({values})" if values and values != weakening.subject else ""
        yield weakening.origin, f"{weakening.what}: {weakening.subject}{said}"
    told = {w.subject for w in policy.weakenings if w.what == ADDED}
    for waiver in policy.waivers:
        subject = f"{waiver.rule} for {waiver.subject}"
        if waiver.added and not waiver.problem and not told & {subject, waiver.rule, waiver.subject}:
            yield waiver.origin, f"{ADDED}: {subject}, by {waiver.owner} until {waiver.expires}: {waiver.reason}"
