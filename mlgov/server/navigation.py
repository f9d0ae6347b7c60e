"""The way from a name to where it is defined, and to every place that speaks about it, across all files."""

from lsprotocol import types

from mlgov.lifecycle.mentions import DEFINITION
from mlgov.server.claims import claims_at, ends, said_about
from mlgov.server.diagnostics import location_of
from mlgov.server.root import Root
from mlgov.server.view import View


def definition(view: View, root: Root, path: str, position: types.Position) -> list[types.Location]:
    """Where the thing at a position is defined."""
    return _locations(view, root, path, position, definitions=True, others=False)


def references(
    view: View, root: Root, path: str, position: types.Position, with_definition: bool
) -> list[types.Location]:
    """Every place that speaks about the thing at a position."""
    return _locations(view, root, path, position, definitions=with_definition, others=True)


def _locations(
    view: View, root: Root, path: str, position: types.Position, *, definitions: bool, others: bool
) -> list[types.Location]:
    found: list[types.Location] = []
    for claimed in claims_at(view, path, view.text(path).at(position)):
        for mention, place in ends(view, said_about(view, claimed)):
            wanted = definitions if mention.kind == DEFINITION else others
            location = location_of(place, view, root)
            if wanted and location not in found:
                found.append(location)
    return found
