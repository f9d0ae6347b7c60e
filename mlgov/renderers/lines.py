"""The lines of the files that findings speak about, counted as places count them."""

from mlgov.renderers import Source


class Lines:
    """Reads each file once; a file that cannot be read any more has no lines, and the finding still stands."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._texts: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}

    def text(self, path: str) -> str:
        """The text as it lies in the file, its byte order mark included."""
        if path not in self._texts:
            try:
                self._texts[path] = self._source(path).decode(errors="replace")
            except Exception:  # noqa: BLE001  # whatever became of the file since it was judged
                self._texts[path] = ""
        return self._texts[path]

    def of(self, path: str) -> list[str]:
        """All lines of a file, without their ends."""
        if path not in self._lines:
            # as documents count lines: a file saved twice on Windows has one line end, a lone return is a blank
            text = self.text(path).removeprefix("\ufeff")
            text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", " ")
            self._lines[path] = text.split("\n") if text else []
        return self._lines[path]

    def line(self, path: str, number: int) -> str:
        """One line, 1-based; "" where there is none."""
        every = self.of(path)
        return every[number - 1] if 0 < number <= len(every) else ""

    def knows(self, path: str) -> bool:
        """Whether a file stands in the judged tree and says anything."""
        return bool(path and self.text(path))
