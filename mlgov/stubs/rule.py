"""The beginning of a rule: its documentation with one example of each kind, and a function that cannot decide yet."""

from mlgov.stubs import Files, module_name
from mlgov.stubs.home import Home

_EXAMPLE = """\
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: example}
~~~
"""
_WORDS = """\
## Remedy
say what to do, in one sentence

## References
say who asks for it
"""


def rule_files(home: Home, family: str, name: str, code: str, kind: str) -> Files:
    """The file of the rule, the family's package where it is new, and a fragment where the project keeps them."""
    family, module = module_name(family, "family"), module_name(name, "rule")
    folder = home.package / family
    files: Files = {}
    if not (folder / "__init__.py").exists():
        files[folder / "__init__.py"] = f'"""Rules about {family.replace("_", " ")}."""\n'
    files[folder / f"{module}.py"] = _presence(module, code, family) if kind == "presence" else _rule(module, code)
    if (home.root / "changelog.d").is_dir():
        files[home.root / "changelog.d" / f"+{module}.rule.md"] = f"`{code} {module.replace('_', '-')}` asks …\n"
    return files


def _rule(module: str, code: str) -> str:
    law = module.replace("_", " ")
    return f'''\
"""Say the law in one plain sentence: {law}.

## Why
Say what goes wrong where nobody looks at it.

## Fails
{_EXAMPLE}
## Passes
{_EXAMPLE}
## Abstains
{_EXAMPLE}
{_WORDS}"""

from mlgov.rulekit import Findings, Project, abstain, rule


@rule("{code}", severity="IWE")
def {module}(project: Project) -> Findings:
    yield abstain("the rule is not written yet")
'''


def _presence(module: str, code: str, family: str) -> str:
    law = module.replace("_", " ")
    return f'''\
"""Say what must be there in one plain sentence: {law}.

## Why
Say what goes wrong where it is missing.

## Fails
{_EXAMPLE}
## Passes
{_EXAMPLE}
{_WORDS}"""

from mlgov.rulekit import Findings, Project, presence


@presence("{code}", "{_section(family)}", severity="IWE", stage="development")
def {module}(project: Project) -> Findings:
    yield from ()  # not written yet
'''


def _section(family: str) -> str:
    """The section of the model that a family is about, where they are called alike."""
    from mlgov.lifecycle.manifest import SECTIONS

    return next((s for s in SECTIONS if family.startswith(s) or s.startswith(family)), "project")
