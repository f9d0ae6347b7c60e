"""NVIDIA Model Card++: tables of fields and responses about bias, explainability, privacy and safety."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Cell, Page, Table
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "model-card-plus"
PATHS = ("bias.md", "explainability.md", "privacy.md", "safety.md", "safety_security.md", "*.md")
MARKERS = (b"Field", b"FIELD", b"field")
ROLE = "part"
_STEMS = frozenset("bias explainability privacy safety safety_security safety-security safety&security".split())
_HEADINGS = frozenset({"bias", "explainability", "privacy", "safety", "safety security", "safety and security"})
_HEADERS = ("response", "responses", "description")
# beginnings of fields; the wording drifts between releases
_FIELDS = {
    "intended task domain": "project.intended_use",
    "intended application domain": "project.intended_use",
    "intended users": "problem.users[]",
    "technical limitations": "evaluation.limitations[]",
    "potential known risks": "risks[]",
    "name the adversely impacted groups": "evaluation.fairness.protected_attributes[]",
    "model type": "training.architecture.name",
    "use case restrictions": "project.out_of_scope_use[]",
    "describe the life critical impact": "problem.failure.description",
    "describe life critical impact": "problem.failure.description",
    "was consent obtained": "data.privacy.lawful_basis",
    "personal data used": "data.privacy.pii",
    "generatable or reverse engineerable personal": "",
    "data labeling method": "",
    "labeling method": "",
    "model application field": "",
}
_RECORDS = {"evaluation.limitations[]": "statement", "risks[]": "description",
            "evaluation.fairness.protected_attributes[]": "name"}  # fmt: skip
_LABELS = {
    "human": "manual",
    "hybrid": "manual",
    "automated": "programmatic",
    "automatic": "programmatic",
    "synthetic": "synthetic",
}
_NOTHING = frozenset({"none", "none known", "no", "not applicable", "not applicable n a", "n a", "unknown"})


def recognise(artifact: Artifact) -> Claim | None:
    """A table of fields and responses in a file of one of the names, or under one of the headings."""
    page = artifact.data
    if not isinstance(page, Page) or not any(_is_asked(table) for table in page.tables):
        return None
    return Claim() if any(True for _ in _tables(artifact, page)) else None


def _is_asked(table: Table) -> bool:
    header = [" ".join(words(cell.text[:60])) for cell in table.header]
    return len(header) == 2 and header[0] == "field" and header[1] in _HEADERS


def _tables(artifact: Artifact, page: Page) -> Iterator[Table]:
    named = artifact.name.rpartition(".")[0].lower() in _STEMS
    for table in page.tables:
        heading = " ".join(words(table.heading.rpartition(" / ")[2][:60]))
        if _is_asked(table) and (named or heading in _HEADINGS):
            yield table


def read(artifact: Artifact) -> Iterator[Fact]:
    """The responses that are filled in and that the model has a place for."""
    page = artifact.data
    if not isinstance(page, Page):
        return
    card = Card(artifact, page)
    for table in _tables(artifact, page):
        for row in (row for row in table.rows if len(row) == 2):
            if not is_placeholder(row[1].text):
                yield from _row(row[0].text, row[1], _at(card, row[1]))


def _row(field: str, cell: Cell, where: Origin) -> Iterator[Fact]:
    plain, said = " ".join(words(field[:300])), " ".join(words(cell.text[:300]))
    if plain.startswith(("data labeling method", "labeling method")):
        if source := next((_LABELS[word] for word in said.split() if word in _LABELS), None):
            yield Fact("data.labels.source", source, where)
        return
    path = next((path for start, path in _FIELDS.items() if plain.startswith(start)), "")
    if path == "data.privacy.pii":
        if said in ("no", "none", "none known"):
            yield Fact(path, "none", where)
        elif said.startswith("yes"):
            yield Fact(path, "personal", where)
    elif path and said not in _NOTHING:
        key = _RECORDS.get(path)
        yield Fact(path, {key: cell.text} if key else cell.text, where, parts={key: where} if key else {})


def _at(card: Card, cell: Cell) -> Origin:
    return card.at(cell.line, cell.column, cell.end_column)
