from __future__ import annotations

import pytest

from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of


def imported(workspace: Workspace, name: str, data: bytes) -> ArticleId:
    report = result_of(workspace.importing.run(ImportRequest(texts=(PastedText(name, data),), jobs=1)))
    return report.outcomes[0].articles[0]


def test_an_original_comes_byte_for_byte_with_the_map_of_its_article(workspace: Workspace) -> None:
    page = f"<html><body><article><p>{builders.BODY}</p></article></body></html>".encode()
    number = imported(workspace, "page.html", page)
    found = workspace.reading.original(number)
    article = workspace.reading.article(number).article
    assert (found.name, found.media_type, found.data) == ("page.html", "text/html", page)
    assert (found.segments, found.characters) == (article.offset_map, len(article.text))


def test_an_article_that_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        workspace.reading.article(ArticleId(99))
