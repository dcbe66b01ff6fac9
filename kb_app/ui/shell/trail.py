"""The way back and forward through what was visited, as in a browser."""

from __future__ import annotations

from kb_app.ui.shell.places import Location

KEPT = 200


class Trail:
    """Locations in the order of visits, and where one stands among them."""

    def __init__(self) -> None:
        self._visited: list[Location] = []
        self._at = -1

    @property
    def here(self) -> Location | None:
        """Return where one is."""
        return self._visited[self._at] if self._visited else None

    def visit(self, location: Location) -> bool:
        """Go somewhere new, forgetting the way forward; False when one is there already."""
        if location == self.here:
            return False
        del self._visited[self._at + 1 :]
        if self._visited and self._visited[-1] == Location(location.place) and location.entity is not None:
            self._visited.pop()  # a place before it had its first card is nowhere to go back to
        self._visited.append(location)
        del self._visited[:-KEPT]
        self._at = len(self._visited) - 1
        return True

    def can_go(self, step: int) -> bool:
        """Tell whether there is a location so many steps away: -1 is back, 1 forward."""
        return 0 <= self._at + step < len(self._visited)

    def go(self, step: int) -> Location | None:
        """Go back or forward; None where the trail ends."""
        if not self.can_go(step):
            return None
        self._at += step
        return self._visited[self._at]

    def last_in(self, location: Location) -> Location:
        """Return where one was last in the same place, or the location itself."""
        for visited in reversed(self._visited[: self._at + 1]):
            if visited.place is location.place:
                return visited
        return location

    def clear(self) -> None:
        """Forget everything: another knowledge base has other cards."""
        self._visited.clear()
        self._at = -1
