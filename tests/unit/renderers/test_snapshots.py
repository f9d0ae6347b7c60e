"""What people see is reviewed as files: every case in every output for people, at several widths."""

from collections.abc import Callable

import pytest

from mlgov.renderers import View, render

from .reports import CASES, source

Compare = Callable[[str, str], None]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("output", ["text", "concise", "github", "statistics"])
def test_an_output_looks_as_it_was_reviewed(output: str, case: str, same_as_snapshot: Compare) -> None:
    text = render(output, CASES[case], source, View(abstentions=case == "abstentions"))
    same_as_snapshot(f"{case}.{output}.txt", text)


@pytest.mark.parametrize("case", ["several-files", "far-apart", "one-file"])
def test_a_narrow_terminal_is_respected(case: str, same_as_snapshot: Compare) -> None:
    text = render("text", CASES[case], source, View(columns=60))
    same_as_snapshot(f"{case}.text-60.txt", text)
    frames = [line for line in text.splitlines() if " | " in line]
    assert max(map(len, frames)) <= 60


@pytest.mark.parametrize(
    "case", ["several-files", "waived", "change", "incomplete", "wide-characters", "abstentions", "fixable"]
)
@pytest.mark.parametrize("output", ["jsonl", "sarif", "gitlab", "junit", "rdjson", "markdown"])
def test_an_output_for_programs_looks_as_it_was_reviewed(output: str, case: str, same_as_snapshot: Compare) -> None:
    same_as_snapshot(f"{case}.{output}.txt", render(output, CASES[case], source))


def test_json_looks_as_it_was_reviewed(same_as_snapshot: Compare) -> None:
    same_as_snapshot("several-files.json.txt", render("json", CASES["several-files"], source))


def test_links_lead_to_the_files_of_a_forge(same_as_snapshot: Compare) -> None:
    view = View(blob="https://github.com/o/r/blob/abc/")
    same_as_snapshot("wide-characters.markdown-links.txt", render("markdown", CASES["wide-characters"], source, view))


def test_colours_only_wrap_what_is_there_without_them() -> None:
    import re

    for case in CASES.values():
        plain = render("text", case, source)
        colored = render("text", case, source, View(color=True))
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
        assert "\x1b" not in plain
