"""What a project can be asked about its model and about the files around it."""

import pytest

from .joined import manifest


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("*", True), ("*.py", True), ("/src/", True), ("/src/train.py", True), ("src/*.py", True), ("docs/**", False),
        ("/train.py", False), ("train.py", True), ("/SRC/", False), ("", False),
    ],
)  # fmt: skip
def test_patterns_are_looked_for_in_the_tree(pattern: str, answer: bool) -> None:
    project, _ = manifest("", **{"src/train.py": "pass\n"})
    assert project.matches_any(pattern) is answer


def test_the_one_record_at_a_path() -> None:
    project, _ = manifest("data: {labels: {name: y}}\n")
    assert project.part("data.labels") is project.data.labels
    assert project.part("data.splits") is None
    assert project.part("serving.schema_") is None


def test_claims_below_a_path_are_those_of_every_file() -> None:
    project, _ = manifest(
        "training: {hyperparameters: {learning_rate: 1e-3}}\n", **{"params.yaml": "lr: 0.1\nepochs: 3\n"}
    )
    found = {(c.path[-1], c.text, c.origin.file) for c in project.claims_below("training.hyperparameters")}
    assert found == {
        ("learning_rate", "1e-3", "mlgov.yaml"),
        ("learning_rate", "0.1", "params.yaml"),
        ("epochs", "3", "params.yaml"),
    }


def test_the_text_of_a_declared_page() -> None:
    project, _ = manifest("", **{"docs/app.md": "# Hello\n"})
    assert project.text("docs/app.md") == "# Hello\n"
    assert project.text("/docs/app.md") == "# Hello\n"
    assert project.text("docs/none.md") is None
    assert project.text("docs") is None
