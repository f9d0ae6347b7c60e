"""The lines of the files that a report speaks about, as documents count them; each file is read once."""

from mlgov.renderers import Source


class Lines:
    """Reads files through a source; a file that cannot be read has no lines: the finding stands, whatever became of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[str, list[str]] = {}

    def of(self, path: str) -> list[str]:
        """All lines of a file, without their ends."""
        if path not in self._known:
            try:
                text = self._source(path).removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
            except Exception:  # noqa: BLE001
                text = ""
            # a file saved twice on Windows has one line end, a lone return is a blank
            text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", " ")
            self._known[path] = text.split("\n") if text else []
        return self._known[path]
