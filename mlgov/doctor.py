"""Looks at installation and repository for what would make a run slow, incomplete or impossible."""

import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mlgov import __version__, cache
from mlgov.analysis import look
from mlgov.backends import backends
from mlgov.catalogue import installed_formats, installed_rules
from mlgov.documents import yaml_backend
from mlgov.errors import MlgovError
from mlgov.policy.demand import demand
from mlgov.run import Opened, Request, load_settings, open_tree, wanted
from mlgov.snapshot import History

MANY = 50_000  # files of a tree, from which listing them is what takes the time
FEW = 5  # files that cannot be read that are named
FINE, SLOW, BROKEN = STATES = ("ok", "warn", "fail")


class Sign(NamedTuple):
    """One thing that was looked at. state: `ok`; `warn` = slower or less than it could be; `fail` = a run cannot decide.

    advice: what to do, "" where nothing is wrong.
    """

    what: str
    state: str
    found: str
    advice: str = ""


def signs(request: Request) -> list[Sign]:
    """Everything, in order; a failure hides nothing that comes after it."""
    found = [*_installation(), *_guarded("plug-ins", _packs), *_cache()]
    try:
        opened = open_tree(request)
    except MlgovError as error:
        return [*found, Sign("repository", BROKEN, str(error), "name a folder that exists")]
    return [
        *found,
        *_guarded("git", lambda: _git(opened)),
        *_guarded("settings", lambda: _settings(request, opened)),
        *_guarded("files", lambda: _files(request, opened)),
    ]


def _guarded(what: str, part: Callable[[], Iterator[Sign]]) -> list[Sign]:
    try:
        return list(part())
    except MlgovError as error:
        return [Sign(what, BROKEN, str(error), "mlgov check will end with exit code 2 until this is settled")]


def _installation() -> Iterator[Sign]:
    where = Path(__file__).parent
    yield Sign("mlgov", FINE, f"{__version__} in {where}, Python {platform.python_version()}, {sys.platform}")
    pure = yaml_backend() == "pure"
    advice = "install ruamel.yaml.clib: without it YAML is read 12 to 17 times slower" if pure else ""
    yield Sign("yaml", SLOW if pure else FINE, yaml_backend(), advice)
    for one in backends():
        state = FINE if one.version or one.extra else SLOW
        said = one.version or "not installed"
        advice = "" if one.version else f"for {one.purpose}: install mlgov[{one.extra}]" if one.extra else one.purpose
        yield Sign(one.name, state, said, advice)


def _packs() -> Iterator[Sign]:
    yield Sign("packs", FINE, f"our own: {len(installed_rules())} rules, {len(installed_formats())} formats")


def _cache() -> Iterator[Sign]:
    folder = cache.folder()
    if not folder:
        yield Sign("cache", SLOW, "switched off", "a second run costs as much as the first; unset MLGOV_CACHE_DIR")
    elif cache.store("doctor", {"at": __version__}):
        yield Sign("cache", FINE, folder)
    else:
        yield Sign("cache", SLOW, f"{folder} cannot be written", "make it writable, or set MLGOV_CACHE_DIR")


def _git(opened: Opened) -> Iterator[Sign]:
    if not Path(opened.folder, ".git").exists():
        yield Sign("git", SLOW, f"{opened.folder} is no git repository", "changes cannot be judged (check --base)")
        return
    for note in opened.snapshot.notes:
        yield Sign("git", SLOW, note, "files that are not listed are not read")
    shallow = History(opened.folder).shallow
    advice = "fetch the whole history (fetch-depth: 0): rules on changes cannot answer" if shallow else ""
    yield Sign("git", SLOW if shallow else FINE, f"{opened.folder}{', a shallow clone' if shallow else ''}", advice)


def _settings(request: Request, opened: Opened) -> Iterator[Sign]:
    settings = load_settings(request, opened)
    plan = demand(settings).plan
    files = sorted({origin.partition(":")[0] for origin in settings.origins.values() if origin != "default"})
    where = ", ".join(files) or "defaults only"
    yield Sign("settings", FINE, f"{where}: profile {plan.profile}, fail_on {settings['fail_on']}")
    if settings.plugins:
        rules, formats = installed_rules(settings.plugins), installed_formats(settings.plugins)
        yield Sign(
            "plug-ins", FINE, f"{', '.join(settings.plugins)}: {len(rules)} rules, {len(formats)} formats with ours"
        )
    lacking = sorted({b.extra for b in backends() if b.extra == "data" and not b.version})
    if settings["data"]["verify"] and lacking:
        yield Sign("data", BROKEN, "the settings ask for data verification", "install mlgov[data]")


def _files(request: Request, opened: Opened) -> Iterator[Sign]:
    names = opened.snapshot.files()
    settings = load_settings(request, opened)
    inventory = look(opened.snapshot, wanted(opened, settings), request.today, plugins=settings.plugins).inventory
    states = Counter(entry.state for entry in inventory.entries)
    read = f"{len(names)} files, {states['claimed']} of a format that mlgov reads"
    yield Sign("files", SLOW if len(names) > MANY else FINE, read, _crowd(names) if len(names) > MANY else "")
    if not states["claimed"]:
        yield Sign("files", BROKEN, "nothing to read", "mlgov inventory --all tells why; mlgov init begins")
    unread = [entry for entry in inventory.entries if entry.state == "unreadable"]
    for entry in unread[:FEW]:
        yield Sign("files", BROKEN, f"{entry.path}: {entry.reason}", "repair it, or exclude it in the settings")
    if len(unread) > FEW:
        yield Sign("files", BROKEN, f"{len(unread) - FEW} more cannot be read", "mlgov inventory names them all")


def _crowd(names: Iterable[str]) -> str:
    """The folder that holds most of the files."""
    folders = Counter("/".join(name.split("/")[:2]) for name in names)
    folder, count = folders.most_common(1)[0]
    return f"{folder} holds {count} of them; ignore it in git, or exclude it in the settings"
