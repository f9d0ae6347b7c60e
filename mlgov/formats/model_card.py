"""Model cards: Markdown with or without Hugging Face front matter, wherever teams keep them."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.formats import _card_lines, _card_tables
from mlgov.formats._card import Card, Line
from mlgov.formats._card_front import front
from mlgov.formats._card_tables import Found
from mlgov.formats._card_text import impossible_dates, placeholders, prose
from mlgov.formats._columns import baseline_kind, is_about_fields, is_curve
from mlgov.formats._headings import topics
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._results import Context, Said, baseline
from mlgov.lifecycle.fact import Fact

NAME = "model-card"
PATHS = ("MODEL_CARD.md", "model_card.md", "modelcard.md", "model-card.md", "model card.md", "ModelCard.md",
         "Model_Card.md", "MODELCARD.md", "MODEL-CARD.md", "Model Card.md", "*.md", "*.markdown")  # fmt: skip
MARKERS = ()
ROLE = "anchor"

_NAMED = re.compile(r"(?:^|[\s_.-])model[\s_-]?cards?(?:[\s_.-]|$)", re.IGNORECASE)
_NO_CARD = re.compile(r"template|example|guide|how[-_ ]?to|datacard|data[-_ ]card|dataset[-_ ]?card", re.IGNORECASE)
_FOLDERS = frozenset(
    {"model_cards", "model-cards", "modelcards", "model_card", "model-card", "modelcard", "cards", "model cards"}
)
_TITLE = re.compile(r"model card(?: for\b|\s*[:—–-]|$)|모델 카드", re.IGNORECASE)
_OF_MODELS = ("model-index", "pipeline_tag", "library_name", "base_model", "widget", "co2_eq_emissions")
_OF_OTHERS = frozenset(
    "dataset_info configs task_categories size_categories pretty_name annotations_creators sdk status decision-makers "
    "layout permalink sidebar_position nav_order".split()
)


def recognise(artifact: Artifact) -> Claim | None:
    """A page that its name, its folder, its title or its front matter calls a model card."""
    stem = artifact.name.rpartition(".")[0]
    if _NO_CARD.search(stem) or b"{{ card_data }}" in artifact.head:
        return None
    if artifact.name == "README.md" or not (_NAMED.search(stem) or _in_card_folder(artifact)):
        return Claim(detail="Hugging Face") if _may_have_front(artifact) and _has_front(artifact) else _titled(artifact)
    page = artifact.data
    if isinstance(page, Page):
        is_other = page.front is not None and _OF_OTHERS & page.front.keys()
        named = _NAMED.search(stem) or _is_told(page) or bool(artifact.reading.flaws)
        return Claim() if named and not is_other or _has_front(artifact) else None
    return Claim() if artifact.reading.flaws else None


def _in_card_folder(artifact: Artifact) -> bool:
    return artifact.folder.rpartition("/")[2].lower() in _FOLDERS and artifact.name.lower() != "index.md"


def _may_have_front(artifact: Artifact) -> bool:
    return b"---" in artifact.head and any(key.encode() in artifact.head for key in (*_OF_MODELS, "license"))


def _has_front(artifact: Artifact) -> bool:
    """Front matter of a model: unclosed or broken front matter with the keys of a model counts too."""
    page = artifact.data
    data = page.front if isinstance(page, Page) else None
    if data is None:
        return bool(artifact.reading.flaws) and any(key.encode() + b":" in artifact.head for key in _OF_MODELS)
    if _OF_OTHERS & data.keys():
        return False
    return any(key in data for key in _OF_MODELS) or "license" in data and bool({"datasets", "metrics"} & data.keys())


def _titled(artifact: Artifact) -> Claim | None:
    """`# Model card for churn` in any page, with a second heading that a card has."""
    if b"odel" not in artifact.head and "모델".encode() not in artifact.head:
        return None
    if not re.search(
        rb"^#\s.*(?:model card|\xeb\xaa\xa8\xeb\x8d\xb8 \xec\xb9\xb4\xeb\x93\x9c)",
        artifact.head,
        re.IGNORECASE | re.MULTILINE,
    ):
        return None
    page = artifact.data
    first = page.headings[0] if isinstance(page, Page) and page.headings else None
    return Claim() if first is not None and _TITLE.search(first.plain) and _is_told(page) else None


def _is_told(page: Page) -> bool:
    """True if at least two headings are about what model cards tell."""
    return sum(bool(topics(heading.plain)) for heading in page.headings) > 1


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
    yield from _hyperparameters(card, said)
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
    yield from _card_lines.numbers(card, said, above)
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


def _hyperparameters(card: Card, said: list[Line]) -> Iterator[Fact]:
    """Lines and two-column tables under a heading about hyper-parameters."""
    for line in said:
        if "hyperparameters" in card.topics(line.line):
            yield from _hyperparameter(card, line.name, line.value, (line.line, line.column, line.end))
    for table in card.page.tables:
        is_read = is_about_fields([cell.text for cell in table.header])  # then its rows are lines
        if (
            "hyperparameters" in card.topics(table.line)
            and len(table.header) == 2
            and not is_read
            and not is_curve(table)
        ):
            for row in (row for row in table.rows if len(row) == 2):
                place = (row[1].line, row[1].column, row[1].end_column)
                yield from _hyperparameter(card, row[0].text, row[1].text, place)


def _hyperparameter(card: Card, name: str, value: Any, place: tuple[int, int, int]) -> Iterator[Fact]:
    plain = hyperparameter(name)
    if plain and len(value) <= 80:
        yield Fact(f"training.hyperparameters.{plain}", value, card.at(*place))
