"""Who owns a path, read as the forges read CODEOWNERS."""

import pytest

from mlgov.policy.owners import Owners, owners_of


def owners(text: str, file: str = "CODEOWNERS") -> Owners:
    return owners_of([file], lambda _: text.encode())


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("* @eva\n/models/ @ada @bo # both\n", "models/a/card.md", ("@ada", "@bo")),
        ("* @eva\n/models/ @ada\n", "other/models/card.md", ("@eva",)),
        ("* @eva\n/models/\n", "models/card.md", ()),
        ("docs/* @ada\n", "docs/a/b.md", ()),
        ("my\\ model.yaml @ada\n", "my model.yaml", ("@ada",)),
        ("*.yaml @ada\n*.yaml ada-without-a-sign\n", "a.yaml", ("@ada",)),
        ("\ufeff*.yaml @ada\n", "a.yaml", ("@ada",)),
        ("* @eva\n[Models] @ada\n*.yaml\n[Data]\n*.yaml @bo\n*.yaml @cy\n", "a.yaml", ("@eva", "@ada", "@cy")),
        ("*.yaml team@example.org\n", "a.yaml", ("team@example.org",)),
    ],
)
def test_the_last_match_of_each_section_owns(text: str, path: str, expected: tuple[str, ...]) -> None:
    assert owners(text).of(path) == expected


def test_github_knows_no_sections() -> None:
    assert owners("[Models] @ada\n*.yaml\n", ".github/CODEOWNERS").of("a.yaml") == ()


def test_a_handle_is_known_with_and_without_its_sign() -> None:
    assert owners("* @Ada\n").includes("ada", "a.yaml")
    assert not owners("* @Ada\n").includes("eva", "a.yaml")
