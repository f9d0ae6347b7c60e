"""Text follows the screen: its width and its colours, as a real terminal tells them."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="terminals of this kind exist on POSIX systems")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
COMMAND = [sys.executable, "-m", "mlgov", "check", str(EXAMPLES / "churn-broken")]
CODES = re.compile(r"\x1b\[[0-9;]*m")


def clean(**more: str) -> dict[str, str]:
    """The environment without anything that speaks about screens."""
    names = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "LINES")
    return {key: value for key, value in os.environ.items() if key not in names} | {"TERM": "xterm"} | more


def on_a_terminal(columns: int, *arguments: str, **environment: str) -> str:
    """What a terminal of this width receives."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen([*COMMAND, *arguments], stdout=theirs, stderr=theirs, env=clean(**environment)) as process:
        os.close(theirs)
        received = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            received += part
        process.wait()
    os.close(ours)
    return received.decode().replace("\r\n", "\n").rpartition("\r\x1b[K")[2]  # without the line that shows progress


def piped(*arguments: str, **environment: str) -> str:
    run = subprocess.run([*COMMAND, *arguments], env=clean(**environment), capture_output=True, text=True)
    return run.stdout


def widest(text: str) -> int:
    """The longest line of a frame."""
    return max(len(line) for line in CODES.sub("", text).splitlines() if re.match(r" *\d* \|", line))


@pytest.mark.parametrize("columns", [50, 140])
def test_frames_are_as_wide_as_the_terminal(columns: int) -> None:
    text = on_a_terminal(columns)
    assert columns - 15 < widest(text) <= columns
    assert widest(on_a_terminal(columns, COLUMNS="70")) <= 70


def test_a_terminal_has_colours_and_a_pipe_has_none() -> None:
    assert CODES.search(on_a_terminal(100))
    assert not CODES.search(piped())
    assert CODES.sub("", on_a_terminal(100)) == piped()


def test_what_users_say_about_colours_is_heeded() -> None:
    assert not CODES.search(on_a_terminal(100, NO_COLOR="1"))
    assert not CODES.search(on_a_terminal(100, TERM="dumb"))
    assert not CODES.search(on_a_terminal(100, "--color", "never", FORCE_COLOR="1"))
    assert CODES.search(piped(FORCE_COLOR="1"))
    assert CODES.search(piped("--color", "always", NO_COLOR="1"))
    assert not CODES.search(piped(NO_COLOR="1", FORCE_COLOR="1"))
    assert CODES.search(on_a_terminal(100, NO_COLOR=""))


def test_a_file_has_neither_colours_nor_the_width_of_the_terminal(tmp_path: Path) -> None:
    on_a_terminal(50, "-o", f"text={tmp_path / 'report.txt'}", FORCE_COLOR="1")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert not CODES.search(text)
    assert 90 < widest(text) <= 100
