"""Model cards: Markdown with or without Hugging Face front matter, wherever teams keep them."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.formats import _card_lines, _card_numbers, _card_tables, _data_card_lines, _data_card_splits
from mlgov.formats._card import Card, Line
from mlgov.formats._card_front import front
from mlgov.formats._card_paths import files
from mlgov.formats._card_recognition import told_by
from mlgov.formats._card_settings import hyperparameters
from mlgov.formats._card_tables import Found
from mlgov.formats._card_text import impossible_dates, placeholders, prose
from mlgov.formats._columns import baseline_kind
from mlgov.formats._results import Context, Said, baseline
from mlgov.lifecycle.fact import Fact

NAME = "model-card"
PATHS = ("MODEL_CARD.md", "model_card.md", "modelcard.md", "model-card.md", "model card.md", "ModelCard.md",
         "Model_Card.md", "MODELCARD.md", "MODEL-CARD.md", "Model Card.md", "*.md", "*.markdown")  # fmt: skip
MARKERS = ()
ROLE = "anchor"


def recognise(artifact: Artifact) -> Claim | None:
    """A page that its name, its folder, its title or its front matter calls a model card."""
    detail = told_by(artifact)
    return None if detail is None else Claim(detail=detail)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Front matter, sections, lines and tables; each number with what the card says about it."""
    yield Fact("project.card.file", "/" + artifact.path, artifact.at())
    page = artifact.data
    if not isinstance(page, Page):
        return
    card = Card(artifact, page)
    lines = [line for line in _card_lines.lines(card) if not card.is_image(line.line)]
    said = [line for line in lines if _card_lines.is_said(line)]
    if page.front is not None:
        yield from front(card, page.front)
    yield from _texts(card, said)
    yield from _measured(card, said)
    yield from hyperparameters(card, said)
    yield from _data_card_splits.shares(card, said)
    yield from _data_card_lines.target(card, said)
    yield from files(card)
    yield from placeholders(card, lines)
    yield from impossible_dates(card)


def _texts(card: Card, said: list[Line]) -> Iterator[Fact]:
    """Sections and single lines; a line such as `Primary use:` below its own heading says nothing new."""
    written = list(prose(card, said))
    yield from written
    has_use = any(fact.path == "project.intended_use" for fact in written)
    for fact in _card_lines.details(card, said):
        if not (has_use and fact.path == "project.intended_use"):
            yield fact


def _measured(card: Card, said: list[Line]) -> Iterator[Fact]:
    """Results, acceptance criteria and, gathered by name, baselines."""
    above = _card_lines.context(card, said)
    if "model_version" in above and above["model_version"] == card.title_version():
        yield Fact("project.version", above["model_version"].value, above["model_version"].origin)
    sizes = dict(_card_lines.sizes(card, said))
    for split, rows in sizes.items():
        yield Fact("data.datasets[]", {"role": split, "rows": rows.value}, rows.origin)
    baselines: dict[str, list[Fact]] = {}
    for found in _numbers(card, said, above):
        fact = _with_items(found.fact, sizes)
        if found.baseline:
            baselines.setdefault(found.baseline, []).append(_without(fact, "model_version"))
        else:
            yield fact
    for name, facts in baselines.items():
        kind = baseline_kind(name)
        yield baseline(name, facts, facts[0].origin, "declared", **({"kind": kind} if kind else {}))


def _numbers(card: Card, said: list[Line], above: Context) -> Iterator[Found]:
    yield from _card_numbers.numbers(card, said, above)
    for table in card.page.tables:
        if card.is_read(table.line):
            yield from _card_tables.numbers(card, table, above)


def _with_items(fact: Fact, sizes: dict[str, Said]) -> Fact:
    """The number of items of the split that the card states elsewhere."""
    rows = sizes.get(fact.value.get("split", ""))
    if rows is None or fact.path != "evaluation.results[]" or "n" in fact.value or "slice" in fact.value:
        return fact
    return fact._replace(value={**fact.value, "n": rows.value}, parts={**fact.parts, "n": rows.origin})


def _without(fact: Fact, field: str) -> Fact:
    """A baseline is not the version that the card is about."""
    parts = {part: origin for part, origin in fact.parts.items() if part != field}
    return fact._replace(value={k: v for k, v in fact.value.items() if k != field}, parts=parts)
