"""Texts of strangers as HTML: every mark escaped, and what hides or reorders is shown as the escape it is."""

from typing import Any

from markupsafe import Markup, escape

from mlgov.renderers.escaping import LIMIT, capped, shown


def harmless(value: Any, limit: int = LIMIT) -> Any:
    """A text as HTML that shows it in full and does nothing; what is HTML already, and numbers, stay as they are.

    A page may be printed into the log of a runner, so two colons and `##[` are written as entities: the same text for a
    browser, and no command for a runner.
    """
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    text = str(escape(shown(capped(value, limit))))
    return Markup(text.replace("::", ":&#58;").replace("##[", "#&#35;["))  # noqa: S704  # escaped in the line above


def prose(text: str) -> Markup:
    """A text of a rule, in which what stands between backticks is code."""
    parts = [str(harmless(part)) for part in " ".join(text.split()).split("`")]
    if len(parts) % 2 == 0:
        return joined(["`".join(parts)])
    return joined([f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts)])


def joined(parts: "list[str]") -> Markup:
    """Pieces that are HTML already, as one."""
    return Markup("".join(parts))  # noqa: S704
