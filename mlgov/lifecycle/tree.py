"""Facts of one project become one tree of plain data, and a book that knows where each value came from."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from mlgov import repair
from mlgov.finding import Fix, Origin
from mlgov.lifecycle.book import Book, Claim, Path
from mlgov.lifecycle.fact import Defect, Evidence, Fact
from mlgov.lifecycle.joining import Joiner, is_bare
from mlgov.lifecycle.own import Binding, Unwrapped, unwrap
from mlgov.units import literal

_ORDER = {"declared": 0, "observed": 1, "derived": 2}
# what a file says at a pointer: its value, or the reason why it cannot be said
Lookup = Callable[[str, str], tuple[Any, str]]


class Planting:
    """One project's tree while it grows; `defects` collects what went wrong on the way."""

    def __init__(self, today: str, folder: str) -> None:
        self.book = Book()
        self.folder = folder
        self.today = today
        self.defects: list[Defect] = []
        self.placeholders: list[tuple[Path, str]] = []
        self.bindings: list[Binding] = []
        self.tags: list[tuple[Path, str]] = []
        self._joiner = Joiner(lambda path: in_folder(folder, path))

    def plant(self, evidence: Iterable[Evidence]) -> None:
        """Own format first, then what people declared, then what runs observed; files in order of name, common ones last."""
        files = sorted(evidence, key=lambda e: (e.role != "manifest", e.role in ("shared", "note"), e.file))
        for file in (f for f in files if f.role == "manifest"):
            self._root(file)
            for fact in file.facts:
                self._section(fact)
        native = [fact for file in files if file.role != "manifest" for fact in file.facts]
        if not self.book.has_manifest and native:
            self.book.note((), Origin(native[0].origin.file), "declared")
        for fact in sorted(native, key=lambda f: _ORDER.get(f.how, 3)):
            self._fact(fact)

    def _root(self, file: Evidence) -> None:
        """What is stated nowhere is missing from the manifest itself, else from its first section file."""
        if not self.book.has_manifest or file.file.rpartition("/")[2].startswith("mlgov."):
            self.book.note((), Origin(file.file), "declared")
        self.book.has_manifest = True

    def _section(self, fact: Fact) -> None:
        name = fact.path
        if name in self.book.tree or (name,) in self.book.excuses:
            first = self.book.origin((name,))
            message = f"section {name!r} is defined twice; keep one definition"
            self.defects.append(Defect("INT005", message, (fact.origin, first), name))
            return
        own = unwrap(fact.value, (name,), self.today)
        self._adopt(own)
        self.book.own(name)
        self.book.note((name,), fact.origin, "declared")
        if (name,) not in own.excuses:
            self.book.tree[name] = own.value

    def _adopt(self, own: Unwrapped) -> None:
        self.book.excuses.update(own.excuses)
        self.placeholders += own.placeholders
        self.bindings += own.bindings
        self.tags += own.tags

    def _fact(self, fact: Fact) -> None:
        steps: Path = tuple(fact.path.removesuffix("[]").split("."))
        if fact.path.endswith("[]"):
            self._append(steps, fact)
            return
        self.book.claims.setdefault(steps, []).append(Claim(steps, fact.value, fact.origin, fact.how, fact.environment))
        parent = self._container(steps[:-1])
        if parent is not None and parent.get(str(steps[-1])) is None:
            parent[str(steps[-1])] = _own_copy(fact.value)
            self._note(steps, fact)

    def _append(self, steps: Path, fact: Fact) -> None:
        parent = self._container(steps[:-1])
        if parent is None:
            return
        row = parent.setdefault(str(steps[-1]), [])
        if not isinstance(row, list):
            return
        at = self._joiner.find(steps, row, fact.value)
        if at is not None:
            self._join(steps + (at,), row[at], fact)
        elif not (self.book.has_manifest and row and is_bare(steps, fact)):
            row.append(_own_copy(fact.value))
            self._note(steps + (len(row) - 1,), fact)

    def _join(self, path: Path, row: dict[str, Any], fact: Fact) -> None:
        """A second file speaks about an item: it adds what is not stated yet; what is stated stays, both are claims."""
        for key, value in fact.value.items():
            here = path + (key,)
            origin = fact.parts.get(key, fact.origin.at(key))
            if row.get(key) is None:
                row[key] = _own_copy(value)
                self.book.note(here, origin, fact.how, fact.environment)
            elif isinstance(value, list) and isinstance(row[key], list):
                row[key] = row[key] + [item for item in value if item not in row[key]]
            else:
                self.book.claims.setdefault(here, []).append(Claim(here, value, origin, fact.how, fact.environment))

    def _note(self, path: Path, fact: Fact) -> None:
        self.book.note(path, fact.origin, fact.how, fact.environment)
        for part, origin in fact.parts.items():
            self.book.note(path + _steps(part), origin, fact.how, fact.environment)

    def _container(self, steps: Path) -> dict[str, Any] | None:
        """The mapping at `steps`, made where it is missing; None where something else stands there."""
        at: Any = self.book.tree
        for step in steps:
            at = at.setdefault(step, {}) if isinstance(at, dict) else None
        return at if isinstance(at, dict) else None

    def bind(self, lookup: Lookup, near: Callable[[str], str | None]) -> None:
        """Add what the files named by `source` say beside the declared values. near: a path in its right spelling."""
        for binding in self.bindings:
            self._bind(binding, lookup, near)

    def _bind(self, binding: Binding, lookup: Lookup, near: Callable[[str], str | None]) -> None:
        file = in_folder(self.folder, binding.file)
        value, reason = lookup(file, binding.pointer)
        source = binding.path if binding.path[-1] != "value" else binding.path[:-1] + ("source",)
        subject = self.book.subject(binding.path)
        if reason == "unread":
            return
        if reason:
            where = f"{binding.file}{binding.pointer}"
            message = f"{subject} is bound to {where}, which {reason}"
            place = self.book.origin(source)
            self.defects.append(
                Defect("INT011", message, (place,), subject, _found(binding, file, place, lookup, near))
            )
            return
        if isinstance(value, (dict, list)) or value is None:
            return  # the whole file is bound: a card, a contract, a suite
        self._observe(binding, value, Origin(file, binding.pointer))

    def _observe(self, binding: Binding, value: Any, origin: Origin) -> None:
        path = binding.path
        if path[-1] == "value" and "results" in path:
            self._observed_result(path[:-1], value, origin)
            return
        self.book.claims.setdefault(path, []).append(Claim(path, value, origin, "observed"))
        if not binding.has_value and (parent := self._container(path[:-1])) is not None:
            parent[str(path[-1])] = value
            self.book.note(path, origin, "observed")

    def _observed_result(self, path: Path, value: Any, origin: Origin) -> None:
        """A bound result is stated twice: once as declared, once as the file observed it."""
        declared = self.book.raw(path)
        row = self.book.raw(path[:-1])
        if "value" not in declared:
            declared["value"] = value
            self.book.note(path + ("value",), origin, "observed")
            return
        row.append({**{k: v for k, v in declared.items() if k != "source"}, "value": value})
        twin = path[:-1] + (len(row) - 1,)
        self.book.note(twin, self.book.origin(path), "observed")
        self.book.note(twin + ("value",), origin, "observed")


def _found(
    binding: Binding, file: str, source: Origin, lookup: Lookup, near: Callable[[str], str | None]
) -> Fix | None:
    """The file in its right spelling; else a key of the file that is nearly the one that was asked for."""
    from mlgov.lifecycle.suggestion import meant, spelled_like

    if right := spelled_like(binding.file, near(file)):
        step = repair.replace(source.at("file"), right, binding.file)
        return repair.fix(f"write {right}", step, safe=True)
    above, _, key = binding.pointer.rpartition("/")
    data, reason = lookup(file, above)
    if reason or not isinstance(data, dict) or "~" in key:
        return None
    fix = meant(key, [str(k) for k in data if not set(str(k)) & set("~/")], source.at("pointer"))
    if fix is None:
        return None
    (operation,) = fix.operations
    return fix._replace(operations=(repair.replace(operation.origin, f"{above}/{json.loads(operation.value)}"),))


def _own_copy(value: Any) -> Any:
    """A mapping of its own: the facts of a file may be planted in two trees, and trees grow."""
    return dict(value) if isinstance(value, dict) else value


@lru_cache(maxsize=8192)  # every alert and every gate has the same parts
def _steps(part: str) -> Path:
    """`results.0.value`; a part whose names hold dots is written as a pointer: `/params/train.lr`."""
    steps = part[1:].split("/") if part.startswith("/") else part.split(".")
    return tuple(int(step) if step.isdecimal() else step for step in steps)


def in_folder(folder: str, path: str) -> str:
    """A path of the model as a path of the tree: relative to the project's folder, `/` = repository root."""
    parts: list[str] = [] if path.startswith("/") else [p for p in folder.split("/") if p]
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def differing_sources(book: Book, bindings: Iterable[Binding]) -> Iterable[Defect]:
    """INT012 and DAT208's plain case: a declared value that its own source contradicts."""
    from mlgov.lifecycle.printed import agree

    for binding in bindings:
        for claim in book.claims.get(binding.path, ()):
            said = book.raw(binding.path)
            if binding.has_value and said is not None and not agree(said, claim.value):
                subject = book.subject(binding.path)
                words = f"{subject} says {literal(said)}, its source {claim.origin.file}{claim.origin.pointer} says {claim.text}"
                place = book.origin(binding.path)
                yield Defect("INT012", words, (place, claim.origin), subject, _as_measured(place, said, claim.value))


def _as_measured(place: Origin, said: Any, value: Any) -> Fix | None:
    """The value that the source proves, as the declared one is printed; somebody has to look at a changed claim."""
    from mlgov.lifecycle.printed import in_the_form_of

    text = in_the_form_of(value, said)
    return repair.fix(f"write {literal(text)}, what the source says", repair.replace(place, text)) if text else None
