"""Which fields the presence rules ask for: the rules are run on projects that say nothing, and it is noted what they miss.

So the prompts of a first manifest need no list of their own that would have to follow the rules.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

from mlgov.documents import read_yaml, resolve
from mlgov.finding import Origin
from mlgov.lifecycle.book import Book, Path
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record, inner_fields, record_types
from mlgov.rule import Rule, section
from mlgov.snapshot import Unreadable
from mlgov.starter.fields import is_field

DEPTHS = range(5)  # how deep the empty projects are filled with empty records; no field lies deeper


class AskedBook(Book):
    """A book in which nothing is written; `asked` keeps the paths that somebody missed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[Path, None] = {}
        self.has_manifest = True

    def is_excused(self, path: Path) -> bool:
        """Never; but a record asks this exactly for the fields that a rule found absent."""
        self.asked[path] = None
        return False

    def is_own(self, path: Path) -> bool:  # noqa: ARG002
        """Everything would stand in the manifest."""
        return True


class Nowhere:
    """A tree without files."""

    def exists(self, path: str) -> bool:  # noqa: ARG002
        """Nothing exists."""
        return False

    def near(self, path: str) -> str | None:  # noqa: ARG002
        """Nothing is near."""
        return None

    def files(self) -> tuple[str, ...]:
        """There are none."""
        return ()

    def read(self, path: str) -> bytes:
        """There is nothing to read."""
        raise Unreadable(f"{path} is not a file of this tree")


def prompts(project: Project, rules: Iterable[Rule]) -> dict[Path, list[str]]:
    """The paths that rules ask of a project at its stage, each with the codes of those rules.

    A path that holds only a section means that a rule asks for it without naming a field.
    """
    blanks = [_blank_project(depth) for depth in DEPTHS]
    found: dict[Path, list[str]] = {}
    for rule in rules:
        if project.reached(rule.stage) and project.stage != "retired":
            for path in _asked(rule, blanks) or _exemplified(rule) or [tuple(rule.section.split("."))]:
                found.setdefault(path, []).append(rule.code)
    return found


def _blank_project(depth: int) -> Project:
    """A project in which every record down to a depth exists and says nothing."""
    return Project("", "", Manifest.model_validate(_blank(Manifest, depth)), AskedBook(), Nowhere())


def _blank(model: type[Record], depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, key in inner_fields(model) if depth else ():
        field = model.model_fields[name]
        inner = _blank(next(record_types(field.annotation)), depth - 1)
        if field.default != {}:
            made[key] = [inner] if field.default == [] else inner
    return made


def _asked(rule: Rule, blanks: Iterable[Project]) -> list[Path]:
    paths: dict[Path, None] = {}
    for blank in blanks:
        book = cast(AskedBook, blank.book)
        book.asked = {}
        with suppress(Exception):  # a rule that expects more of a project has told what it asks for until then
            for subject in _subjects(rule, blank):
                list(rule.check(subject, **{name: blank for name, kind in rule.wants.items() if kind is Project}) or ())
        paths |= book.asked
    return [p for p in paths if len(p) > 1 and is_field(p)]


def _exemplified(rule: Rule) -> list[Path]:
    """The fields of the rule's section in its first passing example, for rules that look at more than absence."""
    example = re.search(r"^~~~ya?ml[^\n]*\n(.*?)^~~~", section(rule.doc, "Passes"), re.DOTALL | re.MULTILINE)
    steps: Path = tuple(rule.section.split("."))
    documents = read_yaml(example[1].encode()).documents if example else ()
    value = resolve(documents[0].data, Origin("").at(*steps).pointer) if documents else None
    if isinstance(value, list) and value:
        steps, value = (*steps, 0), value[0]
    keys = value if isinstance(value, dict) else ()
    return [path for key in keys if is_field(path := (*steps, str(key)))]


def _subjects(rule: Rule, blank: Project) -> list[Any]:
    """What the engine would call the rule for: the project, records of a type, or the absent section of a lead rule."""
    if rule.judges is Project:
        return [blank]
    own = blank.identity if rule.section == "project" else getattr(blank, rule.section.partition(".")[0])
    return blank.records(rule.judges) or [own] * isinstance(own, rule.judges)
