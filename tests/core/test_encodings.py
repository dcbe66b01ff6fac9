"""The encodings on offer are encodings."""

from __future__ import annotations

import codecs

from kb_app.core.encodings import ENCODINGS


def test_every_encoding_on_offer_is_known_and_stands_once() -> None:
    names = [codecs.lookup(name).name for name in ENCODINGS]
    assert len(names) == len(set(names))
