"""Quotations carry where they come from."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Metadata
from kb_app.ui.source_pane.quoting import quotation
from tests.ui.source_pane.articles import TITLE, article


def test_words_are_quoted_with_publisher_title_and_date() -> None:
    words = quotation("“The gates\nwill stay shut.”", article())
    assert words == f"“The gates will stay shut.” — Harbour Courier, {TITLE}, 3 May 2024"


def test_what_is_not_known_is_left_out_or_said() -> None:
    words = quotation("gates", replace(article("Some words here"), metadata=Metadata()))
    assert words == "“gates” — Some words here, no date"
