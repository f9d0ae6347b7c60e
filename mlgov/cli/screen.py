"""What the screen can show: its width, and whether it has colours."""

import os
import sys


def columns() -> int:
    """The width of the screen: `COLUMNS`, else that of the terminal, else 0."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and 0 < int(said) < 10_000:
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0


def wants_color(choice: str) -> bool:
    """Whether to use colours: `always`, `never`, or `auto`, for which NO_COLOR comes before FORCE_COLOR and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
