"""Planting single faults in a clean project, in memory, to see which of them the current policy catches."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from mlgov.analysis import analyse
from mlgov.errors import UsageError
from mlgov.finding import Finding, Severity
from mlgov.lifecycle.change import Past
from mlgov.mutations import changes, data, evaluation, framing, people, production
from mlgov.mutations.edits import Edit
from mlgov.mutations.mutation import Mutation
from mlgov.mutations.workbench import Unfit, Workbench
from mlgov.policy.demand import Demand, demand
from mlgov.policy.settings import Settings
from mlgov.run import Request, load_settings, open_tree
from mlgov.scope import Scope
from mlgov.snapshot import MemoryTree, Unreadable

MUTATIONS: tuple[Mutation, ...] = (
    *framing.MUTATIONS, *data.MUTATIONS, *evaluation.MUTATIONS, *production.MUTATIONS, *people.MUTATIONS, *changes.MUTATIONS
)  # fmt: skip
Files = Mapping[str, str | bytes]


class Trial(NamedTuple):
    """What became of one mutation.

    state: `caught`, `missed`, `off` (the policy does not run the rule), or `unfit` with the reason why the project
    has nothing to change. caught_by: the codes that spoke about the mutated project and not about the clean one.
    """

    mutation: Mutation
    state: str
    caught_by: tuple[str, ...] = ()
    reason: str = ""


class Laboratory:
    """A project's files under one policy. known: what is found in them before anything is planted."""

    def __init__(self, files: Files, settings: Settings, today: str) -> None:
        self.files, self.today = files, today
        self.asked = demand(settings)
        self.scope = Scope((), [(settings["include"], settings["exclude"])])
        self.known = self._found(files)

    def trials(self, mutations: tuple[Mutation, ...] = MUTATIONS) -> Iterator[Trial]:
        """Every mutation, tried."""
        return map(self.trial, mutations)

    def trial(self, mutation: Mutation) -> Trial:
        """Plant one fault and see who speaks."""
        try:
            base = edited(self.files, mutation.prepare) if mutation.prepare else self.files
            head = edited(base, mutation.edit)
        except Unfit as reason:
            return Trial(mutation, "unfit", reason=str(reason))
        known = set(map(_identity, self._found(base) if mutation.prepare else self.known))
        codes = sorted(
            {f.code for f in self._found(head, base if mutation.is_change else None) if _identity(f) not in known}
        )
        state = "caught" if mutation.code in codes else "missed" if self._is_on(mutation.code) else "off"
        return Trial(mutation, state, tuple(codes))

    def _found(self, files: Files, base: Files | None = None) -> tuple[Finding, ...]:
        """What is found in a tree, or in its change since another one."""
        if base is None:
            return analyse(MemoryTree(files), self.asked, self.scope, self.today).findings
        past = _past(base, files, self.today)
        return analyse(MemoryTree(files), self._of_change(), self.scope, self.today, MemoryTree(base), past).findings

    def _of_change(self) -> Demand:
        return demand(self.asked.settings, self.asked.settings)

    def _is_on(self, code: str) -> bool:
        plan = self.asked.plan
        return any(r.code == code and plan.severity(code, r.severity(plan.profile)) > Severity.OFF for r in plan.rules)


def files_below(request: Request) -> tuple[Settings, dict[str, bytes]]:
    """The settings that hold for a project's folder, and the files in it, by their path from there."""
    opened = open_tree(request)
    folder = f"{opened.prefixes[0]}/" if opened.prefixes else ""
    files = {}
    for path in opened.snapshot.files():
        if path.startswith(folder):
            with suppress(Unreadable):  # a file too large to read is no artifact either
                files[path.removeprefix(folder)] = opened.snapshot.read(path)
    return load_settings(request, opened), files


def edited(files: Files, edit: Edit) -> Files:
    """The files after an edit; raises `Unfit`."""
    bench = Workbench(files)
    edit(bench)
    return bench.files()


def chosen(words: tuple[str, ...]) -> tuple[Mutation, ...]:
    """The mutations that words name: names, or the code that should catch them or its beginning; all without words."""
    if not words:
        return MUTATIONS
    found = [m for m in MUTATIONS if any(w == m.name or m.code.startswith(w.upper()) for w in words)]
    for word in words:
        if not any(word == m.name or m.code.startswith(word.upper()) for m in MUTATIONS):
            raise UsageError(f"no mutation is called {word!r}; mlgov mutate --list names them")
    return tuple(found)


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.subject, finding.message


def _past(before: Files, after: Files, today: str) -> Past:
    """A history in which the mutation is the only change, made today by nobody in particular."""
    touched = frozenset(p for p in {*before, *after} if before.get(p) != after.get(p))
    dates = dict.fromkeys(touched, today)
    return Past(lambda: dates, lambda: touched, lambda _: 1, lambda: frozenset({"nobody"}))
