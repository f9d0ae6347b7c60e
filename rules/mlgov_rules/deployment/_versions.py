"""The versions that a project names, by what is said about them."""

from typing import NamedTuple

from mlgov.rulekit import Origin, Project
from mlgov_rules.deployment._ramps import is_test

# kinds of baselines that are a version of the same product
_OWN = ("previous_model", "current_system", None)


class Version(NamedTuple):
    """One version text, what it is said to be, and where."""

    text: str
    what: str
    origin: Origin


def deployed(project: Project) -> list[Version]:
    """What is served, test environments apart.

    Native files may hold several services, and the numbers of a store need not be those of the registry: where they
    name several versions, or a bare number, nobody knows what they mean here.
    """
    claims = [c for c in project.claims("serving.model_version") if not is_test(c.environment)]
    own = [c for c in claims[:1] if project.book.is_own(c.path)]
    native = [c for c in claims if c not in own]
    is_clear = len({c.text for c in native}) == 1 and not native[0].text.isdigit()
    return [Version(c.text, "deployed", c.origin) for c in (*own, *(native if is_clear else []))]


def registered(project: Project) -> list[Version]:
    """What the registry calls the champion."""
    claims = project.claims("training.lineage.registered_version")
    return [Version(c.text, "registered", c.origin) for c in claims if not is_test(c.environment)]


def evaluated(project: Project) -> list[Version]:
    """What the results and the manifest are about."""
    found: dict[str, Origin] = {}
    for result in (r for r in project.results if r.owner == "evaluation" and r.model_version):
        found.setdefault(str(result.model_version), result.at("model_version"))
    versions = [Version(text, "evaluated", origin) for text, origin in found.items()]
    identity = project.identity
    if identity.version and identity.is_own:
        versions.append(Version(identity.version, "the project's version", project.at("project", "version")))
    return versions


def previous(project: Project) -> list[Version]:
    """The versions before: of baselines, and of the arms of experiments."""
    baselines = [b for b in project.baselines if b.model_version and b.kind in _OWN]
    arms = [a for e in project.experiments for a in e.arms if a.model_version and a.is_own]
    return [Version(str(r.model_version), "known", r.at("model_version")) for r in (*baselines, *arms)]
