"""Great Expectations: what expectations are about, and where a suite of a given name lies. The library is never imported."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.artifact import Artifact
from mlgov.formats._draft import rows

_CHECKS = (
    ("volume", re.compile(r"expect_table_row_count_").match),
    (
        "schema",
        re.compile(r"expect_(?:table_column|column_to_exist|column_values_to_be_(?:of_type|in_type_list))").match,
    ),
    ("drift", re.compile(r"expect_column_kl_divergence_").match),
    ("validity", re.compile(r"expect_").match),
)


class Expectation(NamedTuple):
    """One expectation of a suite or a result: its position, the key of its type, its type and its arguments."""

    at: int
    key: str
    kind: str
    arguments: dict[str, Any]
    data: dict[str, Any]

    @property
    def column(self) -> str | None:
        """The one column that it is about."""
        column = self.arguments.get("column")
        return column if isinstance(column, str) and column else None

    @property
    def mostly(self) -> Any:
        """The share of rows that must hold; 1 where it is not stated."""
        return self.arguments.get("mostly", 1.0)


def expectations(found: Any) -> Iterator[Expectation]:
    """The entries of a list that state what they expect, in the words of 0.x or of 1.x."""
    for at, row in rows(found):
        for key in ("type", "expectation_type"):
            if isinstance(row.get(key), str):
                arguments = row.get("kwargs")
                yield Expectation(at, key, row[key], arguments if isinstance(arguments, dict) else {}, row)
                break


def checks_of(suites: list[Artifact]) -> list[str]:
    """What kinds of things suites check: schema, volume, drift, validity."""
    kinds = [
        e.kind for suite in suites if isinstance(suite.data, dict) for e in expectations(suite.data.get("expectations"))
    ]
    found = {next((name for name, is_one in _CHECKS if is_one(kind)), "") for kind in kinds}
    return sorted(found - {""})


def project_of(artifact: Artifact) -> str | None:
    """The folder, from the root, that holds expectations, checkpoints and definitions; None where nothing says so."""
    steps = artifact.path.split("/")[:-1]
    at = next((n for n in range(len(steps) - 1, -1, -1) if steps[n] in ("checkpoints", "validation_definitions")), None)
    return None if at is None else "/" + "".join(f"{step}/" for step in steps[:at])


def suite_named(artifact: Artifact, name: Any) -> Artifact | None:
    """The file of a suite. Dots in names of 0.x are folders: `train.csv.warning` lies in train/csv/warning.json."""
    home = project_of(artifact)
    if home is None or not isinstance(name, str) or not name or len(name) > 300:
        return None
    for path in dict.fromkeys((name, name.replace(".", "/"))):
        found = artifact.beside(f"{home}expectations/{path}.json")
        said = found.data if found is not None and isinstance(found.data, dict) else {}
        if found is not None and name in (said.get("name"), said.get("expectation_suite_name")):
            return found
    return None
