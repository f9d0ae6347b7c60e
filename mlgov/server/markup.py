"""Text for a small window of an editor: Markdown where the editor shows it, else plain; what files say stays text."""

import re
from typing import NamedTuple

from mlgov.renderers.escaping import shown

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#|~!&])")
_CODE = re.compile(r"(`+[^`]+`+)")
_SPACES = re.compile(r"\s+")


class Markup(NamedTuple):
    """How words are written. rich: as Markdown."""

    rich: bool = True

    def plain(self, text: str) -> str:
        """Words of a file or of a message, on one line, in which nothing is markup."""
        text = shown(_SPACES.sub(" ", text))
        return _MARKS.sub(r"\\\1", text) if self.rich else text

    def prose(self, text: str) -> str:
        """A paragraph of a rule's documentation, in which names are written as code."""
        if not self.rich:
            return _SPACES.sub(" ", text)
        parts = _CODE.split(_SPACES.sub(" ", text))
        return "".join(part if at % 2 else _MARKS.sub(r"\\\1", part) for at, part in enumerate(parts))

    def bold(self, text: str) -> str:
        """Words that stand out."""
        return f"**{self.plain(text)}**" if self.rich else self.plain(text)

    def code(self, text: str) -> str:
        """A name as it is written in a file."""
        text = shown(_SPACES.sub(" ", text))
        if not self.rich or not text.strip():
            return text
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return f"{ticks} {text} {ticks}" if len(ticks) > 1 else f"`{text}`"

    def link(self, text: str, address: str) -> str:
        """Words that lead somewhere."""
        return f"[{self.plain(text)}](<{address}>)" if self.rich else self.plain(text)

    def blocks(self, *parts: str) -> str:
        """Paragraphs; empty ones are left out."""
        return "\n\n".join(part for part in parts if part)
