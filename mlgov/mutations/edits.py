"""The small edits that mutations are made of: leave out, put, scale, copy; of manifests, cards and result files."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mlgov.mutations.paths import Spot, spots
from mlgov.mutations.workbench import Unfit, Workbench
from mlgov.units import literal

Edit = Callable[[Workbench], None]
_NUMBER = re.compile(r"(~?-?)(\d+(?:\.\d+)?)(\D*)")


def drop(path: str) -> Edit:
    """Leave out what stands at a path."""

    def edit(bench: Workbench) -> None:
        if "." not in path and "[" not in path:
            _at(bench, path)
            return bench.take_out(path)
        for spot in reversed(_at(bench, path)):
            del spot.inside[spot.key]
        return None

    return edit


def put(path: str, value: Any) -> Edit:
    """State something at a path: in place of what stands there, or as a new key of what stands above it."""

    def edit(bench: Workbench) -> None:
        for spot in _at(bench, path) if spots(bench.sections, path) else _above(bench, path):
            spot.inside[spot.key] = value

    return edit


def scale(path: str, factor: str) -> Edit:
    """Multiply the number at a path; its unit stays."""
    return change(path, lambda value: scaled(value, factor))


def scaled(value: Any, factor: str) -> str | int | float:
    """A number times a factor: `200ms` times 5 is `1000ms`."""
    found = _NUMBER.fullmatch(literal(value))
    if not found:
        raise Unfit(f"no number: {literal(value)}")
    digits = format((Decimal(found[2]) * Decimal(factor)).normalize(), "f")
    text = f"{found[1]}{digits}{found[3]}"
    return text if found[3] or found[1] else float(digits) if "." in digits else int(digits)


def change(path: str, how: Callable[[Any], Any]) -> Edit:
    """Replace the value at a path by what a function makes of it."""

    def edit(bench: Workbench) -> None:
        for spot in _at(bench, path):
            spot.inside[spot.key] = how(spot.value)

    return edit


def copy(source: str, target: str) -> Edit:
    """State at a path what another path says."""

    def edit(bench: Workbench) -> None:
        value = _at(bench, source)[0].value
        put(target, value)(bench)

    return edit


def every(*edits: Edit) -> Edit:
    """Several edits that together make one fault."""

    def edit(bench: Workbench) -> None:
        for part in edits:
            part(bench)

    return edit


def in_card(pattern: str, replacement: str) -> Edit:
    """Replace the first match of a pattern in the model card."""

    def edit(bench: Workbench) -> None:
        card = literal(_at(bench, "project.card.file")[0].value)
        text, count = re.subn(pattern, replacement, bench.text(card), count=1, flags=re.MULTILINE | re.DOTALL)
        if not count:
            raise Unfit(f"no such text in {card}")
        bench.texts[card] = text

    return edit


def in_result(path: str) -> Edit:
    """Leave the number of a result out of the JSON file that proves it."""

    def edit(bench: Workbench) -> None:
        source = _at(bench, path + ".source")[0].value
        file, key = literal(source.get("file")), literal(source.get("pointer")).rpartition("/")[2]
        text, count = re.subn(rf'"{re.escape(key)}"\s*:\s*[\d.]+\s*,?\s*', "", bench.text(file), count=1)
        if not count:
            raise Unfit(f"no {key} in {file}")
        bench.texts[file] = text

    return edit


def card_number(path: str, factor: str) -> Edit:
    """Make the model card state another number than the one at a path."""

    def edit(bench: Workbench) -> None:
        said = literal(_at(bench, path)[0].value)
        in_card(rf"(?<![\d.]){re.escape(said)}(?!\d)", str(scaled(said, factor)))(bench)

    return edit


def _at(bench: Workbench, path: str) -> list[Spot]:
    found = spots(bench.sections, path)
    if not found:
        raise Unfit(f"no {path}")
    return found


def _above(bench: Workbench, path: str) -> list[Spot]:
    above, _, key = path.rpartition(".")
    return [Spot(spot.value, key) for spot in _at(bench, above)]
