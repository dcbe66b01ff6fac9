from __future__ import annotations

import pytest

from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of

PAGE = (
    f"<html><head><title>{builders.TITLE}</title><script>alert(1)</script></head><body onload='x()'>"
    f"<article><p>{builders.BODY}</p><img src='https://example.invalid/p.png'></article></body></html>"
)


def imported(workspace: Workspace, name: str, data: bytes) -> ArticleId:
    report = result_of(workspace.importing.run(ImportRequest(texts=(PastedText(name, data),), jobs=1)))
    return report.outcomes[0].articles[0]


def test_an_archived_page_is_shown_without_what_runs_or_fetches(workspace: Workspace) -> None:
    shown = workspace.reading.original_html(imported(workspace, "page.html", PAGE.encode()))
    assert "Anna Vela" in shown
    assert not any(word in shown for word in ("script", "onload", "https://", "<img"))


def test_an_archived_text_is_shown_as_it_is(workspace: Workspace) -> None:
    shown = workspace.reading.original_html(imported(workspace, "a.txt", f"<b> & {builders.BODY}".encode()))
    assert shown.startswith("<pre>&lt;b&gt; &amp; Justice Minister")


def test_an_article_that_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        workspace.reading.article(ArticleId(99))
