"""A plain tree becomes typed records; what does not fit is reported with its place and left out, never guessed."""

import difflib
import re
from typing import TYPE_CHECKING, Any, cast

from mlgov import repair
from mlgov.finding import Fix, Operation
from mlgov.lifecycle.book import Book, Path
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.record import record_types
from mlgov.units import literal

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from mlgov.lifecycle.manifest import Manifest

_ROUNDS = 25  # each round removes every error it saw; more rounds than levels of nesting cannot be needed


def validated(book: Book) -> "tuple[Manifest, list[Defect]]":
    """The records of a book's tree, and a defect for each value that was left out of them."""
    from pydantic import ValidationError

    from mlgov.lifecycle.manifest import Manifest

    defects: list[Defect] = []
    tree = book.tree
    for _ in range(_ROUNDS):
        try:
            model = Manifest.model_validate(tree)
        except ValidationError as error:
            details = error.errors(include_url=False)
            defects += (d for e in details if (d := _defect(e, book)) is not None)
            tree = _without(tree, [e["loc"] for e in details])
        else:
            return model, defects
    return Manifest.model_validate({}), defects


def _without(tree: Any, locations: list[Path]) -> Any:
    """A copy of the tree in which the values at `locations` are absent; list positions stay."""
    gone = {loc[0] for loc in locations if len(loc) == 1}
    deeper: dict[Any, list[Path]] = {}
    for loc in locations:
        if len(loc) > 1:
            deeper.setdefault(loc[0], []).append(loc[1:])
    if isinstance(tree, dict):
        kept = {k: v for k, v in tree.items() if k not in gone}
        return {k: _without(v, deeper[k]) if k in deeper else v for k, v in kept.items()}
    if isinstance(tree, list):
        # a record that does not fit becomes an empty one, so that the positions of the others stay; a scalar goes
        kept_items = [(i, {} if i in gone else v) for i, v in enumerate(tree) if i not in gone or isinstance(v, dict)]
        return [_without(v, deeper[i]) if i in deeper else v for i, v in kept_items]
    return {}


def _defect(error: "ErrorDetails", book: Book) -> Defect | None:
    path = cast(Path, tuple(error["loc"]))
    if not book.is_own(path):
        return None  # a native value that does not fit the model is not a defect of the repository
    subject = book.subject(path)
    origin = book.origin(path)
    if error["type"] == "extra_forbidden":
        near = _near(str(path[-1]), _known_keys(path[:-1]))
        hint = f"; did you mean {near!r}?" if near else ""
        where = book.subject(path[:-1]) or "the manifest"
        fix = _meant(near, str(path[-1]), repair.rename(origin, near))
        return Defect("INT003", f"unknown key {str(path[-1])!r} in {where}{hint}", (origin,), subject, fix)
    expected = _expected(error)
    shown = _shown(error.get("input"))
    code = "INT008" if expected == "a date that exists" else "INT004"
    said = f"{subject}: {shown} does not exist" if code == "INT008" else f"{subject}: {shown} is not {expected}"
    near = _suggestion(error)
    fix = _meant(near, literal(error.get("input")), repair.replace(origin, near))
    return Defect(code, said + (f"; did you mean {near!r}?" if near else ""), (origin,), subject, fix)


def _meant(near: str, said: str, operation: Operation) -> Fix | None:
    """Another spelling is safe to correct; a word that is merely near is for somebody to look at."""
    if not near:
        return None
    return repair.fix(f"write {near!r}", operation, safe=_shape(near) == _shape(said))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = literal(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _expected(error: "ErrorDetails") -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error.get("ctx", {}).get("error", error["msg"]))
    if kind == "literal_error":
        return "one of " + str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    plain = {
        "list_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
        "bool_type": "true or false",
        "string_type": "a text",
        "int_type": "an integer",
    }
    return plain.get(kind, error["msg"].lower())


def _suggestion(error: "ErrorDetails") -> str:
    if error["type"] != "literal_error":
        return ""
    words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    return _near(literal(error.get("input")), words)


def _near(word: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(_shape(word), known, n=1, cutoff=0.7)), "")


def _shape(word: str) -> str:
    """A word without what people vary: case, blanks, hyphens, humps."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word.strip()).lower().replace("-", "_").replace(" ", "_")


def _known_keys(path: Path) -> list[str]:
    """The keys that the record at `path` knows."""
    from mlgov.lifecycle.manifest import Manifest

    model = record_at(Manifest, path)
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def record_at(model: Any, path: Path) -> Any:
    """The record class that stands at a path of the model, or None."""
    for step in path:
        if isinstance(step, int):
            continue
        fields = getattr(model, "model_fields", {})
        field = next((f for name, f in fields.items() if (f.alias or name) == step), None)
        model = next(record_types(field.annotation), None) if field else None
    return model
