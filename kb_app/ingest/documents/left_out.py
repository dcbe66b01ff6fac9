"""What a reader of an office document left out of the text or left alone, counted and put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class LeftOut:
    """Counts while a document is read."""

    deletions: int = 0  # tracked
    insertions: int = 0  # tracked; their text is kept
    hidden: int = 0
    comments: int = 0
    outside: int = 0  # parts that lie elsewhere
    embedded: int = 0
    other_parts: int = 0  # of other formats, whose text belongs to the document
    has_macros: bool = False

    def warnings(self) -> Iterator[str]:
        """Yield a warning ("code: sentence") for each that happened."""
        if self.deletions or self.insertions:
            yield (
                f"tracked-changes: {counted(self.deletions, 'tracked deletion')} left out, "
                f"{counted(self.insertions, 'tracked insertion')} kept."
            )
        if self.hidden:
            yield f"hidden-text: {counted(self.hidden, 'hidden passage')} left out."
        if self.comments:
            yield f"comments: {counted(self.comments, 'comment')} left out."
        if self.outside:
            yield f"outside-parts: {counted(self.outside, 'part')} outside the file not fetched."
        if self.embedded:
            yield f"embedded-files: {counted(self.embedded, 'embedded file')} left closed."
        if self.other_parts:
            yield f"other-parts: {counted(self.other_parts, 'part')} in another format not read."
        if self.has_macros:
            yield "active-content: The macros inside it were not touched."


def counted(number: int, noun: str) -> str:
    """Return a number with its noun ("1 comment", "2 comments")."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
