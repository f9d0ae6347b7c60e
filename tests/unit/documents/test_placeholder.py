"""Placeholders: text that still waits to be written, whatever its dress."""

import pytest

from mlgov.documents.placeholder import is_placeholder


@pytest.mark.parametrize(
    "text",
    ["", " \u00a0\u200b", "TODO", "todo: write this", "TODO(ann): later", "TBD", "FIXME", "?", "...", "…", "N/A", "None", "unknown", "-", "**TODO**", "To be determined.",
     "[More Information Needed]", "[Insert Response Here]", "[Model Name]", "[your text]", "[todo]", "<name>", "<your team here>", "{{ x }}", "{% x %}",
     "lorem ipsum dolor sit amet " * 40, "<!-- describe -->", "<!-- a -->\n<!-- b", "OWNER/REPO", "your-org/your-repo", "작성 예정", "미정", "추후 작성", "추후 작성 예정입니다."],
)  # fmt: skip
def test_waiting_text_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["none", "Churn", "The TODO list is in the tracker", "<https://x.y>", "<ann@example.org>", "[1, 2]", "[1]", "[link](target)", "0", "0.9", "-1", "{a}", "unknown territory",
     "Todorov", "nothing to do", "What is it? A model.", "words <!-- todo -->", "미정의 값", "N/A for this model because it is internal"],
)  # fmt: skip
def test_written_text_is_not(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["[", "<!--", "{{", "?", "<", "-", "todo ", "here ", "<!-", "->", "\u00a0x", "[a"])
def test_long_text_is_judged_in_linear_time(text: str) -> None:
    assert is_placeholder(text * 200_000) in (True, False)
