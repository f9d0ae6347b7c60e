"""Which installed distributions extend mlgov: what they register as entry points, found without importing them.

A distribution is known by its name on the index, in any spelling of it. Nothing that lies in a checked tree counts as
installed, whatever path Python was given, unless Python itself was installed there.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from mlgov.errors import SettingsError

RULES = "mlgov.rules"
FORMATS = "mlgov.formats"
POLICIES = "mlgov.policies"
OURS = "mlgov"


class Registered(NamedTuple):
    """One entry point of one of our groups. distribution: its plain name; place: the folder that it is installed in."""

    distribution: str
    group: str
    point: Any
    place: str


def plain(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache(maxsize=1)
def registered() -> tuple[Registered, ...]:
    """What all distributions register for mlgov, our own first: one look at them for all groups."""
    from importlib.metadata import entry_points

    every = entry_points()
    points = [(group, point) for group in (RULES, FORMATS, POLICIES) for point in every.select(group=group)]
    found = [
        Registered(plain(_name(p)), group, p, str(p.dist.locate_file("")) if p.dist else "") for group, p in points
    ]
    return tuple(sorted(found, key=lambda r: (r.distribution != OURS, r.distribution, r.group, r.point.name)))


def _name(point: Any) -> str:
    return str(point.dist.name or "") if point.dist else ""


def refuse_unusable(name: str, groups: tuple[str, ...], key: str, place: str, root: str = "") -> None:
    """`SettingsError` unless a distribution is installed, outside of the checked tree, and registers what is asked for.

    key, place: the setting that names it, and where; root: the checked tree.
    """
    ours = [r for r in registered() if r.distribution == plain(name) and r.group in groups]
    if not ours:
        raise SettingsError(f"{key} names {name!r}, {_why_not(name, groups)}", place)
    for one in ours:
        if root and _is_below(one.place, root) and not _is_below(one.place, sys.prefix):
            raise SettingsError(
                f"{key} names {name!r}, which lies in the checked tree ({one.place}); nothing is loaded from there",
                place,
            )


def _why_not(name: str, groups: tuple[str, ...]) -> str:
    import difflib
    from importlib.metadata import PackageNotFoundError, distribution

    meant = " or ".join(groups)
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        near = difflib.get_close_matches(plain(name), {r.distribution for r in registered()} - {OURS}, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; pip install {name}" if _is_a_name(name) else ""
        return f"which is not installed{hint}"
    return f"which registers nothing in the entry-point group {meant}"


def _is_a_name(name: str) -> bool:
    """True for the name of a distribution: an install command is shown for nothing else."""
    return re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", name) is not None


def _is_below(path: str, folder: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def folder_of(one: Registered) -> str:
    """The folder of the package that an entry point names, without importing it; "" where there is none."""
    first, *rest = one.point.value.partition(":")[0].strip().split(".")
    return next((str(path) for folder in _folders(first) if (path := Path(folder, *rest)).is_dir()), "")


def source_folders() -> list[str]:
    """The folders of everything that is registered: whatever a report depends on beside mlgov itself."""
    every = {folder for r in registered() for folder in _folders(r.point.value.partition(":")[0].partition(".")[0])}
    return sorted(every)


def _folders(package: str) -> Iterator[str]:
    """Where a top-level package lies; only its finder is asked."""
    from importlib.util import find_spec

    try:
        spec = find_spec(package.strip())
    except (ImportError, ValueError, AttributeError):
        return
    yield from (spec.submodule_search_locations or ()) if spec else ()
