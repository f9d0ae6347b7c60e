"""Which rules and formats a run knows: our own, and those of the installed distributions that its settings name.

The built-in ones come through the same door as a stranger's. Nothing is ever loaded from the checked tree.
"""

import importlib
import inspect
from collections.abc import Iterable, Iterator
from functools import lru_cache
from os import scandir
from pathlib import Path
from types import ModuleType
from typing import Any

from mlgov.distributions import FORMATS, OURS, RULES, plain, registered
from mlgov.errors import PackError, SettingsError, UsageError
from mlgov.rule import Rule, sections, title

STATED = "*.rules.yaml"
Plugins = tuple[str, ...]  # names of distributions, beside our own


def packs(group: str, plugins: Plugins = ()) -> list[tuple[str, ModuleType]]:
    """The packages of an entry-point group by the name of their distribution, the built-in one first."""
    wanted = {OURS, *map(plain, plugins)}
    found = []
    for one in registered():
        if one.group == group and one.distribution in wanted:
            found.append((one.distribution, _loaded(one.point, group)))
    return found


def _loaded(point: Any, group: str) -> ModuleType:
    try:
        package = point.load()
    except Exception as error:
        raise PackError(f"pack {point.name!r} of group {group} cannot be imported: {error}") from error
    if not hasattr(package, "__path__"):
        raise PackError(f"pack {point.name!r} of group {group} is no package: {point.value}")
    return package  # type: ignore[no-any-return]


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """Every public module below a package, in order of name."""
    for name in sorted(name for folder in package.__path__ for name in _names(folder, package.__name__ + ".")):
        yield _imported(name)


def _names(folder: str, prefix: str) -> Iterator[str]:
    """The public modules in the folder of a package and below: one look at each folder, and nothing is imported."""
    if not Path(folder).is_dir():  # a package in an archive
        from pkgutil import walk_packages

        found = (info.name for info in walk_packages([folder], prefix) if not info.ispkg)
        yield from (name for name in found if not name.rpartition(".")[2].startswith("_"))
        return
    for entry in scandir(folder):
        if (name := inspect.getmodulename(entry.name)) and not name.startswith("_"):
            yield prefix + name
        elif entry.name.isidentifier() and Path(entry.path, "__init__.py").is_file():
            yield from _names(entry.path, f"{prefix}{entry.name}.")


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise PackError(f"module {name} of a pack cannot be imported: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=8)
def installed_rules(plugins: Plugins = ()) -> tuple[Rule, ...]:
    """Our rules and those of plug-ins, by code; `PackError` where two share a code or one breaks the contract."""
    found: dict[str, Rule] = {}
    for name, package in packs(RULES, plugins):
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
    yield from _stated_rules(package)


def _stated_rules(package: ModuleType) -> Iterator[Rule]:
    """The rules that a package states without code, in files `*.rules.yaml`."""
    files = sorted(file for folder in package.__path__ for file in Path(folder).rglob(STATED))
    if not files:
        return
    from mlgov.custom import rules_of_tables, tables_of

    try:
        yield from rules_of_tables((t for file in files for t in tables_of(str(file), file.read_bytes())), {})
    except SettingsError as error:
        raise PackError(str(error)) from None


def _hold_to_contract(rule: Rule) -> None:
    if not title(rule.doc):
        raise PackError(f"rule {rule.code}: {rule.file} has no docstring")
    if "\n## Remedy\n" not in rule.doc and "Remedy" not in {name for name, _ in sections(rule.doc)}:
        raise PackError(f"rule {rule.code}: {rule.file} has no section '## Remedy'")


@lru_cache(maxsize=8)
def installed_formats(plugins: Plugins = ()) -> tuple[Any, ...]:
    """Our adapters and those of plug-ins: modules with `NAME`, `PATHS`, `recognise` and `read`."""
    found: dict[str, Any] = {}
    for name, package in packs(FORMATS, plugins):
        for module in _modules(package):
            if not hasattr(module, "recognise"):
                continue
            _hold_to_protocol(name, module)
            if module.NAME in found:
                raise PackError(f"pack {name!r}: format {module.NAME!r} is already taken")
            found[module.NAME] = module
    return tuple(found.values())


_ROLES = ("anchor", "part", "shared", "note", "manifest")


def _hold_to_protocol(pack: str, module: ModuleType) -> None:
    """What an adapter lacks is told at once, and not at the first file that it meets."""
    where = f"pack {pack!r}: adapter {module.__name__}"
    for name, kind in (("NAME", str), ("PATHS", tuple), ("MARKERS", tuple), ("ROLE", str)):
        if not isinstance(getattr(module, name, None), kind):
            raise PackError(f"{where} needs {name}, a {'text' if kind is str else 'tuple'}")
    if module.ROLE not in _ROLES:
        raise PackError(f"{where}: ROLE is {module.ROLE!r}, not one of {', '.join(_ROLES)}")
    if not all(isinstance(p, str) for p in module.PATHS) or not all(isinstance(m, bytes) for m in module.MARKERS):
        raise PackError(f"{where}: PATHS holds texts, MARKERS holds bytes")
    if not callable(module.recognise) or not callable(getattr(module, "read", None)):
        raise PackError(f"{where} needs the functions recognise and read")


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
