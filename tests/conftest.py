"""What holds for every test: repeatable examples, a clean git environment, and no quiet gaps."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from glob import glob

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wide", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# A hook or a linked work tree exports GIT_DIR and GIT_INDEX_FILE; a test that inherits them edits this repository.
for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]
for role in ("AUTHOR", "COMMITTER"):
    os.environ[f"GIT_{role}_NAME"] = "Test"
    os.environ[f"GIT_{role}_EMAIL"] = "test@example.org"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of mlgov for this run of the tests, so that nothing is remembered from the user's or left to them."""
    os.environ["MLGOV_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


# One program may carry several names.
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "initdb": ("initdb", *sorted(glob("/usr/lib/postgresql/*/bin/initdb"))),
}
LEFT_OUT = "needs "


def found(program: str) -> bool:
    """Whether `program` can be started here."""
    return any(shutil.which(name) for name in NAMES.get(program, (program,)))


def missing(item: pytest.Item) -> list[str]:
    """The programs that `item` is marked with and that are not here."""
    asked = {program for mark in item.iter_markers("needs") for program in mark.args}
    return sorted(program for program in asked if not found(program))


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Leave out the tests whose programs are missing."""
    for item in items:
        if programs := missing(item):
            item.add_marker(pytest.mark.skip(reason=LEFT_OUT + ", ".join(programs)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested and why: a run with gaps must not look like a run without."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = ((report.nodeid, str(report.longrepr[2]).removeprefix("Skipped: ")) for report in skipped)
    gaps = [(node, reason.removeprefix(LEFT_OUT)) for node, reason in reasons if reason.startswith(LEFT_OUT)]
    if not gaps:
        return
    terminalreporter.section("NOT TESTED HERE", sep="!", red=True, bold=True)
    for programs, count in sorted(Counter(programs for _, programs in gaps).items()):
        terminalreporter.write_line(f"{count} tests left out, because this machine has no {programs}:", red=True)
        for node in sorted(node for node, reason in gaps if reason == programs):
            terminalreporter.write_line(f"    {node}")
