r"""Text of strangers made harmless: one function for each place where a report is shown.

A checked repository decides about file names, values and messages. Shown as they are, they could move the cursor,
reorder what a reader sees, or start a workflow command: a runner obeys `::name::` at the beginning of a line, after
blanks, and `##[name]` anywhere in it. So what hides is written as an escape (`\x1b`), and a backslash breaks commands.
"""

import re

LIMIT = 1024  # characters of one field; a message of a megabyte helps nobody
LONGEST_PATH = 4096  # of Linux; a path is looked up, so a real one is never cut

# controls, marks that hide or reorder text, line separators, halves of surrogate pairs, tags; joiners are letters' own
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_V2 = re.compile(r"(?:(?<=\s)|^)::")


def shown(text: str) -> str:
    """Text in which nothing hides: for what does, the escape that Python would write for it."""
    return _HIDDEN.sub(_escape, text)


def capped(text: str, limit: int = LIMIT) -> str:
    """At most `limit` characters, the last of them … where some are missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def terminal(text: str) -> str:
    """One line for a terminal or a log: nothing hidden, no line end, no workflow command, not endless."""
    text = shown(capped(text))
    return _V2.sub(r"\\::", text.replace("##[", "##\\["))


def json_text(text: str) -> str:
    """JSON without a workflow command: the same data, since a bracket in a string may be written as an escape."""
    return text.replace("##[", "##\\u005b").replace("\x7f", "\\u007f")


def file_name(path: str) -> str:
    """A path for programs that look it up: as it is, but for bytes that are no text."""
    return capped(path, LONGEST_PATH).encode("utf-8", "backslashreplace").decode()


def uri(path: str) -> str:
    """A path as a relative URI; bytes that are no text are encoded as they are."""
    from urllib.parse import quote

    path = capped(path, LONGEST_PATH)
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(file_name(path))


def annotation(text: str) -> str:
    """The message of a workflow command."""
    return terminal(text).replace("%", "%25")


def annotation_property(text: str) -> str:
    """A property of a workflow command, such as its title."""
    return annotation(text).replace(":", "%3A").replace(",", "%2C")


def annotation_file(path: str) -> str:
    """The path in a workflow command: never shortened or broken, only encoded, because it has to name the file."""
    path = path.encode("utf-8", "backslashreplace").decode()
    coded = path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    return shown(coded).replace("##[", "##\\[")


def _escape(found: "re.Match[str]") -> str:
    return found[0].encode("unicode_escape").decode("ascii")
