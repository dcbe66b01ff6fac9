"""The names that an archive gives its members: shown to people, never used as paths."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from kb_app.ingest.reading import PAGE_ENDINGS, is_companion, is_hidden, is_junk, visible

_LONGEST_SHOWN = 300
_END_SHOWN = 60
_DRIVE = re.compile(r"[A-Za-z]:")
_APART = re.compile(r"[/\\]")


def shown(name: str) -> str:
    """Return a name in which every character can be seen; a very long one is shortened in the middle."""
    seen = visible(name) or "(no name)"
    return seen if len(seen) <= _LONGEST_SHOWN else f"{seen[: _LONGEST_SHOWN - _END_SHOWN]}…{seen[-_END_SHOWN:]}"


def name_warnings(name: str) -> tuple[str, ...]:
    """Return the warning that a name leads out of the archive, if it does."""
    leads_out = ".." in _APART.split(name) or name.startswith(("/", "\\")) or _DRIVE.match(name)
    if not leads_out:
        return ()
    return (f"member-name: the name “{shown(name)}” leads out of the archive; it was not used as a path.",)


class Furniture:
    """Knows which members an archive holds beside its documents: hidden files, junk, the parts of saved pages."""

    def __init__(self, names: Iterable[str]) -> None:
        self._pages: dict[PurePosixPath, set[str]] = defaultdict(set)
        for path in map(PurePosixPath, names):
            if path.suffix.lower() in PAGE_ENDINGS:
                self._pages[path.parent].add(path.stem)

    def holds(self, name: str) -> bool:
        """Tell whether a member is left out, as it would be in a folder."""
        path = PurePosixPath(name)
        if any(is_junk(part) or (part != ".." and is_hidden(part)) for part in path.parts):
            return True
        return any(is_companion(folder.name, self._pages.get(folder.parent, set())) for folder in path.parents)
