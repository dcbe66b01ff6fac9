"""What a worker is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb_app.core.article import Article, OffsetSegment, SourceFile
from kb_app.core.column_mapping import TableHead
from kb_app.core.findings import Findings
from kb_app.core.original import Markup, PictureSize
from kb_app.ingest.given import GivenMetadata

NO_FINDINGS = Findings(engine="none")


@dataclass(frozen=True, slots=True)
class Document:
    """A source to be read, with what else is known of it; `key` comes back with the answer."""

    key: int
    source: SourceFile
    given: GivenMetadata = field(default_factory=GivenMetadata)
    extract: bool = True
    encoding: str = ""  # what a person says it is written in


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that is to be extracted once more."""

    key: int
    name: str
    article: Article


Task = Document | ReadArticle


@dataclass(frozen=True, slots=True)
class Understood:
    """A document read: the article and what was found in it; `packed` is its source as it will be archived."""

    key: int
    article: Article
    findings: Findings
    packed: bytes = b""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A document that came to nothing, with a stable reason code and a sentence for people."""

    key: int
    code: str
    sentence: str
    refused: bool = False


Answer = Understood | NotUnderstood


@dataclass(frozen=True, slots=True)
class Showing:
    """What is to be shown of an original: a page so many pixels wide, or else its markup."""

    encoding: str = ""
    segments: tuple[OffsetSegment, ...] = ()
    characters: int = 0
    page: int = -1
    width: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """The JSON part of a question to a worker: either bytes with these facts follow, or an article."""

    name: str
    sha256: str = ""
    media_type: str = ""
    path: str = ""
    given: GivenMetadata = field(default_factory=GivenMetadata)
    extract: bool = True
    encoding: str = ""
    article: Article | None = None
    showing: Showing | None = None
    is_table: bool = False  # the first bytes of a table follow, whose columns are asked for


@dataclass(frozen=True, slots=True)
class Reply:
    """The JSON part of a worker's answer: an article with findings, what was asked for instead, or a reason."""

    article: Article | None = None
    findings: Findings | None = None
    code: str = ""
    sentence: str = ""
    refused: bool = False
    markup: Markup | None = None
    picture: PictureSize | None = None  # its pixels follow as bytes
    text_follows: bool = False  # the article's text is so long that it follows as bytes
    head: TableHead | None = None
