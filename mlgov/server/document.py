"""A file that is open in the editor, and whether it differs from what is on disk."""

from typing import NamedTuple

BOM = "\ufeff"


class Document(NamedTuple):
    """One open file. path: on disk; existed: it was there when it was opened or saved; changed: since then."""

    path: str
    text: str
    version: int | None = None
    existed: bool = False
    changed: bool = False

    @property
    def is_unsaved(self) -> bool:
        """True if the editor shows what is not on disk; a file that was deleted meanwhile counts as deleted."""
        try:
            with open(self.path, "rb") as file:
                raw = file.read()
        except OSError:
            return not self.existed
        try:
            return raw.decode().removeprefix(BOM) != self.text.removeprefix(BOM)
        except UnicodeDecodeError:  # the editor guessed an encoding
            return self.changed
