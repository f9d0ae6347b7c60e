"""How a repository begins with mlgov: which files it needs, and what a check will say once they are there."""

import os
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from mlgov.errors import UsageError
from mlgov.finding import Finding
from mlgov.policy.own_rules import every_rule
from mlgov.policy.validity import laws_of
from mlgov.report import Report
from mlgov.run import Opened, Request, fresh, load_settings, open_tree, wanted
from mlgov.snapshot import OverlaidTree
from mlgov.starter import Start
from mlgov.starter.files import (
    HOOKS,
    POLICY,
    RATCHET,
    WORKFLOW,
    hooks_text,
    policy_text,
    profile_for,
    ratchet_text,
    workflow_text,
)


class Wish(NamedTuple):
    """What somebody wants. stage, profile: "" = as the evidence says. hooks, workflow: whether to write them."""

    stage: str = ""
    profile: str = ""
    hooks: bool = False
    workflow: bool = False


class Beginning:
    """A folder of a repository before its first check.

    formats: how many files of each format were recognised; stage: of the product, as far as they tell.
    """

    def __init__(self, request: Request, folder: str) -> None:
        self.request = request._replace(paths=(folder,))
        self.opened: Opened = open_tree(self.request)
        self.settings = load_settings(self.request, self.opened)
        self.folder = "".join(self.opened.prefixes)
        scope = wanted(self.opened, self.settings)
        self.kept: dict[str, str] = {}  # what is there already, and so stays as it is
        try:
            self.start: Start | None = Start(
                self.opened.snapshot, self.settings, scope, self.folder, self.request.today
            )
        except UsageError as error:
            self.start = None
            self.kept[f"{self.folder}/mlgov.yaml".lstrip("/")] = str(error).partition(";")[0]
        self.formats: Counter[str] = self.start.formats if self.start else Counter()
        self.stage = self.start.project.stage if self.start else ""

    def files(self, wish: Wish) -> dict[str, str]:
        """The files to write, by path from the root of the repository; what exists is kept and noted."""
        stage = wish.stage or self.stage
        tier = self.start.project.identity.risk_tier if self.start else None
        proposed = {self.start.path: self.start.text(wish.stage)} if self.start else {}
        if not self._has_settings():
            proposed[POLICY] = policy_text(wish.profile or profile_for(stage, tier))
        proposed |= {HOOKS: hooks_text()} if wish.hooks else {}
        proposed |= {WORKFLOW: workflow_text()} if wish.workflow else {}
        return {path: text for path, text in proposed.items() if not self._keeps(path)}

    def _has_settings(self) -> bool:
        """True where settings hold already; a `pyproject.toml` may hold them too."""
        found = sorted({o.partition(":")[0] for o in self.settings.origins.values() if o != "default"})
        if found:
            self.kept[found[0]] = "holds settings"
        return bool(found)

    def _keeps(self, path: str) -> bool:
        if not os.path.lexists(f"{self.opened.folder}/{path}"):
            return False
        self.kept.setdefault(path, "is there")
        return True

    def report(self, files: Mapping[str, str]) -> Report:
        """What a check of the whole repository will say once these files are there."""
        tree = OverlaidTree(self.opened.snapshot, {path: text.encode() for path, text in files.items()})
        return fresh(self.request._replace(paths=()), self.opened._replace(snapshot=tree, prefixes=()))

    def names_hooks(self) -> bool:
        """True where the configuration of pre-commit that is there knows mlgov."""
        return HOOKS in self.opened.snapshot.files() and b"mlgov" in self.opened.snapshot.read(HOOKS)

    def ratchet(self, report: Report) -> dict[str, str]:
        """The file that keeps the findings of a report; none where one is there, or nothing is to be kept."""
        found = self.keepable(report)
        return {RATCHET: ratchet_text(found)} if found and not self._keeps(RATCHET) else {}

    def keepable(self, report: Report) -> list[Finding]:
        """The findings that a ratchet takes: not those that mean that something could not be read or is weakened."""
        fixed = laws_of(every_rule(self.settings), self.settings["waivers"]["forbidden"]).fixed
        return [f for f in report.findings if f.code not in fixed]
