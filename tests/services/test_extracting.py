from __future__ import annotations

from kb_app.core.entity import EntityType
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import EntityQuery
from kb_app.core.report import InputState
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of

TEXT = PastedText("dam.txt", f"{builders.TITLE}\n\n{builders.BODY}".encode())


def test_an_article_kept_without_findings_gets_them_later(workspace: Workspace) -> None:
    report = result_of(workspace.importing.run(ImportRequest(texts=(TEXT,), jobs=1, extract=False)))
    assert workspace.listing.totals().people == 0
    again = result_of(workspace.extracting.run(report.outcomes[0].articles, jobs=1))
    assert [outcome.state for outcome in again.outcomes] == [InputState.IMPORTED]
    assert workspace.profiles.find("Anna Vela") is not None
    assert result_of(check(workspace.path)).problems == ()


def test_a_second_run_leaves_decisions_alone(workspace: Workspace) -> None:
    report = result_of(workspace.importing.run(ImportRequest(texts=(TEXT,), jobs=1)))
    vela = workspace.profiles.find("Anna Vela")
    assert vela is not None
    workspace.review.judge([ClaimRef(ClaimKind.ENTITY, vela)], Status.CONFIRMED)
    before = workspace.listing.totals()
    result_of(workspace.extracting.run(report.outcomes[0].articles, jobs=1))
    confirmed = workspace.listing.entities(EntityQuery(EntityType.PERSON, status=Status.CONFIRMED), 0, 10)
    assert [row.name for row in confirmed] == ["Anna Vela"]
    assert workspace.listing.totals() == before


def test_no_articles_need_no_work(workspace: Workspace) -> None:
    assert result_of(workspace.extracting.run(())).outcomes == ()
