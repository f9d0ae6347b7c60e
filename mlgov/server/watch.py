"""One folder under watch: looks again after a pause in typing, and at once for whoever asks."""

import asyncio
from collections.abc import Awaitable, Callable

from mlgov.recollection import Recollection
from mlgov.server.root import Root
from mlgov.server.view import View


class Watch:
    """A root with its newest view.

    look: makes a view of the root; publish: is told of each view that is still up to date when it is ready.
    """

    def __init__(
        self, root: Root, look: Callable[["Watch"], Awaitable[View | None]], publish: Callable[["Watch"], None]
    ) -> None:
        self.root, self.known = root, Recollection()
        self.view: View | None = None
        self._look, self._publish = look, publish
        self._changes, self._seen = 1, 0
        self._timer: asyncio.TimerHandle | None = None
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[View | None]] = set()

    def touch(self, delay: float) -> None:
        """Something changed: look again, `delay` seconds after the last change."""
        self._changes += 1
        self.close()
        self._timer = asyncio.get_running_loop().call_later(delay, self._start)

    def close(self) -> None:
        """Look no more by itself."""
        if self._timer:
            self._timer.cancel()

    def _start(self) -> None:
        task = asyncio.ensure_future(self.fresh())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def fresh(self) -> View | None:
        """A view of everything that changed until now; None where none could be made."""
        async with self._lock:
            if self._seen != self._changes:
                now = self._changes
                self.view = await self._look(self)
                self._seen = now
                if now == self._changes:
                    self._publish(self)
        return self.view

    async def latest(self) -> View | None:
        """The newest view, even while the file is changed: for what must be told while somebody types."""
        return self.view or await self.fresh()
