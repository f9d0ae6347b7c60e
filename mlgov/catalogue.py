"""Which rules and formats are installed: every distribution that names itself in an entry-point group.

The built-in ones come through the same door as a stranger's. Nothing is ever loaded from the checked tree.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

from mlgov.errors import PackError, UsageError
from mlgov.rule import Rule, sections, title

RULES = "mlgov.rules"
FORMATS = "mlgov.formats"


def packs(group: str) -> list[tuple[str, ModuleType]]:
    """The installed packages of an entry-point group by name, the built-in one first."""
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=group), key=lambda p: (p.name != "builtin", p.name))
    found = []
    for point in points:
        try:
            found.append((point.name, point.load()))
        except Exception as error:
            raise PackError(f"pack {point.name!r} of group {group} cannot be imported: {error}") from error
    return found


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """Every public module below a package, in order of name."""
    for info in sorted(pkgutil.walk_packages(package.__path__, package.__name__ + "."), key=lambda i: i.name):
        if not info.ispkg and not info.name.rpartition(".")[2].startswith("_"):
            yield importlib.import_module(info.name)


@lru_cache(maxsize=1)
def installed_rules() -> tuple[Rule, ...]:
    """All rules of all packs, by code; `PackError` where two share a code or one breaks the contract."""
    found: dict[str, Rule] = {}
    for name, package in packs(RULES):
        for rule in rules_of(package):
            if rule.code in found:
                raise PackError(f"pack {name!r}: code {rule.code} is already taken by {found[rule.code].name}")
            found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def rules_of(package: ModuleType) -> Iterator[Rule]:
    """The rules of one package: one per module."""
    for module in _modules(package):
        own = [v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__]
        for function in own:
            rule = getattr(function, "__rule__", None)
            if isinstance(rule, Rule):
                _hold_to_contract(rule)
                yield rule


def _hold_to_contract(rule: Rule) -> None:
    if not title(rule.doc):
        raise PackError(f"rule {rule.code}: {rule.file} has no docstring")
    if "Remedy" not in {name for name, _ in sections(rule.doc)}:
        raise PackError(f"rule {rule.code}: {rule.file} has no section '## Remedy'")


@lru_cache(maxsize=1)
def installed_formats() -> tuple[Any, ...]:
    """The adapters of all packs: modules with `NAME`, `PATHS`, `recognise` and `read`."""
    found: dict[str, Any] = {}
    for name, package in packs(FORMATS):
        for module in _modules(package):
            if not hasattr(module, "recognise"):
                continue
            if module.NAME in found:
                raise PackError(f"pack {name!r}: format {module.NAME!r} is already taken")
            found[module.NAME] = module
    return tuple(found.values())


def selected(rules: Iterable[Rule], words: Iterable[str]) -> list[Rule]:
    """The rules that `words` name: codes, prefixes of codes (`EVA2`), names, families, `ALL`."""
    every = list(rules)
    chosen: list[Rule] = []
    for word in words:
        hits = [r for r in every if matches(r.code, r.name, r.family, word)]
        if not hits and not word.upper().startswith("INT"):
            raise UsageError(unknown_rule(word, every))
        chosen += hits
    return chosen


def matches(code: str, name: str, family: str, word: str) -> bool:
    """True if a selector names the rule."""
    return word == "ALL" or code.startswith(word.upper()) or word.lower() in (name, family)


def unknown_rule(word: str, rules: Iterable[Rule]) -> str:
    """The words for a code or name that no rule has, with the nearest one."""
    import difflib

    names = [n for r in rules for n in (r.code, r.name)]
    near = difflib.get_close_matches(word, names, n=1) or difflib.get_close_matches(word.upper(), names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "; mlgov rules lists them"
    return f"no rule is called {word!r}{hint}"
