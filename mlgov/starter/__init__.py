"""A first manifest: what the files of a project already say, and prompts for what its stage asks for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from mlgov.artifact import Artifact
from mlgov.catalogue import installed_formats, installed_rules
from mlgov.errors import UsageError
from mlgov.finding import Origin, Severity
from mlgov.formats import manifest
from mlgov.inventory import Shelf, take
from mlgov.lifecycle.assembly import Lookup, assemble
from mlgov.lifecycle.fact import Defect, Evidence, Fact
from mlgov.lifecycle.grouping import manifest_folder
from mlgov.lifecycle.project import Project
from mlgov.policy.selection import plan
from mlgov.policy.settings import Settings
from mlgov.rule import Rule
from mlgov.snapshot import Snapshot
from mlgov.starter.asking import prompts
from mlgov.starter.drawing import drawn
from mlgov.starter.stating import Stated, stated

NAME = "mlgov.yaml"
_ROUNDS = 20  # each leaves out what the last one found wrong; most need one


class Start:
    """The files of one folder as the project that they will be once `mlgov.yaml` lies there."""

    def __init__(
        self, snapshot: Snapshot, settings: Settings, wanted: Callable[[str], bool], folder: str, today: str
    ) -> None:
        inventory, _ = take(snapshot, installed_formats(settings.plugins), wanted)
        self.path = f"{folder}/{NAME}".lstrip("/")
        self._evidence = inventory.evidence
        self._snapshot, self._settings, self._today = snapshot, settings, today
        self._look_up: Lookup = Shelf(snapshot).look_up
        self._folder, self._name = folder, _id(folder or str(snapshot.root))
        self.formats = Counter(e.format for e in inventory.evidence)
        _refuse_second((e.file for e in inventory.evidence if e.role == "manifest"), self.path)

    @cached_property
    def project(self) -> Project:
        """What the files say before anybody writes a manifest."""
        return self._with({"project": {"id": self._name}})[0]

    def text(self, stage: str = "") -> str:
        """The commented manifest; it parses, and no value in it is one that mlgov would complain about.

        stage: of the product, as somebody says; "" = as the files tell, and then it stays a prompt.
        """
        said = {"id": self._name} | ({"stage": stage} if stage else {})
        project, _ = self._with({"project": said})
        told = stated(project, self._folder, self._look_up)
        asked = prompts(project, self._presence_rules())
        for _ in range(_ROUNDS):
            text = drawn(self._name, project, told, asked, stage)
            wrong = self._wrong(text)
            if not wrong or not told.values:
                return text
            told = told.without(wrong)
        return drawn(self._name, project, Stated({}, told.elsewhere), asked, stage)

    def _presence_rules(self) -> list[Rule]:
        """The rules that ask for something to be there, as the settings have them."""
        made = plan(self._settings, installed_rules(self._settings.plugins))
        return [r for r in made.rules if r.section and made.severity(r.code, r.severity(made.profile)) > Severity.OFF]

    def _with(self, data: dict[str, Any]) -> tuple[Project, list[Defect]]:
        facts = (Fact(key, value, Origin(self.path).at(key)) for key, value in data.items() if key != "apiVersion")
        own = Evidence(self.path, manifest.NAME, tuple(facts), manifest.ROLE)
        assembled = assemble([own, *self._evidence], self._snapshot, self._look_up, self._today)
        folder = manifest_folder(self.path)[0]
        project = next(p for p in assembled.projects if p.has_manifest and (p.folder, p.id) == (folder, self._name))
        return project, assembled.defects.get(project.id, [])

    def _wrong(self, text: str) -> set[str]:
        """Pointers to the values of a manifest that mlgov itself would complain about."""
        data = Artifact(self.path, text.encode()).data
        _, defects = self._with(data)
        return {o.pointer for d in defects for o in d.origins if o.file == self.path}


def _refuse_second(manifests: Iterable[str], path: str) -> None:
    for file in manifests:
        if manifest_folder(file) == manifest_folder(path):
            raise UsageError(f"{file} already describes this project; edit it, mlgov init never overwrites")


def _id(folder: str) -> str:
    """An id from the name of a folder."""
    name = re.sub(r"[^a-z0-9_]+", "_", folder.rstrip("/").rpartition("/")[2].lower()).strip("_")
    return name if name[:1].isalpha() else f"project_{name}".rstrip("_")
