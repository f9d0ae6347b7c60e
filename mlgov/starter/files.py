"""What stands beside a first manifest: the policy, the hooks, the workflow, and a ratchet of what is found today."""

from collections.abc import Iterable

from mlgov import __version__
from mlgov.finding import Finding
from mlgov.policy import ratchet

POLICY = ".mlgov.toml"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/mlgov.yml"
RATCHET = ".mlgov/ratchet.json"
EARLY = ("ideation", "development")  # stages at which most rules only hint


def profile_for(stage: str, risk_tier: str | None) -> str:
    """How strict the rules begin: as the risk asks, and gently while nothing is near a launch."""
    if risk_tier == "high":
        return "high-risk"
    return "prototype" if stage in EARLY else "standard"


def policy_text(profile: str) -> str:
    """The settings, with those that teams change most as comments."""
    return f'''\
# How strict mlgov is here. `mlgov settings` prints every value with its origin.
profile = "{profile}"            # prototype, standard, high-risk: which severity each rule has
# fail_on = "error"              # error, warning (as it is), info, never
# exclude = ["archive/"]         # folders that mlgov does not read
# ignore = ["ORG"]               # codes, prefixes, names, families

# [severity]
# EXP102 = "info"
'''


def hooks_text() -> str:
    """A pre-commit configuration with the two hooks of mlgov."""
    return f"# https://pre-commit.com; `pre-commit install` makes git run it\nrepos:\n{hooks_entry()}"


def hooks_entry() -> str:
    """The item to add where there is a configuration already."""
    return f"""\
- repo: https://github.com/mlgov/mlgov
  rev: v{__version__}
  hooks:
  - id: mlgov            # judges what is committed or pushed, deletions included
  - id: mlgov-settings   # refuses settings that are wrong
"""


def workflow_text() -> str:
    """A workflow of GitHub Actions that needs no more than to read."""
    return f"""\
name: mlgov
on: [push, pull_request]
permissions: {{}}
jobs:
  mlgov:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
    - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      with:
        persist-credentials: false
    - uses: mlgov/mlgov@v{__version__}
      with:
        paths: .
"""


def ratchet_text(findings: Iterable[Finding]) -> str:
    """The findings of today, so that only new ones fail."""
    return ratchet.text(ratchet.counted(map(ratchet.entry, findings)))
