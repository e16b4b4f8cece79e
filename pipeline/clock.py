"""Which stage is running, for whoever waits, and how long each took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, str], None]


class Clock:
    """Seconds by stage: the only part of a run that differs from one to the next."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.subject = "all papers"
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell that a stage begins; add the time until it ends, however it ends."""
        if self._progress is not None:
            self._progress(self.subject, name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
