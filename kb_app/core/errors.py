"""What can go wrong in the world, one class a cause, each with a sentence for the person."""

from __future__ import annotations

from pathlib import Path


class KartotekaError(Exception):
    """A failure of the world, worded for the person; `sentence` names what happened and what was kept."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StoreError(KartotekaError):
    """The knowledge base cannot be opened, read or written."""


class NotAKnowledgeBase(StoreError):
    """The file is no knowledge base of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is not a Kartoteka knowledge base. The file was left as it is.")


class StoreTooNew(StoreError):
    """The file was written by a newer version."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"“{path.name}” was written by a newer Kartoteka (store version {found}; this program reads up to "
            f"{known}). The file was left as it is; please open it with the newer version."
        )


class StoreLocked(StoreError):
    """Another window or program holds the file for writing."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"“{path.name}” is open for writing in {holder}. Nothing was changed.")


class StoreReadOnly(StoreError):
    """The file was opened for reading only and an edit was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is open for reading only, so the change was not made.")


class StoreDamaged(StoreError):
    """The file is damaged."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"“{path.name}” is damaged ({detail}). It was left as it is; a backup can be restored from the File menu."
        )


class NotTakenOver(StoreError):
    """A file that somebody else made holds what a sound one would not."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"“{path.name}” was not taken over: {detail}. The file was left as it is.")


class DiskFull(StoreError):
    """There is no room left to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no room left on the disk of “{path.name}”. The last step was taken back; "
            "everything before it is kept."
        )


class UnreadableInput(KartotekaError):
    """One input could not become an article; the rest goes on. `code` is a stable reason code."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Refused(UnreadableInput):
    """The input is of a kind or size that is not taken."""


class Failed(UnreadableInput):
    """The input should have worked and did not."""


class NotFound(KartotekaError):
    """What was asked for is not in the knowledge base."""
