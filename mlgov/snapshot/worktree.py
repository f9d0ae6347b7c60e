"""The files of a git work tree as they lie on disk: tracked ones, and new ones that are not ignored."""

import os

from mlgov.errors import SnapshotError
from mlgov.snapshot import disk
from mlgov.snapshot.folder import FolderTree, open_folder
from mlgov.snapshot.listing import index_entries
from mlgov.snapshot.plumbing import Git, NoGitError
from mlgov.snapshot.repository import Repository
from mlgov.snapshot.survey import Survey
from mlgov.snapshot.tree import Unreadable

_NO_GIT = "git is missing: every file of the folder is listed, ignored ones too"


def open_work_tree(repository: Repository) -> FolderTree:
    """The snapshot of a work tree; without a git program, of everything in its folder, said in a note."""
    git = Git(repository)
    survey = Survey(repository.root, _modified(repository.index_file))
    try:
        entries, others = index_entries(git, untracked=True)
    except NoGitError:
        return open_folder(repository.root, (_NO_GIT,))
    notes = [f"git says: {git.warning}"] if git.warning else []
    for entry in entries:
        survey.add_tracked(entry)
    for path in others:
        survey.add_untracked(path)
    _distrust_converted(git, survey)
    if survey.sparse:
        notes.append(f"sparse checkout: {survey.sparse} tracked files are not on disk")
    algorithm = "sha256" if entries and len(entries[0].blob) == 64 else "sha1"
    return FolderTree(repository.root, survey.keys, survey.found, tuple(notes), algorithm)


def _modified(index_file: str) -> int:
    try:
        return os.stat(index_file).st_mtime_ns
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise SnapshotError(f"{index_file} {disk.reason(error)}") from error


def _distrust_converted(git: Git, survey: Survey) -> None:
    """Forget the keys of files whose bytes on disk are not their blob's: large-file pointers, changed line ends.

    Such a file is clean for git, yet reading it gives other bytes than reading the blob: the sizes tell.
    """
    if not survey.sizes or not _may_convert(git.repository, survey):
        return
    blobs = {path: str(survey.keys[path]).removeprefix("git:") for path in survey.sizes}
    asked = "".join(f"{blob}\n" for blob in set(blobs.values())).encode()
    answer = git.run("cat-file", "--batch-check=%(objectname) %(objectsize)", content=asked, allowed=(0, 1, 128))
    sizes = dict(line.split(" ") for line in answer.decode().splitlines() if line.count(" ") == 1)
    for path, blob in blobs.items():
        if sizes.get(blob) != str(survey.sizes[path]):
            survey.keys[path] = None


def _may_convert(repository: Repository, survey: Survey) -> bool:
    """Whether attributes or settings can make a file on disk differ from its blob."""
    if os.name == "nt" or any(path.rpartition("/")[2] == ".gitattributes" for path in survey.keys):
        return True
    if os.path.exists(os.path.join(repository.common_dir, "info", "attributes")):
        return True
    try:
        settings = disk.read_file(repository.common_dir, "config").lower()
    except Unreadable:
        return True
    return b"autocrlf" in settings or b"eol" in settings
