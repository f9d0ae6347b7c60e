"""A look at projects beside the report: what each states, where each rule stands with it, and where things stand."""

from collections.abc import Iterable
from typing import NamedTuple

from mlgov.analysis import look
from mlgov.engine import Verdict, judge
from mlgov.errors import SnapshotError
from mlgov.finding import Origin, Place
from mlgov.inventory import Shelf, readable
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.project import Project
from mlgov.places import resolved
from mlgov.policy.demand import demand
from mlgov.policy.own_rules import every_rule
from mlgov.run import Request, load_settings, open_tree, wanted
from mlgov.standing import Standing, standings


class Examined(NamedTuple):
    """One project with what the rules said about it, without a base."""

    project: Project
    profile: str
    standings: dict[str, Standing]
    verdicts: tuple[Verdict, ...]
    shelf: Shelf

    def places(self, origins: Iterable[Origin]) -> dict[Origin, Place]:
        """Lines and columns of origins; the file alone where it cannot be read again."""
        return resolved(origins, self.shelf)


def examine(request: Request) -> list[Examined]:
    """The projects of a request, in order; `SnapshotError` where nothing is found that makes one.

    An answer about a tree that could not be read in full would be wrong without showing it, so it is refused.
    """
    opened = open_tree(request)
    settings = load_settings(request, opened)
    side = look(opened.snapshot, wanted(opened, settings), request.today, plugins=settings.plugins)
    if not side.assembled.projects:
        raise SnapshotError("no file is of a format that mlgov reads; mlgov inventory tells why")
    _refuse_gaps(side.inventory.defects)
    rules, plan = every_rule(settings), demand(settings).plan
    found = []
    for project in side.assembled.projects:
        judgement = judge(plan, [project], {project.id: side.assembled.defects.get(project.id, [])})
        stands = {s.code: s for s in standings(project, rules, plan, judgement)}
        found.append(Examined(project, plan.profile, stands, judgement.verdicts, side.shelf))
    return found


def _refuse_gaps(defects: Iterable[Defect]) -> None:
    for file in readable(defects):
        raise SnapshotError(f"{file} cannot be read, so the answer would have gaps; mlgov check tells why")
