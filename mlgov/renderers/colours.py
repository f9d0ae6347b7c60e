"""Colours of a terminal as ANSI codes, or none."""

from collections.abc import Callable

from mlgov.finding import Severity

_CODES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "info": "1;36", "frame": "1;34", "good": "1;32"}

# (text, style) -> text; the text is already harmless
Paint = Callable[[str, str], str]


def painter(color: bool) -> Paint:
    """A function that colours text, or leaves it alone."""
    return _painted if color else _plain


def _painted(text: str, style: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else ""


def _plain(text: str, _: str) -> str:
    return text


def style_of(severity: Severity) -> str:
    """The style in which a severity is shown."""
    return severity.word if severity.word in _CODES else "dim"
