"""An archived text is read again in another encoding, beside the first."""

from __future__ import annotations

import pytest

from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId
from kb_app.core.report import ImportReport, InputState
from kb_app.ingest.given import GivenMetadata
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.reencoding import has_encoding, is_doubtful
from kb_app.services.workspace import Workspace
from tests.services.driving import result_of

WORDS = "Мост через реку закрыт\n\nМэр Мирнограда Илья Варан сказал в четверг, что мост закрыт до весны.\n\n" * 3
GIVEN = {"bridge": GivenMetadata(publisher="Harbury Post", published="2024-02-09", encoding="cp866")}


def imported(workspace: Workspace, data: bytes, name: str = "bridge.txt") -> ArticleId:
    request = ImportRequest(texts=(PastedText(name, data),), given=GIVEN, jobs=1)
    return result_of(workspace.importing.run(request)).outcomes[0].articles[0]


def again(workspace: Workspace, article: ArticleId, encoding: str) -> ImportReport:
    return result_of(workspace.reencoding.run(article, encoding))


def test_the_new_text_stands_beside_the_old_and_can_be_taken_back(workspace: Workspace) -> None:
    first = imported(workspace, WORDS.encode("cp1251"))
    wrong = workspace.reading.article(first).article
    assert "Мост" not in wrong.text
    outcome = again(workspace, first, "windows-1251").outcomes[0]
    right = workspace.reading.article(outcome.articles[0])
    assert (right.article.text, right.article.encoding) == (WORDS, "cp1251")
    assert right.article.metadata.publisher and right.article.metadata.publisher.value == "Harbury Post"
    assert right.article.metadata.published and right.article.metadata.published.edtf == "2024-02-09"
    assert right.source.id == workspace.reading.article(first).source.id
    assert workspace.reading.article(first).article == wrong
    assert result_of(check(workspace.path)).problems == ()
    workspace.undo.undo()
    assert workspace.listing.totals().articles == 1
    with pytest.raises(NotFound):
        workspace.reading.article(outcome.articles[0])


def test_the_same_text_is_no_second_article(workspace: Workspace) -> None:
    first = imported(workspace, WORDS.encode("utf-8-sig"))
    outcome = again(workspace, first, "koi8-r").outcomes[0]
    assert (outcome.state, outcome.articles) == (InputState.DUPLICATE, (first,))
    assert workspace.listing.totals().articles == 1


def test_a_preview_shows_the_lines_that_tell_the_encoding(workspace: Workspace) -> None:
    data = b"An opening line.\n" + WORDS.encode("cp1251")
    first = imported(workspace, data)
    right = workspace.reencoding.preview(first, "windows-1251")
    assert (right.lines[0], right.unreadable) == ("Мост через реку закрыт", 0)
    assert workspace.reencoding.preview(first, "utf-8").unreadable > 50


def test_an_original_that_is_no_text_has_no_encoding(workspace: Workspace) -> None:
    first = imported(workspace, WORDS.encode())
    view = workspace.reading.article(first)
    assert has_encoding(view)
    assert not is_doubtful(view.article)
    guessed = imported(workspace, (WORDS + "!").encode("cp1251"), "other.txt")
    assert is_doubtful(workspace.reading.article(guessed).article)


def test_an_article_that_is_gone_is_said_to_be_gone(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        again(workspace, ArticleId(99), "utf-8")
