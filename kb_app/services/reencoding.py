"""Reads an archived text again in an encoding that a person chose."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from kb_app.core.article import Article, Found, SourceFile
from kb_app.core.encodings import EncodingPreview
from kb_app.core.errors import Refused, UnreadableInput
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.progress import Progress
from kb_app.core.reading import ArticleView
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.ingest.decoding import REPLACEMENT, cleaned
from kb_app.ingest.feed_types import MARKDOWN
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.media_type import HTML, PLAIN_TEXT, XHTML
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.services.documents import Answer, Document, NotUnderstood, Understood
from kb_app.services.outcomes import not_understood, taken, unreadable
from kb_app.services.workers import WorkerPool
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import known_names, save_article
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from kb_app.storage.reading import article_view, original

STEP_SECONDS = 0.05
LINES_SHOWN = 14
_BYTES_SHOWN = 64 * 1024
_LONGEST_LINE = 200
_WRITTEN_IN_CHARACTERS = frozenset({PLAIN_TEXT, HTML, XHTML, MARKDOWN})
_DOUBTS = ("encoding-guessed", "encoding-damaged", "encoding-unknown", "encoding-contradicted")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def is_written_in_characters(media_type: str) -> bool:
    """Tell whether originals of a kind are written in characters of an encoding."""
    return media_type in _WRITTEN_IN_CHARACTERS


def has_encoding(view: ArticleView) -> bool:
    """Tell whether an article's original is written in characters, so that their encoding can be chosen."""
    return is_written_in_characters(view.source.media_type)


def is_doubtful(article: Article) -> bool:
    """Tell whether it is unsure that an article was read in the right encoding."""
    return any(warning.startswith(_DOUBTS) for warning in article.warnings)


@dataclass(frozen=True, slots=True)
class _Again:
    """An article that is read once more, and its bytes."""

    view: ArticleView
    source: SourceFile
    encoding: str

    @property
    def document(self) -> Document:
        """Return the order for a worker."""
        return Document(0, self.source, _given(self.view.article, self.encoding))


class ReencodingService:
    """Reads articles of one knowledge base again.

    What was read first stays as it is, with everything that was found and decided in it: its passages are places in
    its text, and would lead nowhere in another. The new text becomes an article of its own beside it, of the same
    source, as one step that can be taken back.
    """

    def __init__(self, kb: KnowledgeBase, pool_of: Callable[[int], WorkerPool] = WorkerPool) -> None:
        self._kb = kb
        self._pool_of = pool_of

    def preview(self, article: ArticleId, encoding: str) -> EncodingPreview:
        """Show the first lines of an article's original in an encoding, those that tell it first; raises NotFound."""
        data = original(self._kb, article).data
        text = cleaned(data[:_BYTES_SHOWN].decode(encoding, "replace"))[0]
        lines = [line for line in (_TAG.sub(" ", line).strip() for line in text.splitlines()) if line]
        # what is plain ASCII looks the same in nearly all of them
        telling = [line for line in lines if not line.isascii()]
        chosen = (*telling[:LINES_SHOWN], *(line for line in lines if line.isascii()))[:LINES_SHOWN]
        # a character may be cut in two where the piece ends
        unreadable_characters = text.removesuffix(REPLACEMENT).count(REPLACEMENT)
        return EncodingPreview(encoding, tuple(line[:_LONGEST_LINE] for line in chosen), unreadable_characters)

    def run(self, article: ArticleId, encoding: str) -> Generator[Progress, None, ImportReport]:
        """Read an article's original in an encoding and keep it beside the first; raises NotFound, StoreError.

        The one outcome is `duplicate` where the text is the same as before: where the original says itself in which
        encoding it is written, that is believed.
        """
        started = time.monotonic()
        again = self._again(article, encoding)
        with self._pool_of(1) as pool:
            pool.submit(again.document)
            answers: list[Answer] = []
            while not answers:
                yield Progress(0, 1, again.source.name)
                answers.extend(pool.poll(STEP_SECONDS))
        outcome = self._kept(again, answers[0])
        yield Progress(1, 1, again.source.name)
        return ImportReport((outcome,), time.monotonic() - started)

    def _again(self, article: ArticleId, encoding: str) -> _Again:
        view = article_view(self._kb, article)
        if not has_encoding(view):
            raise Refused("no-encoding", f"“{view.source.name}” is not written in characters of an encoding.")
        kept = original(self._kb, article)
        found = view.source
        return _Again(
            view,
            SourceFile(found.name, kept.data, found.sha256, kept.media_type, found.path, found.provenance),
            encoding,
        )

    def _kept(self, again: _Again, answer: Answer) -> InputOutcome:
        name, sha256 = again.source.name, again.source.sha256
        if isinstance(answer, NotUnderstood):
            return not_understood(name, answer, sha256)
        if answer.article.text == again.view.article.text:
            sentence = f"Read as {again.encoding}, “{name}” gives the same text as before, so nothing was changed."
            return InputOutcome(name, InputState.DUPLICATE, "duplicate", sentence, sha256, (again.view.id,))
        operation = begin_import(self._kb, f"Read “{name}” again as {again.encoding}")
        try:
            saved = self._saved(again, answer, operation)
        except UnreadableInput as error:
            return unreadable(name, error, sha256)
        finally:
            finish_import(self._kb, operation)
        return taken(name, sha256, answer.article.warnings, (saved,))

    def _saved(self, again: _Again, answer: Understood, operation: OperationId) -> ArticleId:
        article, findings = answer.article, answer.findings
        resolution = resolve(findings, known_names(self._kb, names_to_look_up(findings, article.text)), article.text)
        return save_article(self._kb, operation, again.source, article, findings, resolution)


def _given(article: Article, encoding: str) -> GivenMetadata:
    """Return what was known of an article from elsewhere when it was imported."""

    def given(found: Found | None) -> str:
        return found.value if found is not None and found.how == IMPORT_METADATA else ""

    known = article.metadata
    dated = known.published is not None and known.published_how == IMPORT_METADATA
    return GivenMetadata(
        published=known.published.edtf if dated and known.published else "",
        publisher=given(known.publisher),
        host=given(known.host),
        source_url=given(known.source_url),
        title=given(known.title),
        byline=given(known.byline),
        encoding=encoding,
    )
