"""What native files already state: single values that a manifest may point to, and lists that it need not repeat."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.lifecycle.assembly import Lookup
from mlgov.lifecycle.book import Path
from mlgov.lifecycle.manifest import SECTIONS
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.units import literal

LONGEST = 80  # characters of a value that is copied
_ABOUT = ("path", "file", "location", "statement", "description", "receiver", "title")


class Value(NamedTuple):
    """One value for the manifest: what stands there, and which file says so.

    source: (file, pointer) where the value can be read from the file itself; then it is not copied.
    """

    text: str
    is_text: bool
    place: str
    source: tuple[str, str] | None = None


class Stated(NamedTuple):
    """values by path. elsewhere: section -> sentences about lists that files state."""

    values: dict[Path, Value]
    elsewhere: dict[str, list[str]]

    def without(self, pointers: Iterable[str]) -> "Stated":
        """The same without the values at some pointers of the manifest, and what lies around them."""
        gone = [p + "/" for p in pointers]
        kept = {path: v for path, v in self.values.items() if not any(_meet(_pointer(path), g) for g in gone)}
        return Stated(kept if len(kept) < len(self.values) else {}, self.elsewhere)


def _pointer(path: Path) -> str:
    return Origin("").at(*path).pointer + "/"


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def stated(project: Project, folder: str, look_up: Lookup) -> Stated:
    """What the native files of a project say, in the order of the model."""
    values: dict[Path, Value] = {}
    elsewhere: dict[str, list[str]] = {}
    for section in SECTIONS:
        for path, value in _leaves(project.book.tree.get(section), (section,)):
            if project.book.is_own(path):
                continue
            if isinstance(value, list):
                elsewhere.setdefault(section, []).extend(_lists(project, path, value))
            elif _fits(project.model, path) and (made := _value(value, project.at(*path), folder, look_up)):
                values[path] = made
    return Stated(values, elsewhere)


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Scalars and lists below a section, with their paths."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*path, str(key)))
    elif value is not None:
        yield path, value


def _fits(record: Record, path: Path) -> bool:
    """True if the model took the value; what did not fit was left out of the records."""
    found: Any = record
    for step in path:
        if not isinstance(found, Record):
            return False
        fields = type(found).model_fields
        name = next((name for name, field in fields.items() if (field.alias or name) == step), "")
        found = getattr(found, name, None)
    return found is not None and not isinstance(found, Record)


def _value(value: Any, origin: Origin, folder: str, look_up: Lookup) -> Value | None:
    text = literal(value)
    if is_placeholder(text) or not (origin.file + origin.pointer).isprintable():
        return None
    if origin.pointer.startswith("/") and not origin.document:
        said, reason = look_up(origin.file, origin.pointer)
        if not reason and not isinstance(said, (dict, list)) and literal(said) == text:
            return Value(text, False, origin.file, (_from_folder(origin.file, folder), origin.pointer))
    if len(text) > LONGEST or not text.isprintable():
        return None
    line = origin.pointer[1:].partition(":")[0] if origin.pointer.startswith("@") else ""
    return Value(text, isinstance(value, str), f"{origin.file}:{line}" if line else origin.file)


def _from_folder(file: str, folder: str) -> str:
    """A path of the tree as a path of the model."""
    if not folder:
        return file
    return file.removeprefix(folder + "/") if file.startswith(folder + "/") else f"/{file}"


def _lists(project: Project, path: Path, items: list[Any]) -> Iterator[str]:
    """One sentence per file that adds to a list."""
    name = project.book.subject(path)
    by_file: dict[str, list[str]] = {}
    for i, item in enumerate(items):
        file = project.at(*path, i).file
        shown = project.book.subject((*path, i)).removeprefix(name)[1:-1] if isinstance(item, dict) else literal(item)
        if (
            isinstance(item, dict) and shown.isdigit()
        ):  # nothing names it: then what it is about says more than its number
            shown = next((literal(item[key])[:LONGEST] for key in _ABOUT if isinstance(item.get(key), str)), shown)
        by_file.setdefault(file, []).append(shown)
    for file, names in by_file.items():
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        yield f"{'.'.join(map(str, path[1:])) or name} read from {file}: {', '.join(dict.fromkeys(names[:5]))}{more}"
