"""Programs for node that tests start, as `package.json` here pins them."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def installed(folder: Path) -> Path:
    """Install them into a folder, with the scripts of this one beside them; where their modules lie."""
    for file in HERE.glob("*.*js*"):
        shutil.copy(file, folder)
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    run = subprocess.run(["npm", "ci", *quiet], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "node_modules"
