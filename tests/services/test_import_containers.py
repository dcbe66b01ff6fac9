from __future__ import annotations

import subprocess
import sys
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest

from kb_app.core.ids import OperationId
from kb_app.core.report import ImportReport, InputState, OutcomeQuery
from kb_app.services import import_run, unpacking
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest, ImportService
from kb_app.services.workspace import Workspace
from kb_app.storage.import_log import outcomes_within
from tests import builders
from tests.benchmarks.corpus import as_page, story
from tests.benchmarks.original_files import warc_record
from tests.conftest import PROJECT_ROOT
from tests.ingest.archives.containers import zipped
from tests.ingest.archives.warcs import Capture, warc
from tests.ingest.mail.mails import STORY, mail
from tests.ingest.pages import modern_page
from tests.services.driving import result_of


def text(number: int) -> bytes:
    return f"{builders.TITLE}\n\n{builders.BODY}\n\nReport number {number}.\n".encode()


def run(workspace: Workspace, *paths: Path) -> ImportReport:
    return result_of(workspace.importing.run(ImportRequest(paths, jobs=1, extract=False)))


def states(report: ImportReport) -> dict[str, tuple[InputState, str]]:
    return {Path(o.input).name: (o.state, o.code) for o in report.outcomes}


def test_what_a_container_holds_is_imported_with_the_way_to_it(workspace: Workspace, tmp_path: Path) -> None:
    inner = zipped(("c.txt", text(3)), ("junk.bin", bytes(range(256)) * 40))
    path = tmp_path / "news.zip"
    path.write_bytes(zipped(("a.txt", text(1)), ("inner.zip", inner), ("again.txt", text(1)), ("b.txt", text(2))))
    report = run(workspace, path)
    assert states(report) == {
        "news.zip": (InputState.IMPORTED, ""),
        "a.txt": (InputState.IMPORTED, ""),
        "again.txt": (InputState.DUPLICATE, "duplicate"),
        "b.txt": (InputState.IMPORTED, ""),
        "inner.zip": (InputState.WITH_WARNINGS, "members"),
        "c.txt": (InputState.IMPORTED, ""),
        "junk.bin": (InputState.REFUSED, "binary"),
    }
    by_name = {Path(o.input).name: o for o in report.outcomes}
    assert by_name["c.txt"].parent == by_name["inner.zip"].id
    assert by_name["inner.zip"].parent == by_name["news.zip"].id
    assert "3 taken" in by_name["news.zip"].sentence and "1 already there" in by_name["news.zip"].sentence
    found = workspace.kb.database.execute_sql("SELECT container, container_sha256, path FROM source ORDER BY id")
    rows = found.fetchall()
    assert ("news.zip › inner.zip › c.txt", by_name["news.zip"].sha256, str(path)) in rows
    assert len(rows) == 3
    assert result_of(check(workspace.path)).problems == ()


def test_nesting_without_end_is_refused_and_the_rest_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    data = text(0)
    for number in range(6):
        data = zipped(("deeper.zip" if number else "deepest.txt", data), (f"{number}.txt", text(number + 1)))
    (tmp_path / "deep.zip").write_bytes(data)
    report = run(workspace, tmp_path / "deep.zip")
    assert [o.code for o in report.outcomes if o.state is InputState.REFUSED] == ["archive-depth"]
    assert workspace.listing.totals().articles == 4


@pytest.mark.parametrize(("limit", "code"), [("members", "too-many-members"), ("expanded", "archive-size")])
def test_too_much_of_one_container_ends_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, code: str
) -> None:
    few = {"members": 5} if limit == "members" else {"expanded": 6_000}
    monkeypatch.setattr(unpacking, "Allowance", partial(unpacking.Allowance, **few))
    inner = zipped(*((f"{n}.txt", text(n)) for n in range(10)))
    (tmp_path / "much.zip").write_bytes(zipped(("inner.zip", inner), ("after.txt", text(11))))
    (tmp_path / "other.txt").write_bytes(text(12))
    report = run(workspace, tmp_path)
    found = states(report)
    assert found["other.txt"][0] is InputState.IMPORTED
    assert found["much.zip"] == (InputState.WITH_WARNINGS, code)
    assert "after.txt" not in found
    assert not workspace.import_log.counts(OperationId(1)).get(InputState.WAITING)


def test_a_broken_container_is_named_and_stops_no_other(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + b"x" * 400)
    (tmp_path / "b.zip").write_bytes(zipped())
    (tmp_path / "c.txt").write_bytes(text(1))
    report = run(workspace, tmp_path)
    assert states(report) == {
        "a.zip": (InputState.FAILED, "corrupt"),
        "b.zip": (InputState.REFUSED, "empty"),
        "c.txt": (InputState.IMPORTED, ""),
    }


def test_a_container_stopped_half_way_is_not_reported_twice(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        import_run, "FEEDING_SECONDS", 0.001
    )  # or a quick machine takes the last of it in the same step
    monkeypatch.setattr(import_run, "WRITING_SECONDS", 0.001)
    inner = zipped(*((f"in-{n}.txt", text(100 + n)) for n in range(20)))
    path = tmp_path / "news.zip"
    path.write_bytes(zipped(*((f"{n}.txt", text(n)) for n in range(20)), ("inner.zip", inner), ("last.txt", text(200))))
    service = ImportService(workspace.kb)
    steps = service.run(ImportRequest((path,), jobs=1, extract=False))
    while next(steps).done < 25:
        pass
    steps.close()
    stopped = service.unfinished()
    assert stopped is not None
    before = workspace.listing.totals().articles
    assert 20 < before < 41
    report = result_of(service.go_on(stopped.operation))
    assert service.unfinished() is None
    assert workspace.listing.totals().articles == 41
    assert {o.state for o in report.outcomes} == {InputState.IMPORTED}
    assert len(report.outcomes) == 43
    (outer,) = (o for o in report.outcomes if o.parent is None)
    assert len(outcomes_within(workspace.kb, outer.id)) == 22
    assert "21 taken" in outer.sentence or "22 taken" in outer.sentence
    workspace.undo.undo()
    assert workspace.listing.totals().articles == 0
    assert workspace.kb.database.execute_sql("SELECT count(*) FROM source").fetchone() == (0,)


def test_the_same_bytes_from_elsewhere_add_the_place(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text(1))
    (tmp_path / "b.zip").write_bytes(zipped(("copy.txt", text(1))))
    run(workspace, tmp_path / "a.txt")
    run(workspace, tmp_path / "b.zip")
    run(workspace, tmp_path / "b.zip")
    rows = workspace.kb.database.execute_sql("SELECT name, path, container FROM source_address").fetchall()
    assert rows == [("copy.txt", str(tmp_path / "b.zip"), "b.zip › copy.txt")]
    workspace.undo.undo()
    assert workspace.kb.database.execute_sql("SELECT count(*) FROM source_address").fetchone() == (0,)


def test_chosen_rows_are_tried_again_in_another_way(workspace: Workspace, tmp_path: Path) -> None:
    told = "Мэр города встретил гостей у моста и показал им старую плотину. " * 20
    (tmp_path / "old.txt").write_bytes(told.encode("cp1251"))
    (tmp_path / "fine.txt").write_bytes(text(1))
    (old,) = run(workspace, tmp_path / "old.txt", tmp_path / "fine.txt").outcomes[:1]
    again = result_of(workspace.importing.retry([old.id], ImportRequest(jobs=1, extract=False, encoding="koi8-r")))
    (settled,) = again.outcomes
    assert settled.state in (InputState.IMPORTED, InputState.WITH_WARNINGS)
    assert settled.articles != old.articles
    read = workspace.reading.article(settled.articles[0]).article.text
    assert told.encode("cp1251").decode("koi8-r").split()[3] in read
    (third,) = result_of(
        workspace.importing.retry([old.id], ImportRequest(jobs=1, extract=False, encoding="koi8-r"))
    ).outcomes
    assert (third.state, third.articles) == (InputState.DUPLICATE, settled.articles)


def test_the_log_is_paged_filtered_and_written_as_harmless_csv(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "=1+1.zip").write_bytes(zipped(("+evil.txt", text(1)), ("empty.txt", b"  ")))
    run(workspace, tmp_path / "=1+1.zip")
    (summary,) = workspace.import_log.imports()
    assert (summary.total, summary.is_finished) == (3, True)
    query = OutcomeQuery(summary.operation, text="EVIL")
    (row,) = workspace.import_log.outcomes(query, 0, 10)
    assert (row.input, workspace.import_log.outcome_count(query)) == ("+evil.txt", 1)
    refused = OutcomeQuery(summary.operation, (InputState.REFUSED,))
    assert [o.input for o in workspace.import_log.outcomes(refused, 0, 10)] == ["empty.txt"]
    lines = workspace.import_log.export_outcomes(OutcomeQuery(summary.operation)).decode("utf-8-sig").splitlines()
    assert lines[2].startswith("imported,'+evil.txt,")
    assert len(lines) == 4


def test_an_unfinished_import_can_be_given_up(workspace: Workspace, tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(text(number))
    steps = workspace.importing.run(ImportRequest((tmp_path,), jobs=1, extract=False))
    while next(steps).done < 1:
        pass
    steps.close()
    stopped = workspace.importing.unfinished()
    assert stopped is not None and stopped.count(InputState.WAITING) > 0
    workspace.importing.give_up(stopped.operation)
    assert workspace.importing.unfinished() is None
    assert InputState.WAITING not in workspace.import_log.counts(stopped.operation)


def test_taking_an_unfinished_import_back_ends_it(workspace: Workspace, tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(text(number))
    steps = workspace.importing.run(ImportRequest((tmp_path,), jobs=1, extract=False))
    while next(steps).done < 1:
        pass
    steps.close()
    workspace.undo.undo()
    assert workspace.importing.unfinished() is None
    assert workspace.listing.totals().articles == 0


def test_an_attachment_knows_the_mail_that_it_came_with(workspace: Workspace, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ilka Varany <ilka@courier.example>", "The gates of Mirenz"
    message["Date"] = "Mon, 06 May 2024 07:08:09 +0000"
    message.set_content(f"{builders.BODY}\n\nThe report is attached.\n")
    message.add_attachment(text(7), maintype="text", subtype="plain", filename="report.txt")
    (tmp_path / "story.eml").write_bytes(bytes(message))
    (tmp_path / "mails.zip").write_bytes(zipped(("story.eml", bytes(message))))
    report = run(workspace, tmp_path / "story.eml", tmp_path / "mails.zip")
    assert workspace.listing.totals().articles == 2
    sql = "SELECT child.name, mail.media_type FROM source child JOIN source mail ON mail.id = child.parent_id"
    assert workspace.kb.database.execute_sql(sql).fetchall() == [("report.txt", "message/rfc822")]
    counted = {state: report.count(state) for state in InputState if report.count(state)}
    assert counted == {InputState.IMPORTED: 5, InputState.DUPLICATE: 2}


def test_a_web_archive_gives_its_pages_with_address_and_time(workspace: Workspace, tmp_path: Path) -> None:
    with (tmp_path / "crawl.warc").open("wb") as stream:
        for number in range(3):
            stream.write(warc_record(f"https://news.example/{number}", as_page(story(number))))
    report = run(workspace, tmp_path / "crawl.warc")
    assert report.count(InputState.IMPORTED) + report.count(InputState.WITH_WARNINGS) == 4
    rows = workspace.kb.database.execute_sql("SELECT address, captured_at, how FROM source ORDER BY id").fetchall()
    assert {row[0] for row in rows} == {f"https://news.example/{number}" for number in range(3)}
    assert {row[1][:19] for row in rows} == {"2024-05-06T07:08:09"}


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems tell memory differently")
def test_memory_stays_bounded_however_large_a_container_is(tmp_path: Path) -> None:
    page = as_page(story(1))
    with (tmp_path / "large.warc").open("wb") as stream:
        for number in range(4):
            stream.write(warc_record(f"https://news.example/{number}", as_page(story(number))))
            film = "x" * 80_000_000
            stream.write(warc_record(f"https://news.example/{number}.mp4", film).replace(b"text/html", b"video/mp4", 1))
        stream.write(warc_record("https://news.example/last", page.replace("Report", "Last report")))
    command = [sys.executable, "-c", IMPORT_AND_TELL_MEMORY, str(tmp_path / "case.kb"), str(tmp_path / "large.warc")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_ROOT)
    articles, megabytes = map(float, told.stdout.split())
    assert articles == 5
    assert megabytes < 150


IMPORT_AND_TELL_MEMORY = """
import os, pathlib, sys
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from tests.benchmarks.figures import resident_mb
with Workspace.open(pathlib.Path(sys.argv[1]), create=True) as workspace:
    for step in workspace.importing.run(ImportRequest((pathlib.Path(sys.argv[2]),), jobs=1, extract=False)):
        pass
    print(workspace.listing.totals().articles, resident_mb(os.getpid(), "VmHWM"))
"""


def test_an_attachment_of_a_mail_without_words_has_a_mail_to_belong_to(workspace: Workspace, tmp_path: Path) -> None:
    letter = mail(subject="Pier closed")
    letter.set_content("")
    letter.add_attachment(text(1), maintype="text", subtype="plain", filename="report.txt")
    (tmp_path / "a.eml").write_bytes(bytes(letter))
    report = run(workspace, tmp_path / "a.eml")
    assert [(o.input, o.code) for o in report.outcomes if o.parent] == [("a.eml", "no-mail-text"), ("report.txt", "")]
    bare, attached = (o.articles[0] for o in report.outcomes if o.parent)
    assert [one.id for one in workspace.reading.source(bare).attachments] == [attached]
    assert result_of(check(workspace.path)).problems == ()


def test_a_web_archive_says_what_it_also_held_and_an_attached_mail_knows_its_mail(
    workspace: Workspace, tmp_path: Path
) -> None:
    letter = mail(STORY)
    letter.add_attachment(mail(text(1).decode(), subject="Older"))
    (tmp_path / "a.eml").write_bytes(letter.as_bytes())
    (tmp_path / "c.warc.gz").write_bytes(warc(Capture(body=modern_page().encode()), packed=True))
    report = run(workspace, tmp_path)
    assert {outcome.state for outcome in report.outcomes} == {InputState.IMPORTED}
    [crawl] = [outcome for outcome in report.outcomes if outcome.input.endswith("c.warc.gz")]
    assert "1 taken" in crawl.sentence and "1 record that is no page" in crawl.sentence
    found = workspace.kb.database.execute_sql(
        "SELECT inner.how, outer.name FROM source AS inner JOIN source AS outer ON outer.id = inner.parent_id"
    )
    assert found.fetchall() == [("attachment", "a.eml")]
    assert result_of(check(workspace.path)).problems == ()
