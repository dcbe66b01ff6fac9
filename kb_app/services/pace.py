"""How fast a piece of work goes, and how long the rest of it may take."""

from __future__ import annotations

import time
from collections import deque

from kb_app.core.progress import Progress

_LOOKED_BACK = 30.0  # seconds: the pace of long ago says little about the files that come now
_SECONDS_BEFORE_A_GUESS = 1.0


class Pace:
    """Measures whole steps done against the clock; `total` may grow on the way."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def progress(self, done: int, label: str = "") -> Progress:
        """Return how far the work is, with a guess of the seconds left once there is ground for one."""
        now = time.monotonic()
        if done != self._marks[-1][1]:
            self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _LOOKED_BACK:
            self._marks.popleft()
        since, before = self._marks[0]
        if done <= before or now - since < _SECONDS_BEFORE_A_GUESS:
            return Progress(done, self.total, label)
        return Progress(done, self.total, label, (self.total - done) * (now - since) / (done - before))
