"""Cards of data sets: Hugging Face front matter, lines, tables, sentences about the split."""

from typing import Any

import pytest

from tests.unit.formats.reading import FIXTURES, facts, folder, inventory, place, project, values

CARD = "# Data Card — churn\n\n## Overview\n\n{}\n\n## Splits\n\n{}\n"
PARTS = "data.splits.parts[]"


def said(text: str, path: str) -> list[Any]:
    return values({"data_card.md": text}, "data-card", path)


def lines(*text: str) -> str:
    return CARD.format("\n".join(text), "To come.")


def split(*text: str) -> str:
    return CARD.format("Accounts.", "\n".join(text))


def test_the_template_of_the_library() -> None:
    found = project(folder(FIXTURES / "data_card/real"))
    (dataset,) = found.data.datasets
    assert (dataset.aliases, dataset.license, dataset.provenance, dataset.modality) == (
        ["Churn accounts"], "odbl", "original", "tabular",
    )  # fmt: skip
    assert found.data.labels.source == "manual"
    assert found.identity.license.data == "odbl"
    assert found.framing.task == "tabular-classification"
    assert found.data.privacy is None  # the section still waits to be written


INFO = """---
license: other
license_name: acme-data-1.0
dataset_info:
  features:
  - {name: text, dtype: string}
  - {name: label, dtype: {class_label: {names: {'0': neg, '1': pos}}}}
  - {name: tags, sequence: string}
  splits:
  - {name: train, num_examples: 24000, num_bytes: 1}
  - {name: dev, num_examples: 1_000}
  - {name: test, num_examples: 1200}
  - {name: extra, num_examples: 7}
configs:
- config_name: default
  data_files:
  - {split: train, path: data/train.parquet}
  - {split: test, path: "data/test-*.parquet"}
---
# Reviews
"""


@pytest.mark.parametrize("text", [INFO, INFO.replace("\n", "\r\n"), "\ufeff" + INFO])
def test_splits_features_and_files_of_the_front_matter(text: str) -> None:
    found = project({"data/README.md": text})
    assert [(p.part, float(p.rows)) for p in found.data.splits.parts if p.rows] == [
        ("train", 24000), ("validation", 1000), ("test", 1200),
    ]  # fmt: skip
    assert [(d.role, float(d.rows)) for d in found.data.datasets if d.role] == [
        ("train", 24000), ("validation", 1000), ("test", 1200),
    ]  # fmt: skip
    assert found.data.splits.strategy == "predefined"
    assert [(c.name, c.type) for c in found.data.columns] == [
        ("text", "string"),
        ("label", "integer"),
        ("tags", "array"),
    ]
    assert found.data.labels.name == "label"
    assert found.framing.output.classes == ["neg", "pos"]
    assert found.identity.license.data == "acme-data-1.0"
    assert "/data/data/train.parquet" in [p.file for p in found.data.splits.parts]


def test_of_several_configurations_none_is_chosen() -> None:
    info = "[{splits: [{name: test, num_examples: 1}]}, {splits: [{name: test, num_examples: 2}]}]"
    text = f"---\ndataset_info: {info}\nconfigs: [{{config_name: a}}, {{config_name: b}}]\n---\n# Data\n"
    assert not said(text, PARTS)


@pytest.mark.parametrize(
    ("line", "label"),
    [("- **Target:** `Exited` (1 = churn, 0 = retained)", ["Exited"]), ("- **Target Variable:** NObeyesdad (7 categories)", ["NObeyesdad"]),
     ("- **Labels:** positive, negative", []), ("- **Target:** whether they leave", []), ("- **Target:** price", ["price"]),
     ("- **Target:** TBD", []), ("- **Label:** churned — left within 30 days", ["churned"])],
)  # fmt: skip
def test_the_label_is_a_column_not_a_sentence(line: str, label: list[str]) -> None:
    assert said(lines(line), "data.labels.name") == label


def test_what_the_values_of_the_label_mean() -> None:
    assert said(lines("- **Target:** `Exited` (1 = churn, 0 = retained)"), "data.labels.mapping") == [
        "1 = churn, 0 = retained"
    ]


@pytest.mark.parametrize(
    ("line", "rows"),
    [("- **Records:** 10,000 customers", "10,000"), ("- **Records:** ~3,214 subscribers", "~3,214"), ("- **Rows:** 2,111", "2,111"),
     ("- **Size:** 2,111 records, 17 attributes", "2,111"), ("- **Size:** 20 MB", None), ("- **Size:** 17", None),
     ("- **Rows:** 50k", None), ("- **Rows:** 1.5 million", None), ("- **Instances:** 12-15", None)],
)  # fmt: skip
def test_the_rows(line: str, rows: str | None) -> None:
    found = [d["rows"] for d in said(lines(line), "data.datasets[]")]
    assert found == ([rows] if rows else [])


@pytest.mark.parametrize(
    ("line", "pii"),
    [("- **PII:** None. All identifiers are synthetic.", ["none"]), ("- **PII:** No contiene PII", ["none"]),
     ("- **PII:** names and addresses", []), ("- **PII:** Not checked", []), ("- **PII:** no", ["none"])],
)  # fmt: skip
def test_persons(line: str, pii: list[str]) -> None:
    assert said(lines(line), "data.privacy.pii") == pii


def test_a_section_about_persons_counts_where_it_tells_of_a_treatment() -> None:
    text = "# Dataset card\n\n## Personal and Sensitive Information\n\n{}\n"
    assert said(text.format("Names are hashed."), "data.privacy.anonymization") == ["Names are hashed."]
    assert not said(text.format("Faces can be seen."), "data.privacy.anonymization")


def test_a_name_may_be_a_path() -> None:
    files = {"ml/docs/data_card.md": lines("- **Name:** data/raw/users.csv", "- **Rows:** 3")}
    (dataset,) = values(files, "data-card", "data.datasets[]")
    assert dataset == {"location": "/ml/data/raw/users.csv", "rows": "3"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [("- Default split: 60% train / 20% validation / 20% test (stratified).", {"train": "60%", "validation": "20%", "test": "20%"}),
     ("Training: 70 %, validation: 15 %, test: 15 %", {"train": "70%", "validation": "15%", "test": "15%"}),
     ("- Train: 80%\n- Test: 20%", {"train": "80%", "test": "20%"}), ("80/20 stratified", {}), ("- Train: 80%", {}),
     ("70% of train and 30% of train", {})],
)  # fmt: skip
def test_shares_of_a_split(text: str, parts: dict[str, str]) -> None:
    assert {p["part"]: p["fraction"] for p in said(split(text), PARTS)} == parts


def test_each_share_has_its_own_place() -> None:
    files = {"data_card.md": split("Split: 60% train / 20% validation / 20% test, seed=42")}
    found = [f for f in facts(files, "data-card") if f.path == PARTS]
    assert [place(f.origin, files) for f in found] == ["data_card.md:9:8", "data_card.md:9:20", "data_card.md:9:37"]
    assert values(files, "data-card", "data.splits.seed") == [42]


@pytest.mark.parametrize(
    ("text", "strategy"),
    [("60% train, 40% test (stratified)", ["stratified"]), ("60% train, 40% test, at random", ["random"]),
     ("60% train, 40% test, not stratified", []), ("No strict temporal split.", []), ("60% train, 40% test by a chronological cut", ["temporal"])],
)  # fmt: skip
def test_how_rows_are_assigned(text: str, strategy: list[str]) -> None:
    assert said(split(text), "data.splits.strategy") == strategy


TABLES = [
    "| | train | validation | test |\n|---|--:|--:|--:|\n| data instances | 280 | 50 | 50 |\n| % | 73.7 | 13.15 | 13.15 |\n",
    "| Split | Rows | Share |\n|---|---|---|\n| Train set | 280 | 73.7% |\n| Validation | 50 | 13.15% |\n| Test | 50 | 13.15% |\n",
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_parts(table: str) -> None:
    found = project({"data_card.md": split(table)}).data.splits.parts
    assert [(p.part, float(p.rows), round(float(p.fraction), 4)) for p in found] == [
        ("train", 280, 0.737), ("validation", 50, 0.1315), ("test", 50, 0.1315),
    ]  # fmt: skip


def test_a_table_of_columns_is_whole_unless_its_heading_says_otherwise() -> None:
    table = "| Column | Type | Notes |\n|---|---|---|\n| `age` | int | 18-92 |\n| `plan` | category | a, b |\n"
    assert said(f"# Data card\n\n## Schema\n\n{table}", "data.columns[]") == [
        {"name": "age", "type": "integer"}, {"name": "plan", "type": "string"},
    ]  # fmt: skip
    assert said(f"# Data card\n\n## Schema (main columns)\n\n{table}", "data.columns[]") == [
        {"name": "age"},
        {"name": "plan"},
    ]


@pytest.mark.parametrize(
    "text",
    ["---\ndataset_info: {splits: 3, features: [1, {name: 4}]}\n---\n# D\n", "---\nconfigs: [{config_name: a, data_files: [3, {split: train}]}]\n---\n# D\n",
     "---\ntask_categories: [1, null]\nlicense: [a, b]\nannotations_creators: x\n---\n# D\n", "# Data card\n\n## Splits\n\n" + "1% " * 50_000],
)  # fmt: skip
def test_odd_cards_do_no_harm(text: str) -> None:
    found = inventory({"data_card.md": text})
    assert [e.state for e in found.entries] == ["claimed"]
    assert not [d for d in found.defects if "cannot be read as" in d.message]
