"""Looking back: what changed between two revisions, where a value comes from, when a finding began. No checkout."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mlgov.analysis import look
from mlgov.ancestry import Commit, came_from
from mlgov.catalogue import unknown_rule
from mlgov.engine import Verdict, judge
from mlgov.errors import UsageError
from mlgov.finding import Origin
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.change import Change, Past, changes
from mlgov.places import fingerprint
from mlgov.policy.demand import Demand, demand
from mlgov.policy.own_rules import every_rule
from mlgov.policy.settings import Settings
from mlgov.run import Opened, Request, load_settings, open_tree, wanted
from mlgov.snapshot import History, Snapshot, open_snapshot

_FINGERPRINT = re.compile(r"[0-9a-f]{16}").fullmatch


def between(request: Request, base: str) -> list[Change]:
    """What changed from one revision to the tree of a request, project by project."""
    opened = open_tree(request)
    before = open_snapshot(opened.folder, History(opened.folder).resolve(base))
    settings, old = (load_settings(request, opened._replace(snapshot=s), held=False) for s in (opened.snapshot, before))
    scope = wanted(opened, settings, old)
    plugins = tuple(dict.fromkeys((*settings.plugins, *old.plugins)))
    head = look(opened.snapshot, scope, request.today, plugins=plugins)
    first = look(before, scope, request.today, head, plugins)
    return list(changes([*first.assembled.projects], [*head.assembled.projects]))


def verdicts(request: Request, opened: Opened, asked: Demand, base: Snapshot | None = None) -> tuple[Verdict, ...]:
    """What the rules say about one tree, or about its change since another one."""
    scope = wanted(opened, asked.settings)
    plugins = asked.settings.plugins
    head = look(opened.snapshot, scope, request.today, plugins=plugins)
    before = look(base, scope, request.today, head, plugins).assembled.projects if base else ()
    pairs = changes([*before], [*head.assembled.projects], Past()) if base else ()
    return judge(asked.plan, head.assembled.projects, head.assembled.defects, pairs).verdicts


def _everything(settings: Settings) -> Demand:
    """What the settings demand if nothing is silenced: whoever asks about a finding means it."""
    values = settings.values | {"select": ["ALL"], "ignore": [], "severity": {}}
    return demand(Settings(values, settings.origins, settings.own))


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
    laws = every_rule(asked.settings)
    known = {word for law in laws for word in (law.code, law.name)} | HYGIENE.keys()
    if not _FINGERPRINT(name) and name not in known | {row.name for row in HYGIENE.values()}:
        raise UsageError(unknown_rule(name, laws))
    of_change = any(r.scope == "change" and name in (r.code, r.name) for r in laws)
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
