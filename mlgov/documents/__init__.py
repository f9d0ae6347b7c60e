"""Bounded readers that turn bytes into plain data and flaws, and find the place of every value.

Nothing here raises on bad input: what is wrong with a file comes back as a `Flaw`. Parsers are imported on first use.
"""

from mlgov.documents.characters import LfsPointer, is_lfs_pointer
from mlgov.documents.kinds import kind_of
from mlgov.documents.markdown import read_markdown
from mlgov.documents.page import Cell, Heading, Item, Link, Page, Pair, Paragraph, Table
from mlgov.documents.places import locate, locate_many, steps_of
from mlgov.documents.pointer import MISSING, Missing, resolve
from mlgov.documents.reading import LIMITS, Document, Flaw, Limits, Reading
from mlgov.documents.scalars import Integer, Number, Tagged, text_of
from mlgov.documents.toml import read_toml
from mlgov.documents.trail import Span, Step
from mlgov.documents.yaml_events import yaml_backend

__all__ = [
    "LIMITS", "MISSING", "Cell", "Document", "Flaw", "Heading", "Integer", "Item", "LfsPointer", "Limits", "Link",
    "Missing", "Number", "Page", "Pair", "Paragraph", "Reading", "Span", "Step", "Table", "Tagged", "is_lfs_pointer",
    "kind_of", "locate", "locate_many", "read", "read_csv_header", "read_json", "read_markdown", "read_toml",
    "read_yaml", "resolve", "steps_of", "text_of",
    "yaml_backend",
]  # fmt: skip
from mlgov.documents.csv import read_csv_header
from mlgov.documents.json import read_json
from mlgov.documents.yaml import read_yaml


def read(path: str, raw: bytes, limits: Limits = LIMITS, *, merge_keys: bool = True) -> Reading:
    """Read a file by its name; never raises. A file that no reader understands has no documents and no flaws."""
    kind = kind_of(path)
    if kind == "yaml":
        return read_yaml(raw, limits, merge_keys=merge_keys)
    if kind == "json":
        return read_json(raw, limits)
    if kind == "toml":
        return read_toml(raw, limits)
    if kind == "csv":
        return read_csv_header(raw, limits)
    if kind == "markdown":
        return read_markdown(raw, limits)
    return Reading()
