"""What a process that takes containers apart is asked, and what it sends back: one message a member."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb_app.core.article import Provenance
from kb_app.ingest.given import GivenMetadata


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """The container to take apart: a file, or bytes that follow the message."""

    name: str
    media_type: str
    path: str = ""  # the system's bytes as Latin-1, "" where the bytes follow
    given: GivenMetadata = field(default_factory=GivenMetadata)
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The JSON part of what comes back: digest, member (its bytes follow), trouble (`code`), sign of life, or end."""

    name: str = ""
    media_type: str = ""
    given: GivenMetadata = field(default_factory=GivenMetadata)
    provenance: Provenance = field(default_factory=Provenance)
    is_whole: bool = False
    warnings: tuple[str, ...] = ()
    code: str = ""
    sentence: str = ""
    refused: bool = False
    is_alive: bool = False  # nothing came out yet, but more of the container was read
    sha256: str = ""  # of the whole container: comes first
    is_end: bool = False  # with a code: it could not be opened, or not to its end
