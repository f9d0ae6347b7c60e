"""Feature flags of flagd (OpenFeature): flags that split users between variants are experiments, kill switches are ways back."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._environment import environment_of
from mlgov.formats._model_version import is_version
from mlgov.formats._quantities import shares, text_of
from mlgov.lifecycle.fact import Fact

NAME = "flagd"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"flagd.dev/schema", b"defaultVariant")
ROLE = "part"
_STATES = ("ENABLED", "DISABLED")
_DEEPEST = 40  # conditions within conditions


def recognise(artifact: Artifact) -> Claim | None:
    """The schema of flagd, or flags with a state, variants and no other meaning."""
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("flags"), dict):
        return None
    schema = text_of(data.get("$schema")) or ""
    flags = list(_flags(data))
    if "flagd.dev/schema/" in schema:
        return Claim(schema.partition("flagd.dev/schema/")[2].partition("/")[0], f"{len(flags)} flags")
    return Claim("", f"{len(flags)} flags") if flags and not schema else None


def _flags(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    flags = data.get("flags") if isinstance(data, dict) else None
    for name, flag in flags.items() if isinstance(flags, dict) else ():
        if isinstance(flag, dict) and flag.get("state") in _STATES and isinstance(flag.get("variants"), dict):
            yield name, flag


def read(artifact: Artifact) -> Iterator[Fact]:
    """An experiment for each flag with a fractional split; a kill switch by its name."""
    environment = environment_of(artifact.path)
    for name, flag in _flags(artifact.data):
        where = artifact.at("flags", name)
        split = next(_fractions(flag.get("targeting"), where.at("targeting"), 0), None)
        if split is not None:
            plan = _experiment(name, flag, where, *split)
            if plan is not None:
                yield plan.fact("experiments[]", environment)
        if "killswitch" in "".join(c for c in name.lower() if c.isalnum()):
            yield Fact("rollout.kill_switch", name, where, environment=environment)


def _fractions(rule: Any, where: Origin, depth: int) -> Iterator[tuple[list[Any], Origin]]:
    """The `fractional` operations of a rule, however deep they stand in its conditions."""
    if depth > _DEEPEST:
        return
    if isinstance(rule, dict):
        for key, value in rule.items():
            if key in ("fractional", "fractionalEvaluation") and isinstance(value, list):
                yield value, where.at(key)
            else:
                yield from _fractions(value, where.at(key), depth + 1)
    elif isinstance(rule, list):
        for at, value in enumerate(rule):
            yield from _fractions(value, where.at(at), depth + 1)


def _experiment(name: str, flag: dict[str, Any], where: Origin, split: list[Any], place: Origin) -> Draft | None:
    buckets = [(at, row) for at, row in enumerate(split) if isinstance(row, list) and row and isinstance(row[0], str)]
    allocated = shares(row[1] if len(row) > 1 else 1 for _, row in buckets)
    if len(buckets) < 2 or allocated is None:
        return None
    plan = Draft(where, id=identifier(name, "flag"))
    if flag["state"] == "ENABLED":
        plan.put("status", "running", where.at("state"))
    plan.put("randomization_unit", _unit(split[0]), place.at(0))
    for (at, row), part in zip(buckets, allocated, strict=True):
        arm = Draft(place.at(at), id=identifier(row[0], f"arm-{at}"), allocation=part)
        version = text_of(flag["variants"].get(row[0]))
        if version is not None and isinstance(flag["variants"][row[0]], str) and is_version(version):
            arm.put("model_version", version, where.at("variants", row[0]))
        if row[0] == flag.get("defaultVariant"):
            arm.put("control", True, where.at("defaultVariant"))
        plan.add("arms", arm)
    return plan


def _unit(first: Any) -> str | None:
    """The attribute that decides: `{"var": "account_id"}`, also together with the name of the flag."""
    if not isinstance(first, dict):
        return None
    if isinstance(first.get("var"), str):
        return text_of(first["var"])
    joined = first.get("cat")
    names = (
        [row["var"] for row in joined if isinstance(row, dict) and isinstance(row.get("var"), str)]
        if isinstance(joined, list)
        else []
    )
    names = [name for name in names if name != "$flagd.flagKey"]
    return names[0] if len(names) == 1 else None
