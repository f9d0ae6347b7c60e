"""The snippets of the README, for the tests that execute them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def fences(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def snippet(first_line: str) -> str:
    """The YAML block whose first line is a comment with this name."""
    (found,) = (text for text in fences("yaml") if text.startswith(f"# {first_line}\n"))
    return found
