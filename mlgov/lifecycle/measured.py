"""What was measured in the data themselves: frozen records that rules judge beside what is declared.

A project has measurements only after a run with `--data`. Each one knows the declaration that it was made for: its
`subject` and its origin are those of the declaring record, so a finding stands where a person can act.
A measurement holds plain values only, because it is made in another process and comes back as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlgov.finding import Origin

__all__ = ["MeasuredColumn", "MeasuredFile", "Measured"]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Base of everything measured.

    subject: canonical path of the declaring record (`data.datasets[train]`). origin: where that stands.
    """

    subject: str
    origin: Origin

    def at(self) -> Origin:
        """Where what was measured is declared."""
        return self.origin


@dataclass(frozen=True, kw_only=True)
class MeasuredColumn:
    """One column of a data file. values: rows that have one: not null, no NaN, and in a text file no word such as `NA`.

    fits: how many values are of each logical type (`integer number boolean date timestamp time object array`); a text
    fits every type that it spells.
    """

    name: str
    values: int
    fits: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class MeasuredFile(Measured):
    """One data file, or one folder of equal files, read whole.

    path: in the tree. digests: of the bytes, by algorithm, as far as the declared version is such a digest.
    classes: rows of each value of the label, as texts; empty where no label is declared or it has too many values.
    """

    path: str
    format: str
    rows: int
    bytes: int
    columns: tuple[MeasuredColumn, ...]
    digests: Mapping[str, str]
    label: str = ""
    classes: Mapping[str, int] = field(default_factory=dict)

    def column(self, name: str) -> MeasuredColumn | None:
        """The column of this name."""
        return next((c for c in self.columns if c.name == name), None)
