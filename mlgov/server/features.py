"""What an editor may tell or ask, and who answers."""

import os
from typing import Any

from lsprotocol import types

from mlgov.server.actions import KINDS, SHOW, actions
from mlgov.server.completion import completions
from mlgov.server.document import Document
from mlgov.server.hover import hover
from mlgov.server.navigation import definition, references
from mlgov.server.positions import Text
from mlgov.server.root import file_path
from mlgov.server.session import Ask, Session, folders
from mlgov.snapshot import repository_root

_FILES = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]
)
_WATCHED = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
_COMPLETION = types.CompletionOptions(trigger_characters=[" ", "{", "[", ","])
_MADE = ("/.git/", "/node_modules/", "/.venv/", "/__pycache__/")


def session(ask: Ask) -> Session:
    """A conversation that has not begun."""
    made = Session(ask)
    for method, options, answer in (
        (types.INITIALIZE, None, begin),
        (types.INITIALIZED, None, begun),
        (types.TEXT_DOCUMENT_DID_OPEN, None, opened),
        (types.TEXT_DOCUMENT_DID_CHANGE, None, changed),
        (types.TEXT_DOCUMENT_DID_SAVE, None, saved),
        (types.TEXT_DOCUMENT_DID_CLOSE, None, closed),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, None, on_disk),
        (types.WORKSPACE_DID_CREATE_FILES, _FILES, anywhere),
        (types.WORKSPACE_DID_DELETE_FILES, _FILES, anywhere),
        (types.WORKSPACE_DID_RENAME_FILES, _FILES, anywhere),
        (types.TEXT_DOCUMENT_HOVER, None, hovered),
        (types.TEXT_DOCUMENT_DEFINITION, None, defined),
        (types.TEXT_DOCUMENT_REFERENCES, None, referred),
        (types.TEXT_DOCUMENT_COMPLETION, _COMPLETION, completed),
        (types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(KINDS)), offered),
        (types.WORKSPACE_DID_CHANGE_CONFIGURATION, None, configured),
        (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, None, folders_changed),
    ):
        made.feature(method, options)(answer)
    made.command(SHOW)(shown)
    return made


def begin(session: Session, params: types.InitializeParams) -> None:
    """The editor says what it can do and which folders are open."""
    session.opening = folders(params)
    session.said_first = params.initialization_options


async def begun(session: Session, _: types.InitializedParams) -> None:
    """Now the server may speak: it asks for settings and to be told of files, and looks."""
    session.configure(session.said_first)
    able = session.client_capabilities.workspace
    if able and able.did_change_watched_files and able.did_change_watched_files.dynamic_registration:
        asked = types.Registration("mlgov-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _WATCHED)
        session.client_register_capability(types.RegistrationParams([asked]))
    for uri in session.opening:
        session.watch(uri)
    if able and able.configuration:
        await ask_settings(session)


async def ask_settings(session: Session) -> None:
    """Ask the editor for its settings; one that has none keeps those it began with."""
    item = types.ConfigurationItem(section="mlgov")
    said = await session.workspace_configuration_async(types.ConfigurationParams([item]))
    if said and said[0]:
        session.configure(said[0])
        session.touch(delay=0)


async def configured(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """The settings of the editor changed."""
    able = session.client_capabilities.workspace
    if params.settings:
        session.configure(params.settings)
        session.touch(delay=0)
    elif able and able.configuration:
        await ask_settings(session)


def opened(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """A file is open; without any folder its repository is looked at."""
    uri, said = params.text_document.uri, params.text_document
    path = file_path(uri)
    if path is None:
        return
    if not session.opening and session.watch_of(uri) is None and (root := repository_root(os.path.dirname(path))):
        session.watch(session.uri_for(root))
    session.documents[uri] = Document(path, said.text, said.version, os.path.lexists(path))
    session.touch([uri], 0)


def changed(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """Somebody types."""
    uri = params.text_document.uri
    if document := session.documents.get(uri):
        text = session.workspace.get_text_document(uri).source
        session.documents[uri] = document._replace(text=text, version=params.text_document.version, changed=True)
        session.touch([uri])


def saved(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """A file was written to disk."""
    uri = params.text_document.uri
    if document := session.documents.get(uri):
        session.documents[uri] = document._replace(existed=True, changed=False)
        session.touch([uri], 0)


def closed(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """A file is open no more: what is on disk counts."""
    if session.documents.pop(params.text_document.uri, None):
        session.touch([params.text_document.uri], 0)


def on_disk(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk, whoever did it."""
    uris = [event.uri for event in params.changes if not any(part in event.uri for part in _MADE)]
    if uris:
        session.touch(uris)


def anywhere(session: Session, _: Any) -> None:
    """Files were made, moved or deleted in the editor."""
    session.touch()


def folders_changed(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were opened or closed."""
    for folder in params.event.removed:
        session.unwatch(folder.uri)
    for folder in params.event.added:
        session.opening.append(folder.uri)
        session.watch(folder.uri)


async def hovered(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What stands at a position."""
    found = await session.seen(params.text_document.uri)
    return hover(*found, params.position, session.markup) if found else None


async def defined(session: Session, params: types.DefinitionParams) -> list[types.Location]:
    """Where the name at a position is defined."""
    found = await session.seen(params.text_document.uri)
    return definition(*found, params.position) if found else []


async def referred(session: Session, params: types.ReferenceParams) -> list[types.Location]:
    """Every place that speaks about the name at a position."""
    found = await session.seen(params.text_document.uri)
    return references(*found, params.position, params.context.include_declaration) if found else []


async def completed(session: Session, params: types.CompletionParams) -> list[types.CompletionItem]:
    """What may be written at a position; told from the newest view, because nobody waits for proposals."""
    uri = params.text_document.uri
    found = await session.seen(uri, hurried=True)
    document = session.documents.get(uri)
    if not found or not document:
        return []
    view, _, path = found
    return completions(view, path, Text(document.text, session.encoding), params.position)


async def offered(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done about the findings in a range."""
    found = await session.seen(params.text_document.uri)
    if not found:
        return []
    view, root, path = found
    return actions(session.desk(view, root), path, params)


async def shown(session: Session, uri: str, where: list[int]) -> None:
    """Show a place that an action wrote, where the editor can."""
    able = session.client_capabilities.window
    if able and able.show_document and able.show_document.support:
        selection = types.Range(types.Position(*where[:2]), types.Position(*where[2:]))
        await session.window_show_document_async(types.ShowDocumentParams(uri, take_focus=True, selection=selection))
