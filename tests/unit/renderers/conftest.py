"""Snapshots of what people see: files beside the tests, rewritten by `pytest tests/unit/renderers --snapshot-update`."""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "snapshots"
UPDATE = "--snapshot-update"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(UPDATE, action="store_true", default=False, help="rewrite the snapshots of renderers")


@pytest.fixture
def same_as_snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file `snapshots/<name>`."""
    update = request.config.getoption(UPDATE, default=False)

    def compare(name: str, text: str) -> None:
        path = FOLDER / name
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no snapshot {name}; run pytest tests/unit/renderers {UPDATE}"
        assert text == path.read_text(encoding="utf-8")

    return compare
