"""Which stage is running, for whoever waits, and how long each took."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Progress = Callable[[str, str], None]
# What is told of a paper whose scanned pages are read, with their number so far: each takes seconds.
SCANNED_PAGE = "scanned page"


class Clock:
    """Seconds by stage: the only part of a run that differs from one to the next."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.subject = "all papers"
        self._progress = progress

    def tell(self, subject: str, stage: str) -> None:
        """Tell what is being done to what."""
        if self._progress is not None:
            self._progress(subject, stage)

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add what stages took elsewhere."""
        for name, more in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + more

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell that a stage begins; add the time until it ends, however it ends."""
        self.tell(self.subject, name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add({name: time.perf_counter() - start})
