"""The files of a project as they can be edited in memory: manifests as plain data, all others as text."""

import json
import posixpath
from collections.abc import Mapping
from typing import Any

from mlgov.documents import read
from mlgov.units import literal


class Unfit(Exception):  # not a failure: most projects lack something that some mutation needs
    """A mutation finds nothing in this project that it could change; the text says what it looked for."""


def is_manifest(path: str) -> bool:
    """Whether a file is of mlgov's own format: `mlgov.yaml`, or a YAML file of a folder `governance`."""
    folder, name = posixpath.split(path)
    return name in ("mlgov.yaml", "mlgov.yml") or "governance" in folder.split("/") and name.endswith((".yaml", ".yml"))


class Workbench:
    """A copy of a project's files. Edit `sections` in place and `texts` by path; `files` is the result."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._manifests: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self.sections: dict[str, Any] = {}
        for path in sorted(filter(is_manifest, files)):
            documents = read(path, self._files[path]).documents
            data = documents[0].data if documents else None
            if isinstance(data, dict) and str(data.get("apiVersion", "")).startswith("mlgov/"):
                self._manifests[path] = data
                self.sections |= data

    def add(self, section: str, value: Any) -> None:
        """State a section; where the project has several manifests, in the first."""
        path = next((p for p, data in self._manifests.items() if section in data), next(iter(self._manifests), ""))
        if not path:
            raise Unfit("no manifest")
        self._manifests[path][section] = self.sections[section] = value

    def take_out(self, section: str) -> None:
        """State nothing about a section."""
        for data in self._manifests.values():
            data.pop(section, None)
        del self.sections[section]

    def text(self, path: str) -> str:
        """The text of a file that is not a manifest."""
        if path not in self._files or is_manifest(path):
            raise Unfit(f"no file {path}")
        return self.texts.get(path) or self._files[path].decode("utf-8", "surrogateescape")

    def files(self) -> dict[str, str | bytes]:
        """All files after the edits."""
        told = {path: _yaml(data) for path, data in self._manifests.items()}
        return {**self._files, **told, **self.texts}


def _yaml(data: Mapping[str, Any]) -> str:
    """A mapping as YAML: a line for each key, its value in flow style; numbers keep the digits that were printed."""
    return "".join(f"{json.dumps(str(key))}: {_flow(value)}\n" for key, value in data.items())


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else literal(value)
