"""Says on a terminal that long work is going on; elsewhere, and for short work, it says nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

PATIENCE = 2.0  # seconds after which somebody wonders


@contextmanager
def progress(what: str) -> Iterator[None]:
    """While the block runs: `what … 3 s` on stderr, taken away at the end."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done = Event()

    def tell() -> None:
        began, is_told = monotonic(), False
        while not done.wait(1.0 if is_told else PATIENCE):
            is_told = True
            sys.stderr.write(f"\r{what} … {monotonic() - began:.0f} s")
            sys.stderr.flush()
        if is_told:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
