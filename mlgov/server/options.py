"""What an editor may set: how long to wait, and the settings of the command line that decide what is shown."""

import difflib
from collections.abc import Mapping
from typing import Any, NamedTuple

DELAY = 200  # milliseconds after the last keystroke
_LISTS = ("select", "ignore", "extend_select")
_WORDS = ("profile",)
KNOWN = ("delay", *_WORDS, *_LISTS)


class Options(NamedTuple):
    """delay: seconds after the last change before the tree is looked at. settings: as options of `mlgov check`."""

    delay: float = DELAY / 1000
    settings: Mapping[str, Any] = {}


def options_from(said: Any) -> tuple[Options, list[str]]:
    """The options in what an editor sends (`{"mlgov": {…}}`, or its inside), and what is wrong with it."""
    inner = said.get("mlgov", said) if isinstance(said, dict) else {}
    if not isinstance(inner, dict):
        return Options(), ["mlgov: the settings of the editor must be a mapping"]
    wrong: list[str] = []
    settings: dict[str, Any] = {}
    delay = DELAY / 1000
    for key, value in inner.items():
        if key == "delay" and isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 60_000:
            delay = value / 1000
        elif key in _WORDS and isinstance(value, str):
            settings[key] = value
        elif key in _LISTS and isinstance(value, list) and all(isinstance(v, str) for v in value):
            settings[key] = tuple(value)
        elif value is not None:
            wrong.append(_flaw(key))
    return Options(delay, settings), wrong


def _flaw(key: Any) -> str:
    if key in KNOWN:
        kind = "milliseconds" if key == "delay" else "a text" if key in _WORDS else "a list of texts"
        return f"mlgov: the setting {key!r} of the editor must be {kind}"
    near = difflib.get_close_matches(str(key), KNOWN, n=1)
    return f"mlgov: unknown setting {key!r} of the editor" + (f"; did you mean {near[0]!r}?" if near else "")
