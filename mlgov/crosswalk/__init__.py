"""Which requirements of which framework the rules and the lifecycle model speak about: data with source and date."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

FRAMEWORKS = ("requirements", "nist-ai-rmf", "eu-ai-act", "iso-42001")


class Requirement(NamedTuple):
    """One requirement id. rules: codes that hold it, beside those that cite it; fields: where its evidence stands.

    not_checkable: why no file of a repository can show it; "" for all others.
    """

    id: str
    text: str
    group: str
    rules: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    not_checkable: str = ""

    def held_by(self, cited: Mapping[str, Iterable[str]]) -> list[str]:
        """Those of the installed rules that hold it. cited: code of each rule -> the ids that it cites."""
        return sorted(code for code, ids in cited.items() if code in self.rules or self.id in ids)


class Framework(NamedTuple):
    """A framework as it was read on a date. note: what the reader should know about the wording of its ids."""

    name: str
    title: str
    source: str
    date: str
    note: str
    requirements: tuple[Requirement, ...]


@cache
def framework(name: str) -> Framework:
    """The crosswalk of one of `FRAMEWORKS`."""
    data = json.loads((files(__name__) / f"{name}.json").read_text(encoding="utf-8"))
    found = tuple(_requirement(item, group["name"]) for group in data["groups"] for item in group["items"])
    return Framework(name, data["title"], data["source"], data["date"], data["note"], found)


def _requirement(item: dict[str, Any], group: str) -> Requirement:
    rules, fields = (tuple(item.get(key, ())) for key in ("rules", "fields"))
    return Requirement(item["id"], item["text"], group, rules, fields, item.get("not_checkable", ""))
