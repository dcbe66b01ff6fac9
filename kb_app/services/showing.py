"""What a worker does to show an archived original: draw one of its pages, or clean its markup."""

from __future__ import annotations

import traceback

from kb_app.core.article import SourceFile
from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.original_markup import original_markup
from kb_app.ingest.page_picture import page_picture
from kb_app.services.documents import Order, Reply, Showing


def shown(order: Order, showing: Showing, data: bytes) -> tuple[Reply, bytes]:
    """Return the reply and the pixels that go with it; what is wrong with the original becomes a reason."""
    source = SourceFile(order.name, data, order.sha256, order.media_type)
    try:
        if showing.page >= 0:
            picture = page_picture(source, showing.page, showing.width)
            return Reply(picture=picture.size), picture.pixels
        return Reply(markup=original_markup(source, showing.encoding, showing.segments, showing.characters)), b""
    except UnreadableInput as error:
        return Reply(code=error.code, sentence=error.sentence, refused=isinstance(error, Refused)), b""
    except Exception as error:  # a library that stumbles over a hostile file must not end the process
        traceback.print_exc()
        sentence = f"“{order.name}” cannot be shown: the reader stumbled ({type(error).__name__}: {str(error)[:200]})."
        return Reply(code="reader-error", sentence=sentence), b""
