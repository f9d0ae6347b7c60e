"""The conversation with one editor: which folders and files it has open, and what it was told about them."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from mlgov import __version__
from mlgov.errors import MlgovError
from mlgov.renderers.escaping import shown
from mlgov.run import Request
from mlgov.server.actions import Desk
from mlgov.server.diagnostics import diagnostics
from mlgov.server.document import Document
from mlgov.server.markup import Markup
from mlgov.server.options import Options, options_from
from mlgov.server.root import Root, file_path
from mlgov.server.view import View, viewed
from mlgov.server.watch import Watch

log = logging.getLogger(__name__)
# the request that `mlgov check` would make for these paths and options, on this very day
Ask = Callable[[tuple[str, ...], Mapping[str, Any]], Request]


class Session(LanguageServer):
    """Files are sent whole after each change: nothing then depends on how both sides split lines."""

    def __init__(self, ask: Ask) -> None:
        super().__init__("mlgov", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.ask = ask
        self.options = Options()
        self.opening: list[str] = []  # the folders that the editor has open
        self.said_first: Any = None
        self.documents: dict[str, Document] = {}
        self.watches: dict[str, Watch] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._told: set[str] = set()
        self._thread = ThreadPoolExecutor(max_workers=1)  # looks share what they know, so they take turns

    def run(self, reader: BinaryIO, writer: BinaryIO) -> int:
        """Serve until the editor leaves: 0 where it said so before, else 1."""
        logging.basicConfig(level=logging.ERROR)
        self.start_io(reader, writer)
        return 0 if getattr(self.protocol, "_shutdown", False) else 1

    @property
    def encoding(self) -> str:
        """The encoding of columns that both sides agreed on."""
        said = self.workspace.position_encoding
        return str(getattr(said, "value", said) or "utf-16")

    @property
    def markup(self) -> Markup:
        """How the editor shows words."""
        able = self.client_capabilities.text_document
        kinds = able.hover.content_format if able and able.hover else None
        return Markup(types.MarkupKind.Markdown in (kinds or ()))

    def configure(self, said: Any) -> None:
        """Take over the settings of the editor."""
        self.options, wrong = options_from(said)
        self._told.clear()
        for words in wrong:
            self.tell(words, types.MessageType.Warning)

    def watch(self, uri: str) -> None:
        """Look after a folder; one that is none is left alone."""
        folder = file_path(uri)
        if folder and os.path.isdir(folder) and uri not in self.watches:
            self.watches[uri] = Watch(Root(uri, folder), self._look, self._publish)
            self.watches[uri].touch(0)

    def unwatch(self, uri: str) -> None:
        """Look after a folder no more, and take back what was said about it."""
        if watch := self.watches.pop(uri, None):
            watch.close()
            self._publish(watch)

    def touch(self, uris: Iterable[str] | None = None, delay: float | None = None) -> None:
        """These files changed (None: anything); the folders that they are in are looked at again."""
        some = None if uris is None else list(uris)
        for watch in self.watches.values():
            if some is None or any(watch.root.holds(uri) for uri in some):
                watch.touch(self.options.delay if delay is None else delay)

    def watch_of(self, uri: str) -> Watch | None:
        """Who looks after a file: of several the one with the nearest folder above it."""
        path = file_path(uri) or ""
        holding = [w for w in self.watches.values() if w.root.holds(uri)]
        inner = [w for w in holding if path.startswith(w.root.folder.rstrip(os.sep) + os.sep)]
        return max(inner or holding, key=lambda w: len(w.root.folder), default=None)

    async def seen(self, uri: str, hurried: bool = False) -> tuple[View, Root, str] | None:
        """The view in which a file is seen, up to date unless one is in a hurry; None where nobody looks after it."""
        watch = self.watch_of(uri)
        view = await (watch.latest() if hurried else watch.fresh()) if watch else None
        path = watch.root.path_of(uri) if watch else None
        return (view, watch.root, path) if view and watch and path else None

    def uri_of(self, watch: Watch, path: str) -> str:
        """The address of a file as the editor spells it."""
        spelled = (uri for uri in self.documents if watch.root.path_of(uri) == path)
        return next(spelled, "") or watch.root.uri_of(path)

    def desk(self, view: View, root: Root) -> Desk:
        """Where actions about a view are written."""
        able = self.client_capabilities.workspace
        edits = able.workspace_edit if able else None
        is_versioned = bool(edits and edits.document_changes)
        kinds = edits.resource_operations if edits and is_versioned else None
        versions = {uri: document.version for uri, document in self.documents.items()}
        spelled = {path: uri for uri in self.documents if (path := root.path_of(uri))}
        may_create = types.ResourceOperationKind.Create in (kinds or ())
        return Desk(view, root, versions if is_versioned else None, spelled, may_create)

    @staticmethod
    def uri_for(folder: str) -> str:
        """The address of a folder that the editor did not name."""
        return str(uris.from_fs_path(folder))

    def tell(self, words: str, kind: types.MessageType = types.MessageType.Error) -> None:
        """Show a person what is wrong, once."""
        words = shown(words)
        if words not in self._told:
            self._told.add(words)
            self.window_show_message(types.ShowMessageParams(kind, words))

    async def _look(self, watch: Watch) -> View | None:
        """A view of the folder, made in the other thread; what goes wrong is told, and is never the end."""
        documents = {path: d for uri, d in self.documents.items() if (path := watch.root.path_of(uri))}
        request = self.ask((watch.root.real,), self.options.settings)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, viewed, request, documents, watch.known, self.encoding)
        except MlgovError as error:
            self.tell(f"mlgov: {error}")
            return None
        except Exception as error:  # the editor outlives a defect
            log.exception("a look at %s failed", watch.root.folder)
            self.tell(f"mlgov: internal error: {type(error).__name__}: {error}")
            return watch.view

    def _publish(self, _watch: Watch) -> None:
        """Tell the editor what changed; a file may be in several folders."""
        found: dict[str, list[types.Diagnostic]] = {}
        for watch in self.watches.values():
            for path, some in (diagnostics(watch.view, watch.root) if watch.view else {}).items():
                told = found.setdefault(self.uri_of(watch, path), [])
                told += [d for d in some if d not in told]
        for uri in [*found, *(uri for uri in self._published if uri not in found)]:
            if found.get(uri, []) != self._published.get(uri, []):
                document = self.documents.get(uri)
                version = document.version if document else None
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found.get(uri, []), version))
        self._published = found


def folders(params: types.InitializeParams) -> list[str]:
    """The addresses of the folders that an editor begins with."""
    if params.workspace_folders is not None:
        return [folder.uri for folder in params.workspace_folders]
    return [params.root_uri] if params.root_uri else []
