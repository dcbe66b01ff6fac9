from __future__ import annotations

from kb_app.core.report import InputState
from kb_app.services.importing import ImportRequest
from kb_app.services.opening import sample_files
from kb_app.services.workspace import Workspace
from tests.services.driving import result_of


def test_every_article_of_the_sample_is_imported_with_people_and_events(workspace: Workspace) -> None:
    report = result_of(workspace.importing.run(ImportRequest(sample_files())))
    assert len(report.outcomes) >= 8
    assert {outcome.state for outcome in report.outcomes} == {InputState.IMPORTED}
    totals = workspace.listing.totals()
    assert totals.articles == len(sample_files())
    assert min(totals.people, totals.institutions, totals.events, totals.statements, totals.roles) > 5
