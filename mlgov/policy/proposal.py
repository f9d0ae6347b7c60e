"""A waiver that somebody proposes: completed, and judged as it will be once it is written."""

from mlgov.policy.acceptance import accepted
from mlgov.policy.own_rules import every_rule
from mlgov.policy.owners import Owners
from mlgov.policy.settings import Settings
from mlgov.policy.settling import Terms, judged_waiver
from mlgov.policy.validity import laws_of
from mlgov.policy.waivers import FILE, Stated
from mlgov.report import Report, Waiver


def proposed(
    stated: Stated, report: Report, settings: Settings, owners: Owners, today: str
) -> tuple[Stated, Waiver, list[str]]:
    """The waiver with its code and owner, how it would be judged, and the subjects that its rule found.

    today: the day on which it must still hold. Without an owner it is that of the file in which one has to act.
    """
    laws = laws_of(every_rule(settings), settings["waivers"]["forbidden"])
    found = (*report.findings, *report.ratcheted, *(w.finding for w in report.waived))
    stated = stated._replace(rule=laws.code(stated.rule) or stated.rule)
    if not stated.owner and (covered := accepted(stated, stated.rule, found)):
        stated = stated._replace(owner=next(iter(owners.of(covered[0].places[0].file)), ""))
    stated = stated._replace(origin=stated.origin._replace(file=FILE, pointer="@1:1"))
    waiver, _, _ = judged_waiver(stated, found, Terms(laws, today, settings, frozenset(laws.names)), owners)
    subjects = sorted({f.subject or f.project or f.places[0].file for f in found if f.code == stated.rule})
    return stated, waiver, subjects
