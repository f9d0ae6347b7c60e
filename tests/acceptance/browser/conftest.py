"""One browser for each worker of the tests; every page is opened from a file and must stay alone with it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
FLAGS = ("--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update")
ROOT_ONLY = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


class Opened:
    """A page, and everything that it did beside showing itself."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page, self.wrongs = page, list[str]()
        page.on("console", lambda message: self.wrongs.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.wrongs.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.wrongs.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._asked(request.url, path))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('violation', e.violatedDirective))"
        )
        page.goto(path.as_uri())

    def _asked(self, url: str, path: Path) -> None:
        if url.partition("#")[0] != path.as_uri():
            self.wrongs.append(f"request: {url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; Playwright starts it with a new, empty profile."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=PROGRAM, args=[*FLAGS, *ROOT_ONLY])
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a report in a window of its own; in the end it must have done nothing that a report should not do."""
    opened: list[Opened] = []

    def open_(text: str, **how: Any) -> Page:
        path = tmp_path / f"report {len(opened)}.html"
        path.write_text(text, encoding="utf-8")
        still = {"reduced_motion": "reduce"}  # a page that still scrolls moves away from under the pointer
        opened.append(Opened(browser.new_context(**(still | how)).new_page(), path))
        return opened[-1].page

    yield open_
    wrongs = [wrong for one in opened for wrong in one.wrongs]
    for one in opened:
        one.page.context.close()
    assert wrongs == []
