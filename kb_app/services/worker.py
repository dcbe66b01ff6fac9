"""A process that reads documents one after another and knows nothing else: python -m kb_app.services.worker."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import replace
from functools import cache
from pathlib import Path

from kb_app.core.article import Article, SourceFile
from kb_app.core.errors import Refused, UnreadableInput
from kb_app.core.findings import Findings
from kb_app.core.shingles import sketch_of
from kb_app.ingest.articles import to_article
from kb_app.ingest.feeds.table_head import head_of
from kb_app.resources import resource_path
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.confinement import allow_work, confine, private_streams
from kb_app.services.documents import NO_FINDINGS, Order, Reply
from kb_app.services.engine import Engine, load_engine
from kb_app.services.frames import Frame, read_frame, write_frame
from kb_app.services.showing import shown
from kb_app.settings import LEXICONS_VARIABLE

LONG_TEXT = 1_000_000  # characters


def main() -> int:
    """Answer orders until there are no more."""
    orders, answers = private_streams()
    confine()
    while (frame := read_frame(orders)) is not None:
        allow_work()
        write_frame(answers, _answered(frame))
    return 0


def answer(order: Order, data: bytes) -> Reply:
    """Read and extract one document; what is wrong with it becomes a reason."""
    try:
        if order.is_table:
            return Reply(head=head_of(SourceFile(order.name, data, "", order.media_type), order.encoding))
        if order.article is not None:
            return Reply(findings=_extractor().extract(order.article))
        article = _read(order, data)
        return Reply(article=article, findings=_found(article) if order.extract else NO_FINDINGS)
    except UnreadableInput as error:
        return Reply(code=error.code, sentence=error.sentence, refused=isinstance(error, Refused))
    except MemoryError:
        return Reply(code="memory", sentence=f"“{order.name}” takes more memory than a document may.")
    except RecursionError:
        return Reply(code="too-deep", sentence=f"“{order.name}” is nested too deeply to be read.")
    except Exception as error:  # one document that trips a parser must not end the others
        traceback.print_exc()
        sentence = (
            f"“{order.name}” could not be read: the reader stumbled ({type(error).__name__}: {str(error)[:200]})."
        )
        return Reply(code="reader-error", sentence=sentence)


def _answered(frame: Frame) -> Frame:
    order = loads(Order, frame.json)
    try:
        if order.showing is not None:
            reply, pixels = shown(order, order.showing, frame.blob)
            return Frame(dumps(reply), pixels)
        return framed(answer(order, frame.blob))
    except (MemoryError, UnicodeEncodeError, CodecError) as error:
        sentence = f"What was read in “{order.name}” could not be handed over ({type(error).__name__})."
        return Frame(dumps(Reply(code="reader-error", sentence=sentence)))


def framed(reply: Reply) -> Frame:
    """Return an answer as a message, a very long text as bytes: reading it as JSON would hold up all threads."""
    if reply.article is None or len(reply.article.text) < LONG_TEXT:
        return Frame(dumps(reply))
    bare = replace(reply, article=replace(reply.article, text=""), text_follows=True)
    return Frame(dumps(bare), reply.article.text.encode())


def _read(order: Order, data: bytes) -> Article:
    source = SourceFile(order.name, data, order.sha256, order.media_type, order.path)
    article = to_article(source, order.given, order.encoding or None)
    # here and not where articles are kept: there only one is handled at a time
    return replace(article, sketch=sketch_of(article))


def _found(article: Article) -> Findings:
    try:
        return _extractor().extract(article)
    except MemoryError:
        raise
    except Exception as error:  # the article itself is sound: it is kept, and can be extracted from again
        traceback.print_exc()
        why = f"extraction-failed: Nothing could be extracted; the text is kept ({type(error).__name__})."
        return replace(NO_FINDINGS, warnings=(why,))


@cache
def _extractor() -> Engine:
    """Load the engine with the first document to extract."""
    lexicons, own = resource_path("lexicons"), os.environ.get(LEXICONS_VARIABLE)
    return load_engine(lexicons, lexicons.with_name("models"), Path(own) if own else None)


if __name__ == "__main__":
    sys.exit(main())
