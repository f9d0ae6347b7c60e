"""Databases that hold declared data: named by whoever runs mlgov, never by the checked tree; passwords are shown to nobody."""

import os
import re
from collections.abc import Iterable, Mapping

from mlgov.errors import UsageError
from mlgov.lifecycle.data import Dataset
from mlgov.lifecycle.project import Project

_SQLITE = re.compile(r"(sqlite(?:\+\w+)?:///)(?!/|file:)(.+)", re.DOTALL)
_SECRETS = re.compile(r"(?<=://)[^@/\s]*@|(?<=[?&])[^\s#]*")


def connections(said: Iterable[str]) -> dict[str, str]:
    """Addresses `URL#TABLE` by data set, from texts `DATASET=URL#TABLE`; a relative path of SQLite begins here."""
    found: dict[str, str] = {}
    for text in said:
        dataset, _, address = text.partition("=")
        url, mark, table = address.rpartition("#")
        if not dataset or "://" not in url or not mark or not table:
            raise UsageError(
                f"a connection reads DATASET=URL#TABLE, such as train=postgresql://ada@host/db#public.train, not {shown(text)}"
            )
        if relative := _SQLITE.fullmatch(url):
            url = relative[1] + os.path.abspath(relative[2])
        found[dataset] = f"{url}#{table}"
    return found


def address_of(known: Mapping[str, str], project: Project, dataset: Dataset) -> str:
    """The address of a data set, by `project.dataset` or by its id alone; "" where it is not in a database."""
    return known.get(f"{project.id}.{dataset.id}") or known.get(str(dataset.id), "")


def require_known(known: Mapping[str, str], projects: Iterable[Project]) -> None:
    """Raise `UsageError` for a connection of a data set that no project declares: it would be ignored in silence."""
    ids = {name for p in projects for d in p.data.datasets for name in (str(d.id), f"{p.id}.{d.id}")}
    if unknown := sorted(known.keys() - ids):
        raise UsageError(f"no data set is called {unknown[0]!r}, for which a connection is given")


def shown(address: str) -> str:
    """An address without user, password and parameters."""
    return _SECRETS.sub("…", address)
