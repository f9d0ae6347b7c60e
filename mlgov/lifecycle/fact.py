"""A fact is what one place states about one path of the lifecycle model, before anyone joins or judges it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlgov.finding import Fix, Origin


class Fact(NamedTuple):
    """One statement of one file.

    path: canonical path. `training.lineage.commit` states one value; `evaluation.results[]` states one item of
        a list; `metrics` (own format only) states a whole section.
    value: plain data in the grammar of the manifest (scalars keep their literal text; units are written, not
        implied: `"200ms"`, `"5%"`, `{"unit": "ms"}`).
    origin: where it stands; the parts of the value stand below it, except those named in `parts`.
    how: `declared` (a person wrote it), `observed` (a run wrote it), `derived` (computed from other facts).
    parts: origins of parts that stand elsewhere: `{"n": Origin("metrics.json", "/support")}`; a part deeper down
        is named with dots and positions, `steps.0.traffic`.
    environment: `staging`, `production` … where the file is about one of several; facts of two environments
        never contradict each other.
    about: folder of the project that is meant, where the file speaks about several (a README with a part for each).
    """

    path: str
    value: Any
    origin: Origin
    how: str = "declared"
    parts: Mapping[str, Origin] = {}
    environment: str = ""
    about: str = ""


class Defect(NamedTuple):
    """Something wrong that reading or joining found, before any rule: a hygiene code, words, places, and a repair."""

    code: str
    message: str
    origins: tuple[Origin, ...]
    subject: str = ""
    fix: Fix | None = None


class Evidence(NamedTuple):
    """What one file says.

    format: name of the adapter that claimed it. role: `manifest` (own format), `anchor` (a model card, a pipeline:
    such a file makes a project where no manifest does), `shared` (belongs to every project below it: CODEOWNERS), `note`
    (belongs to the nearest project, but makes none: a decision record) or `part`. project: id of the project, where
    the path tells it (`governance/<project>/…`). about: folder of the project it speaks about, where it stands elsewhere.
    """

    file: str
    format: str
    facts: tuple[Fact, ...]
    role: str = "part"
    project: str = ""
    about: str = ""

    @property
    def place(self) -> str:
        """The path that tells to which project it belongs."""
        return f"{self.about}/{self.file}" if self.about else self.file
