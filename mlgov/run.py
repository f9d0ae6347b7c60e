"""One run, from what is asked to the report: the tree, the settings, the cache, and an analysis if need be."""

import gc
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mlgov import cache
from mlgov.errors import SettingsError, SnapshotError, UsageError
from mlgov.report import Report, from_data, to_cache
from mlgov.scope import Scope
from mlgov.snapshot import History, Snapshot, open_snapshot, repository_root

if TYPE_CHECKING:
    from mlgov.analysis import Analysis
    from mlgov.lifecycle.change import Past
    from mlgov.policy.settings import Settings
    from mlgov.recollection import Recollection


class Request(NamedTuple):
    """What is asked of a run.

    paths: files or folders to look at (empty = the whole repository). scope: `worktree`, `staged` or a revision.
    options: settings given on the command line. today: ISO date of the clock that the run believes.
    base: the revision with which a change is compared; "" = no change is judged.
    still: the day that it still is somewhere on earth, to whose end waivers hold; "" = today.
    spark: master of the Spark cluster that measures data; never a setting, because a tree must not choose it.
    connections: addresses of the databases that hold data sets, `URL#TABLE` by data set; never a setting either.
    background: whether the report says what stands around the findings, for outputs that draw.
    """

    paths: tuple[str, ...] = ()
    scope: str = "worktree"
    options: Mapping[str, Any] = {}
    today: str = ""
    use_cache: bool = True
    base: str = ""
    still: str = ""
    spark: str = ""
    connections: Mapping[str, str] = MappingProxyType({})
    background: bool = False


class Opened(NamedTuple):
    """A snapshot and which part of it is looked at. folder: where it lies; prefixes: paths from its root, empty = all."""

    snapshot: Snapshot
    prefixes: tuple[str, ...]
    folder: str


def check(request: Request) -> tuple[Report, Opened]:
    """The report on what a request names; from the cache where nothing at all has changed."""
    opened = open_tree(request)
    base = open_base(request, opened) if request.base else None
    key = _key(request, opened, base) if request.use_cache and cache.folder() else ""
    if key and (report := _remembered(key)):
        return report, opened
    analysis, depends_on_data = _judged(request, opened, base)
    report = analysis.report
    if key and not depends_on_data:
        cache.store(key, to_cache(report))
    return report, opened


def fresh(request: Request, opened: Opened, known: "Recollection | None" = None) -> Report:
    """The report on an opened tree, whatever the cache knows. known: what was found out about it a moment ago."""
    return _judged(request, opened, None, known)[0].report


def whole(request: Request, opened: Opened) -> "Analysis":
    """The report on an opened tree together with the projects that it judges, whatever the cache knows."""
    return _judged(request, opened, None)[0]


def _judged(
    request: Request, opened: Opened, base: Snapshot | None, known: "Recollection | None" = None
) -> "tuple[Analysis, bool]":
    """An analysis without the cache, and whether it depends on data, which the key of the cache does not hold.

    The garbage collector rests: imports and parsing make millions of objects that all live on, and looking through them
    again and again costs more than it frees. They stay set aside; where one process checks again, what the check before
    left goes first.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        from mlgov.analysis import DataPlace, analysed
        from mlgov.policy.demand import demand

        settings = load_settings(request, opened)
        before = _settings_of_base(request, opened._replace(snapshot=base)) if base else None
        asked = demand(settings, before)
        seen = wanted(opened, settings, before)
        past = past_of(opened, base, request) if base else None
        data = DataPlace(opened.folder if request.scope == "worktree" else "", request.spark, request.connections)
        analysis = analysed(
            opened.snapshot, asked, seen, request.today, base, past, request.still, data, request.background, known
        )
        return analysis, bool(asked.settings["data"]["verify"])
    finally:
        gc.freeze()
        gc.enable()


def open_base(request: Request, opened: Opened) -> Snapshot:
    """The tree at the merge base of the base and what is judged; no checkout, blobs come from the object store."""
    _, base, _ = parting(request, opened)
    return open_snapshot(opened.folder, base)


def parting(request: Request, opened: Opened) -> tuple[History, str, str]:
    """The history, and the commits between which a change lies: where base and head parted, and the head.

    The policy of the base decides what the change may do, so the base must be a name that a contributor cannot make up.
    """
    history = History(opened.folder)
    head = history.resolve("HEAD" if request.scope in ("worktree", "staged") else request.scope)
    return history, history.merge_base(history.resolve(request.base, trusted=True), head), head


def past_of(opened: Opened, base: Snapshot, request: Request) -> "Past":
    """What the history knows about the files of a change, read where a rule asks for it."""
    from functools import cache as once

    from mlgov.lifecycle.change import Past

    history, start, head = parting(request, opened)
    return Past(
        dates=once(
            lambda: {p: date for p, (_, date) in history.last_change(head).items()} if not history.shallow else {}
        ),
        touched=once(lambda: _touched(base.files(), opened.snapshot.files())),
        commits=once(lambda path: 0 if history.shallow else history.commits(path, head)),
        authors=once(lambda: history.authors(start, head)),
        last_commits=once(lambda: {} if history.shallow else history.last_commits(head)),
    )


def _touched(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    return frozenset(path for path in {*before, *after} if before.get(path) != after.get(path))


def open_tree(request: Request) -> Opened:
    """The snapshot around the paths of a request."""
    targets = request.paths or (".",)
    for path in targets:
        if request.scope == "worktree" and not os.path.lexists(path):
            raise UsageError(f"{path} does not exist{_near(path)}")
    root = repository_root(targets[0]) if os.path.lexists(targets[0]) else repository_root(".")
    if root is None:
        folder = targets[0] if os.path.isdir(targets[0]) else os.path.dirname(targets[0]) or "."
        return Opened(open_snapshot(folder, request.scope), (), folder)
    prefixes = [_prefix(path, root) for path in targets] if request.paths else [""]
    return Opened(open_snapshot(root, request.scope), tuple(p for p in prefixes if p), root)


def _near(path: str) -> str:
    """`; did you mean models/card.md?`, where something beside it has nearly this name."""
    from difflib import get_close_matches

    folder, name = os.path.split(path.rstrip("/" + os.sep))
    try:
        found = get_close_matches(
            name.lower(), by_shape := {n.lower(): n for n in sorted(os.listdir(folder or "."))}, n=1
        )
    except OSError:
        return ""
    return f"; did you mean {os.path.join(folder, by_shape[found[0]])}?" if found else ""


def _prefix(path: str, root: str) -> str:
    full = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
    relative = os.path.relpath(os.path.normpath(full), os.path.realpath(root)).replace(os.sep, "/")
    if relative.startswith("../"):
        raise UsageError(f"{path} lies outside the repository {root}")
    return "" if relative == "." else relative


def load_settings(request: Request, opened: Opened, *, held: bool = True) -> "Settings":
    """The settings nearest above the first path, with the options of the command line on top.

    held: refuse those that lower what the policy locks that they extend; what a base once said cannot be changed.
    """
    from mlgov.policy.own_rules import with_own_rules
    from mlgov.policy.packaged import packaged_policy
    from mlgov.policy.plugins import refuse_missing
    from mlgov.policy.settings import FILES, default_settings, settings_from

    known = opened.snapshot.files()

    def extended(name: str, place: str) -> "Settings":
        return packaged_policy(name, place, opened.folder)

    found = default_settings()
    for folder in _upward(opened.prefixes[0] if opened.prefixes else ""):
        paths = [f"{folder}/{name}".lstrip("/") for name in FILES]
        here = settings_from(((p, opened.snapshot.read(p)) for p in paths if p in known), extended)
        if set(here.origins.values()) != {"default"}:
            found = here
            break
    refuse_missing(found, opened.folder)
    found = with_own_rules(found, opened.snapshot.read)
    if held and found.floor:
        from mlgov.policy.locks import refuse_lowered

        refuse_lowered(found)
    return found.with_options(request.options)


def _upward(prefix: str) -> list[str]:
    parts = prefix.split("/") if prefix else []
    return ["/".join(parts[:end]) for end in range(len(parts), -1, -1)]


def _settings_of_base(request: Request, opened: Opened) -> "Settings":
    """The settings of the base; where they are wrong, what the change may do is not known."""
    try:
        return load_settings(request, opened, held=False)
    except SettingsError as error:
        raise SettingsError(f"{error}; so the policy of the base is not known", f"at the base {request.base}") from None


def wanted(opened: Opened, settings: "Settings", before: "Settings | None" = None) -> Scope:
    """Which files are looked at; what the settings of the base (`before`) want is looked at as well."""
    sides = [s for s in (settings, before) if s is not None]
    return Scope(opened.prefixes, [(s["include"], s["exclude"]) for s in sides])


def _key(request: Request, opened: Opened, base: Snapshot | None) -> str:
    """Everything the report depends on: content, request, clock and code. Settings files are content."""
    try:
        code = cache.code_digest()
        files = [f"{path}={key}" for path, key in opened.snapshot.files().items()]
        before = [f"{path}={key}" for path, key in base.files().items()] if base else []
        before += parting(request, opened)[1:] if base else ()  # equal trees may have another history
    except (OSError, SnapshotError):
        return ""
    asked = [repr(sorted(request.options.items())), repr(opened.prefixes), request.today, request.still, request.base]
    asked += ["with background"] if request.background else []
    return "report-" + cache.digest([code, *asked, *files, "base", *before])


def _remembered(key: str) -> Report | None:
    data = cache.load(key)
    try:
        return from_data(data) if data is not None else None
    except (KeyError, TypeError, ValueError):
        return None
