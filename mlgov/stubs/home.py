"""Where rules and adapters of a project lie: its `pyproject.toml` says which packages extend mlgov."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from mlgov.distributions import FORMATS, OURS, RULES
from mlgov.errors import UsageError


class Home(NamedTuple):
    """A project that extends mlgov. root: where its `pyproject.toml` lies; package: the folder of the package.

    name: of the distribution; `mlgov` for our own repository.
    """

    root: Path
    package: Path
    name: str

    @property
    def is_ours(self) -> bool:
        """True in the repository of mlgov itself."""
        return self.name == OURS


def home_of_rules(folder: str) -> Home:
    """The pack of rules around a folder; `UsageError` where there is none."""
    return _home(folder, RULES, "rules", "rule")


def home_of_formats(folder: str) -> Home:
    """The pack of adapters around a folder; `UsageError` where there is none."""
    return _home(folder, FORMATS, "formats", "adapter")


def _home(folder: str, group: str, key: str, what: str) -> Home:
    start = Path(folder).resolve()
    for root in (start, *start.parents):
        data = _read(root / "pyproject.toml")
        project = data.get("project", {})
        packages = project.get("entry-points", {}).get(group, {})
        for package in packages.values():
            if place := _place(root, str(package), data):
                return Home(root, place, str(project.get("name", "")))
    raise UsageError(
        f"no pyproject.toml at or above {folder} names a package under mlgov.{key}; "
        f"begin with mlgov new pack, then mlgov new {what}"
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None


def _place(root: Path, package: str, data: dict[str, Any]) -> Path | None:
    """The folder of a package: where the usual layouts and the build backend of hatch look for it."""
    steps = package.partition(":")[0].split(".")
    hatch = data.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {}).get("wheel", {})
    stated = [root / str(path) for path in hatch.get("packages", ()) if Path(str(path)).name == steps[0]]
    places = [path.joinpath(*steps[1:]) for path in (*stated, root / "src" / steps[0], root / steps[0])]
    return next((place for place in places if place.is_dir()), None)
