"""Programs that several acceptance tests start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.node import installed

from .runner import Expressions


@pytest.fixture(scope="session")
def node_programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the programs for node are installed."""
    return installed(tmp_path_factory.mktemp("node")).parent


@pytest.fixture(scope="session")
def expressions(node_programs: Path) -> Iterator[Expressions]:
    """GitHub's evaluator of expressions."""
    evaluator = Expressions(node_programs)
    yield evaluator
    evaluator.close()


@pytest.fixture(scope="session")
def language_service(node_programs: Path) -> Path:
    """GitHub's language service as one script."""
    import subprocess

    bundle = node_programs / "bundled.mjs"
    banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"
    script = node_programs / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ("--bundle", "--platform=node", "--format=esm", "--log-level=error", f"--outfile={bundle}")
    command = ["node", script, "languageservice.mjs", *options, f"--banner:js={banner}"]
    subprocess.run(command, cwd=node_programs, check=True)
    return bundle
