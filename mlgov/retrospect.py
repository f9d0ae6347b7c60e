"""Looking back: what changed between two revisions, where a value comes from, when a finding began. No checkout."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mlgov.analysis import look
from mlgov.catalogue import installed_rules
from mlgov.documents import MISSING, read, resolve
from mlgov.documents.pointer import steps
from mlgov.engine import Verdict, judge
from mlgov.errors import UsageError
from mlgov.finding import Origin
from mlgov.lifecycle.change import Change, Past, changes
from mlgov.places import fingerprint
from mlgov.policy.demand import Demand, demand
from mlgov.policy.settings import Settings
from mlgov.run import Opened, Request, load_settings, open_tree, wanted
from mlgov.snapshot import History, Snapshot, Unreadable, open_snapshot

COMMITS = 500
UNCOMMITTED = "not committed"


class Commit(NamedTuple):
    """A commit as people read it; `sha` is "" for what is not committed yet."""

    sha: str
    date: str = ""
    author: str = ""
    subject: str = ""


def between(request: Request, base: str) -> list[Change]:
    """What changed from one revision to the tree of a request, project by project."""
    opened = open_tree(request)
    before = open_snapshot(opened.folder, History(opened.folder).resolve(base))
    settings, old = (load_settings(request, opened._replace(snapshot=s)) for s in (opened.snapshot, before))
    scope = wanted(opened, settings, old)
    head = look(opened.snapshot, scope, request.today)
    first = look(before, scope, request.today, head)
    return list(changes([*first.assembled.projects], [*head.assembled.projects]))


def verdicts(request: Request, opened: Opened, asked: Demand, base: Snapshot | None = None) -> tuple[Verdict, ...]:
    """What the rules say about one tree, or about its change since another one."""
    scope = wanted(opened, asked.settings)
    head = look(opened.snapshot, scope, request.today)
    before = look(base, scope, request.today, head).assembled.projects if base else ()
    pairs = {c.id: c for c in changes([*before], [*head.assembled.projects], Past())} if base else {}
    return judge(asked.plan, head.assembled.projects, head.assembled.defects, pairs).verdicts


def _everything(settings: Settings) -> Demand:
    """What the settings demand if nothing is silenced: whoever asks about a finding means it."""
    values = settings.values | {"select": ["ALL"], "ignore": [], "severity": {}}
    return demand(Settings(values, settings.origins), None, installed_rules())


def sides(request: Request, names: tuple[str, ...]) -> Iterator[tuple[Verdict, list[tuple[Origin, Commit]]]]:
    """Each finding that is named, or that has several ends, with the commit in which each end got its value."""
    opened = open_tree(request)
    asked = _everything(load_settings(request, opened))
    history = History(opened.folder)
    head = history.resolve("HEAD" if request.scope in ("worktree", "staged") else request.scope)
    for verdict in verdicts(request, opened, asked):
        named = verdict.code in names or verdict.name in names or fingerprint(verdict) in names
        if named or not names and len(verdict.origins) > 1:
            yield verdict, [(o, came_from(history, head, opened.snapshot, o)) for o in verdict.origins if o.file]


def came_from(history: History, head: str, snapshot: Snapshot, origin: Origin) -> Commit:
    """The commit that gave a place the value that it has now; a value is followed by ids, not by lines."""
    try:
        raw = snapshot.read(origin.file)
    except Unreadable:
        return Commit("", subject="the file cannot be read")
    path = _path(raw, origin)
    if (value := _value(raw, origin.file, path)) is MISSING:  # a file that is no data: it counts as a whole
        path, value = ("=",), raw
    found = ""
    for sha in history.touching(origin.file, head, COMMITS):
        content = history.content(sha, origin.file)
        if content is None or _value(content, origin.file, path) != value:
            break
        found = sha
    return Commit(found, *history.told(found)) if found else Commit("", subject=UNCOMMITTED)


# the way to a value: keys, and for an item of a list what names it; or the words of a line
Way = tuple[Any, ...]


def _path(raw: bytes, origin: Origin) -> Way:
    """The steps of a pointer with names in place of positions, so that an item is found wherever it stood."""
    if origin.pointer.startswith("@"):
        line = int(origin.pointer[1:].partition(":")[0])
        return ("@", " ".join(raw.decode("utf-8", "replace").splitlines()[line - 1 : line]).strip())
    data, found = _document(raw, origin.file, origin.document), list[Any]()
    for step in steps(origin.pointer):
        name = _name(resolve(data, "/" + step)) if isinstance(data, list) else None
        found.append(name or step)
        data = resolve(data, "/" + step.replace("~", "~0").replace("/", "~1"))
    return (origin.document, *found)


def _name(item: Any) -> tuple[str, ...] | None:
    keys = ("id", "name", "metric", "dataset", "split", "slice", "model_version")
    found = tuple(f"{key}={item[key]}" for key in keys if key in item) if isinstance(item, dict) else ()
    return found or None


def _document(raw: bytes, file: str, number: int) -> Any:
    return next((d.data for d in read(file, raw).documents if d.index == number), MISSING)


def _value(raw: bytes, file: str, way: Way) -> Any:
    """What stands at the end of a way; MISSING where it leads nowhere."""
    if way[0] == "=":
        return raw
    if way[0] == "@":
        lines = (" ".join(line.split()) for line in raw.decode("utf-8", "replace").splitlines())
        return " ".join(way[1].split()) in lines or MISSING
    data = _document(raw, file, way[0])
    for step in way[1:]:
        if isinstance(step, tuple):
            items = data if isinstance(data, list) else []
            data = next((item for item in items if _name(item) == step), MISSING)
        else:
            data = resolve(data, "/" + step.replace("~", "~0").replace("/", "~1"))
    return data


class Found(NamedTuple):
    """Where a finding began. first: the commit; oldest: True if no older commit was looked at; looked: how many were."""

    first: Commit
    oldest: bool
    looked: int


def began(request: Request, name: str, most: int, linear: bool) -> Found:
    """The first commit with a finding (code, name or fingerprint), on the line of first parents.

    The settings of the tree that is asked about hold for all commits, but for what they silence. Raises `UsageError` where it has no such finding.
    """
    opened = open_tree(request)
    history = History(opened.folder)
    asked = _everything(load_settings(request, opened))
    line = history.line("HEAD" if request.scope in ("worktree", "staged") else request.scope, most)
    of_change = any(r.scope == "change" and name in (r.code, r.name) for r in installed_rules())
    seen: dict[int, bool] = {}

    def has(number: int) -> bool:
        if number not in seen:
            tree = opened._replace(snapshot=open_snapshot(opened.folder, line[number]))
            parent = line[number + 1 : number + 2] if of_change else []
            base = open_snapshot(opened.folder, parent[0]) if parent else None
            seen[number] = any(_is_named(v, name) for v in verdicts(request, tree, asked, base))
        return seen[number]

    newest = next((n for n in range(len(line)) if has(n)), None) if of_change else (0 if has(0) else None)
    if newest is None:
        raise UsageError(
            f"{name} is not found at {request.scope if line else 'any commit'}; commit first, or see mlgov check"
        )
    last = newest if of_change else _last(has, len(line), linear)
    return Found(Commit(line[last], *history.told(line[last])), last == len(line) - 1, len(seen))


def _is_named(verdict: Verdict, name: str) -> bool:
    return name in (verdict.code, verdict.name, fingerprint(verdict))


def _last(has: Callable[[int], bool], count: int, linear: bool) -> int:
    """The last number of the run of hits that begins at 0: step by step, or by doubling and then halving the step.

    The fast way is exact where a finding that came has stayed; it begins at the newest commits, so that of several
    beginnings it mostly finds the latest.
    """
    if linear:
        return next((n for n in range(count) if not has(n)), count) - 1
    low, high = 0, 1
    while high < count and has(high):
        low, high = high, high * 2
    high = min(high, count)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if has(middle) else (low, middle)
    return low
