"""An event takes the date of its own clause."""

from __future__ import annotations

from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.builders import article


def test_the_year_since_which_someone_holds_an_office_dates_nothing_else() -> None:
    text = "Minister Anna Morel, who has headed the ministry since 2006, visited Geneva on Saturday."
    events = Extractor(load_lexicons(resource_path("lexicons"))).extract(article(text)).events
    visit = next(event for event in events if "visited" in event.title.lower())
    assert visit.date is not None
    assert visit.date.edtf == "2024-05-04"
