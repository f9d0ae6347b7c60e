"""Which reader a file name asks for."""

from typing import Final

_SUFFIXES: Final = {
    "yaml": "yaml", "yml": "yaml", "dvc": "yaml", "gto": "yaml", "rules": "yaml",
    "cff": "yaml",
    "json": "json", "jsonld": "json", "geojson": "json", "ipynb": "json", "avsc": "json", "sarif": "json",
    "toml": "toml",
    "md": "markdown", "markdown": "markdown", "mdx": "markdown", "qmd": "markdown",
    "csv": "csv", "tsv": "csv",
}  # fmt: skip
_NAMES: Final = {
    "dvc.lock": "yaml",
    "mlmodel": "yaml",
    "mlproject": "yaml",
    "owners": "yaml",
    "pipfile": "toml",
    "poetry.lock": "toml",
    "uv.lock": "toml",
}


def kind_of(path: str) -> str | None:
    """`yaml`, `json`, `toml`, `markdown`, `csv`, or None for a file that no reader here understands."""
    name = path.rsplit("/", 1)[-1].lower()
    return _NAMES.get(name) or _SUFFIXES.get(name.rsplit(".", 1)[-1] if "." in name else "")
