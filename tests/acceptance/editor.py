"""An editor for tests: pytest-lsp's client, which also holds the server to the protocol, over stdio against the real process."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, Union

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, default_converter, register_lsp_features

T = TypeVar("T")
TODAY = "2026-11-20"
SERVER = (sys.executable, "-m", "mlgov", "server", "--now", TODAY)
PATIENCE = 60  # seconds until an answer that never comes fails a test


class Editor:
    """Speaks with one server; every call returns when the server has answered."""

    def __init__(self, command: Sequence[str | Path] = SERVER) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.client = LanguageClient(converter_factory=_converter)
        self.versions: dict[str, int] = {}
        self.told: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        own = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self._publish(params),
            types.CLIENT_REGISTER_CAPABILITY: lambda params: self._register(params),
        }
        register_lsp_features(self.client, DEFAULT_CLIENT_FEATURES | own)
        self.wait(self.client.start_io(*map(str, command)))

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.told.append(params)
        self.client.diagnostics[params.uri] = params.diagnostics

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered += params.registrations

    def wait(self, answer: Coroutine[Any, Any, T]) -> T:
        """Run something of the client and wait for it."""
        return asyncio.run_coroutine_threadsafe(answer, self._loop).result(PATIENCE)

    def say(self, method: str, params: Any) -> None:
        """Tell the server something that it does not answer."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (self.client.protocol.notify(method, params), done.set()))
        assert done.wait(PATIENCE)

    def ask(self, method: str, params: Any) -> Any:
        """Ask the server, and wait for the answer."""
        return self.wait(self.client.protocol.send_request_async(method, params))

    def begin(
        self, *folders: Path | str, options: Any = None, encodings: Iterable[str] | None = None, alone: bool = False
    ) -> types.InitializeResult:
        """Begin with these folders (paths or addresses); alone: without any."""
        capabilities = client_capabilities("visual-studio-code")
        if encodings is not None and capabilities.general:
            capabilities.general.position_encodings = list(encodings)
        known = [types.WorkspaceFolder(uri(folder), "folder") for folder in folders]
        params = types.InitializeParams(
            capabilities, initialization_options=options, workspace_folders=None if alone else known
        )
        return self.wait(self.client.initialize_session(params))

    def open_folder(self, folder: Path) -> None:
        """Add a folder to those that are open."""
        self._folders([types.WorkspaceFolder(uri(folder), "folder")], [])

    def close_folder(self, folder: Path) -> None:
        """Close a folder, and all files that are open in it."""
        for where in [where for where in self.versions if where.startswith(uri(folder) + "/")]:
            self.close(where)
        self._folders([], [types.WorkspaceFolder(uri(folder), "folder")])

    def _folders(self, added: list[types.WorkspaceFolder], removed: list[types.WorkspaceFolder]) -> None:
        event = types.WorkspaceFoldersChangeEvent(added, removed)
        self.say(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, types.DidChangeWorkspaceFoldersParams(event))

    def configure(self, settings: Any) -> None:
        """Say that the settings of the editor are these now."""
        self.say(types.WORKSPACE_DID_CHANGE_CONFIGURATION, types.DidChangeConfigurationParams(settings))

    def until(self, test: Callable[[], bool]) -> None:
        """Wait until something came that nobody asked for."""
        end = time.monotonic() + PATIENCE
        while not test():
            assert time.monotonic() < end, "nothing came"
            time.sleep(0.01)

    def open(self, path: Path | str, text: str | None = None) -> str:
        """Open a file with what is on disk, or with other text; gives its address."""
        where = uri(path)
        said = Path(path).read_bytes().decode().removeprefix("\ufeff") if text is None else text
        self.versions[where] = 1
        item = types.TextDocumentItem(where, "yaml", 1, said)
        self.say(types.TEXT_DOCUMENT_DID_OPEN, types.DidOpenTextDocumentParams(item))
        return where

    def change(self, where: str, text: str) -> None:
        """Type: the file has this text now."""
        self.versions[where] += 1
        item = types.VersionedTextDocumentIdentifier(self.versions[where], where)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.say(types.TEXT_DOCUMENT_DID_CHANGE, types.DidChangeTextDocumentParams(item, [whole]))

    def save(self, where: str) -> None:
        """Say that the file was written to disk."""
        item = types.TextDocumentIdentifier(where)
        self.say(types.TEXT_DOCUMENT_DID_SAVE, types.DidSaveTextDocumentParams(item))

    def close(self, where: str) -> None:
        """Close a file."""
        self.versions.pop(where, None)
        item = types.TextDocumentIdentifier(where)
        self.say(types.TEXT_DOCUMENT_DID_CLOSE, types.DidCloseTextDocumentParams(item))

    def on_disk(self, *paths: Path | str, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
        """Say that files changed on disk."""
        events = [types.FileEvent(uri(path), kind) for path in paths]
        self.say(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.DidChangeWatchedFilesParams(events))

    def hover(self, where: str, line: int, character: int) -> str:
        """What is shown at a position, counted from 0; "" for nothing."""
        item = types.TextDocumentIdentifier(where)
        said = self.ask(types.TEXT_DOCUMENT_HOVER, types.HoverParams(item, types.Position(line, character)))
        return said.contents.value if said else ""

    def places(self, method: str, where: str, line: int, character: int, declaration: bool = False) -> list[str]:
        """The answers `file:line:column` (counted from 1) to a question about a position."""
        item, position = types.TextDocumentIdentifier(where), types.Position(line, character)
        params: Any = types.DefinitionParams(item, position)
        if method == types.TEXT_DOCUMENT_REFERENCES:
            params = types.ReferenceParams(types.ReferenceContext(declaration), item, position)
        found = [(location.uri, location.range.start) for location in self.ask(method, params) or ()]
        return [f"{u.rpartition('/')[2]}:{start.line + 1}:{start.character + 1}" for u, start in found]

    def proposals(self, where: str, line: int, character: int) -> dict[str, types.CompletionItem]:
        """What may be written at a position, by label."""
        params = types.CompletionParams(types.TextDocumentIdentifier(where), types.Position(line, character))
        return {item.label: item for item in self.ask(types.TEXT_DOCUMENT_COMPLETION, params) or ()}

    def actions(self, where: str, diagnostic: types.Diagnostic, *only: str) -> list[types.CodeAction]:
        """What may be done about a diagnostic."""
        context = types.CodeActionContext([diagnostic], only or None)
        item = types.TextDocumentIdentifier(where)
        params = types.CodeActionParams(item, diagnostic.range, context)
        return list(self.ask(types.TEXT_DOCUMENT_CODE_ACTION, params) or ())

    def settled(self, *paths: Path | str) -> dict[str, list[types.Diagnostic]]:
        """The diagnostics of all files, once the server has looked at the folders of these files as they are now."""
        for path in paths:
            self.on_disk(path)  # an editor tells of files that a test wrote
            self.hover(uri(path), 0, 0)
        return {where: list(some) for where, some in self.client.diagnostics.items() if some}

    def end(self) -> int | None:
        """Leave; gives the exit code of the server."""
        self.wait(self.client.shutdown_session())
        process = self.client._server
        self._loop.call_soon_threadsafe(self._loop.stop)
        return process.returncode if process else None


def uri(path: Path | str) -> str:
    """The address of a path; an address as it is."""
    return path if isinstance(path, str) else path.as_uri()


def codes(diagnostics: Iterable[types.Diagnostic]) -> list[str]:
    """The codes of diagnostics, in order."""
    return sorted(str(d.code) for d in diagnostics)


def applied(text: str, edits: Iterable[types.TextEdit]) -> str:
    """A text after edits whose columns are UTF-16."""
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        start, end = (_offset(text, position) for position in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    return text


def _offset(text: str, position: types.Position) -> int:
    lines = text.split("\n")
    row = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
    return sum(len(line) + 1 for line in lines[: position.line]) + len(row)


def _converter() -> Any:
    """What pygls makes of answers, with one correction: an action may hold a command and still be no command."""
    made = default_converter()

    def action(data: Any, _: Any) -> Any:
        is_command = isinstance(data.get("command"), str)
        return made.structure(data, types.Command if is_command else types.CodeAction)

    made.register_structure_hook(types.Command | types.CodeAction, action)
    made.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007 - another type to cattrs
    return made
