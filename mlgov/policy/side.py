"""What one tree of a run states about accepted findings: its waivers, its ratchet, its owners."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from mlgov.documents import kind_of, locate_many
from mlgov.errors import SettingsError
from mlgov.policy import inline, ratchet, waivers
from mlgov.policy.owners import Owners, owners_of
from mlgov.policy.settings import Settings
from mlgov.snapshot import Unreadable

MOST = 1000  # waivers of a tree: beyond it nobody looks at each of them
COMMENTED = ("yaml", "toml", "markdown")


class Side(NamedTuple):
    """One tree of a run. files: all its paths; artifacts: those that were read; read: the bytes of one.

    settings: as this tree says them.
    """

    files: Mapping[str, str]
    artifacts: tuple[str, ...]
    read: Callable[[str], bytes]
    settings: Settings

    def content(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none that can be read."""
        try:
            return self.read(path) if path in self.files else None
        except Unreadable:
            return None

    @property
    def owners(self) -> Owners:
        """Who owns what, by CODEOWNERS."""
        return owners_of(self.files, self.read)

    def waivers(self) -> list[waivers.Stated]:
        """Every waiver: those of the file, then those in comments; each with its line."""
        raw = self.content(waivers.FILE)
        found = _placed(waivers.from_file(raw), raw) if raw is not None else []
        for path in self.artifacts:
            if kind_of(path) in COMMENTED and (text := self.content(path)) is not None:
                found += inline.from_comments(path, text)
        if len(found) > MOST:
            raise SettingsError(
                f"more than {MOST} waivers; keep what a repository begins with in a ratchet", waivers.FILE
            )
        return found

    def ratchet(self) -> list[ratchet.Entry]:
        """The entries of the ratchet file; none where there is no such file."""
        file = self.settings["ratchet"]["file"]
        raw = self.content(file)
        return ratchet.entries(file, raw) if raw is not None else []


def _placed(stated: list[waivers.Stated], raw: bytes) -> list[waivers.Stated]:
    spans = locate_many(waivers.FILE, raw, [(0, s.origin.pointer) for s in stated])
    places = (f"@{span.line}:{span.column}-{span.end_column}" for span in spans)
    return [
        s._replace(origin=s.origin._replace(pointer=p), entry=s.origin) for s, p in zip(stated, places, strict=True)
    ]
