"""Tells a model card from other pages: by its name, its folder, its title, its front matter."""

import re

from mlgov.artifact import Artifact
from mlgov.documents import Page
from mlgov.formats._headings import topics

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


def told_by(artifact: Artifact) -> str | None:
    """`Hugging Face` or "" for a page that its name, folder, title or front matter calls a model card; None for others."""
    stem = artifact.name.rpartition(".")[0]
    if _NO_CARD.search(stem) or b"{{ card_data }}" in artifact.head:
        return None
    if artifact.name == "README.md" or not (_NAMED.search(stem) or _in_card_folder(artifact)):
        return "Hugging Face" if _may_have_front(artifact) and _has_front(artifact) else _titled(artifact)
    page = artifact.data
    if isinstance(page, Page):
        is_other = page.front is not None and _OF_OTHERS & page.front.keys()
        named = _NAMED.search(stem) or _is_told(page) or _is_broken(artifact)
        return "" if named and not is_other or _has_front(artifact) else None
    return "" if _is_broken(artifact) else None


def _is_broken(artifact: Artifact) -> bool:
    """True if the front matter, or the file, cannot be read."""
    return any(flaw.code != "INT015" for flaw in artifact.reading.flaws)


def _in_card_folder(artifact: Artifact) -> bool:
    return artifact.folder.rpartition("/")[2].lower() in _FOLDERS and artifact.name.lower() != "index.md"


def _may_have_front(artifact: Artifact) -> bool:
    return b"---" in artifact.head and any(key.encode() in artifact.head for key in (*_OF_MODELS, "license"))


def _has_front(artifact: Artifact) -> bool:
    """Front matter of a model: unclosed or broken front matter with the keys of a model counts too."""
    page = artifact.data
    data = page.front if isinstance(page, Page) else None
    if data is None:
        return _is_broken(artifact) and any(key.encode() + b":" in artifact.head for key in _OF_MODELS)
    if _OF_OTHERS & data.keys():
        return False
    return any(key in data for key in _OF_MODELS) or "license" in data and bool({"datasets", "metrics"} & data.keys())


def _titled(artifact: Artifact) -> str | None:
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
    return "" if first is not None and _TITLE.search(first.plain) and _is_told(page) else None


def _is_told(page: Page) -> bool:
    """True if at least two headings are about what model cards tell."""
    return sum(bool(topics(heading.plain)) for heading in page.headings) > 1
