"""The subcommands: the same services as the window, without one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb_app.cli import catalogue
from kb_app.cli.arguments import (
    annotate_arguments,
    articles_arguments,
    base_arguments,
    card_arguments,
    check_arguments,
    export_arguments,
    grade_arguments,
    import_arguments,
    metadata_arguments,
    search_arguments,
    take_over_arguments,
    timeline_arguments,
)
from kb_app.cli.report_command import report, report_arguments
from kb_app.cli.terminal import Terminal
from kb_app.cli.watch_command import watch, watch_arguments
from kb_app.core.column_mapping import mappings_to_json
from kb_app.core.errors import NotFound
from kb_app.core.ids import EntityId
from kb_app.core.profile import EventLine
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, InputState
from kb_app.core.timeline import TimelineQuery
from kb_app.exchange.documents import (
    event_document,
    profile_document,
    report_document,
    search_document,
    totals_document,
)
from kb_app.exchange.explanation import explanation_document
from kb_app.exchange.origin_documents import origins_document, origins_text
from kb_app.exchange.plain_text import event_text, profile_text, report_text, safe, search_text, table_text
from kb_app.ingest.given import load_given
from kb_app.services.annotating import AnnotationService, Explaining
from kb_app.services.checking import check
from kb_app.services.exporting import ExportFormat
from kb_app.services.importing import ImportRequest
from kb_app.services.inspecting import info
from kb_app.services.taking_over import take_over
from kb_app.services.workspace import Workspace

DONE, SOME_FAILED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: how its arguments are read, what it does, what it is good for."""

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Terminal], int]
    purpose: str
    example: str


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.resume == bool(options.paths):
        terminal.complain("Write either PATHs to import or --resume.")
        return WRONG_USE
    request = replace(_request(options), extract=not options.no_extract)
    workspace = Workspace.open(options.kb, create=not options.resume)
    try:
        if not options.resume and not options.mapping:
            request = replace(request, mapping=mappings_to_json(workspace.tables.remembered()))
        report = terminal.drive(_import_steps(workspace, request, options.resume), "Importing")
        where = workspace.path
    finally:
        workspace.close()
    terminal.say({"kb": str(where), **report_document(report)}, report_text(report))
    return _named_failures(report, terminal)


def _request(options: argparse.Namespace) -> ImportRequest:
    return ImportRequest(
        paths=tuple(options.paths),
        given=load_given(options.metadata) if options.metadata else {},
        jobs=options.jobs,
        encoding=options.encoding or "",
        mapping=options.mapping or "",
        ocr=bool(options.ocr),
        ocr_languages=options.ocr or "",
    )


def _import_steps(
    workspace: Workspace, request: ImportRequest, resume: bool
) -> Generator[Progress, None, ImportReport]:
    if not resume:
        return (yield from workspace.importing.run(request))
    stopped = workspace.importing.unfinished()
    if stopped is None:
        return ImportReport()
    return (yield from workspace.importing.go_on(stopped.operation, request.jobs))


def _annotate(options: argparse.Namespace, terminal: Terminal) -> int:
    explaining = Explaining(options.explain) if options.explain is not None else None
    report = terminal.drive(AnnotationService().run(_request(options), options.out, explaining), "Annotating")
    asked = explaining.kept() if explaining is not None else ()
    document = {"out": str(options.out), **report_document(report)}
    if options.explain:
        document["explained"] = [
            {"input": article.input, "findings": [explanation_document(one) for one in article.told]}
            for article in asked
        ]
    told = [f"{safe(article.input)}\n\n{article.text}" for article in asked]
    terminal.say(document, "\n".join([*told, report_text(report)]))
    return _named_failures(report, terminal)


def _named_failures(report: ImportReport, terminal: Terminal) -> int:
    bad = [o for o in report.outcomes if o.state in (InputState.REFUSED, InputState.FAILED)]
    for outcome in bad:
        terminal.complain(f"{outcome.input}: {outcome.state.value} ({outcome.code}): {outcome.sentence}")
    return SOME_FAILED if bad else DONE


def _card(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        profile = workspace.profiles.profile(_named(workspace, options.name), options.limit)
    terminal.say(profile_document(profile), profile_text(profile))
    return DONE


def _timeline(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        actor = _named(workspace, options.actor) if options.actor else None
        query = TimelineQuery(entity=actor, first=options.first, last=options.last)
        dated, undated = workspace.timelines.events(query), len(workspace.timelines.timeline(query).undated_ids)
    document = {
        "events": [event_document(event) for event in dated],
        "totals": {"dated": len(dated), "undated": undated},
    }
    terminal.say(document, _timeline_text(dated, undated))
    return DONE


def _timeline_text(events: Sequence[EventLine], undated: int) -> str:
    lines = [event_text(event) for event in events]
    return "\n".join([*lines, f"{len(events)} dated, {undated} without a date"])


def _origins(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        origins, passages = terminal.drive(workspace.origins.survey(), "Comparing")
    terminal.say(origins_document(origins, passages), origins_text(origins, passages))
    return DONE


def _search(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        results = workspace.search.search(options.query, options.limit)
    terminal.say(search_document(results), search_text(results))
    return DONE


def _info(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        found = info(workspace.kb)
    totals = totals_document(found.totals)
    versions = {"program": found.program, "store": found.store_version, "sqlite": found.sqlite}
    sizes = {"file": found.size, "log": found.log_size}
    rows = [("file", safe(found.path)), *((name, f"{count:,}") for name, count in totals.items())]
    rows += [(f"version of {name}", str(version)) for name, version in versions.items()]
    rows.append(("size", f"{found.size / 1024 / 1024:,.1f} MB"))
    rows += [("caution", safe(found.caution))] if found.caution else []
    document = {
        "file": found.path,
        "totals": totals,
        "versions": versions,
        "bytes": sizes,
        "caution": found.caution or None,
    }
    terminal.say(document, table_text(rows))
    return DONE


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    report = terminal.drive(check(options.file), "Checking")
    problems = [{"kind": problem.kind, "sentence": problem.sentence} for problem in report.problems]
    counts = dict(report.counts)
    lines = [f"{problem['kind']}: {safe(str(problem['sentence']))}" for problem in problems]
    checked = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    lines.append(f"{checked}: " + (f"{len(problems)} problems" if problems else "all is as it should be"))
    terminal.say({"ok": not problems, "problems": problems, "counts": counts}, "\n".join(lines))
    return SOME_FAILED if problems else DONE


def _take_over(options: argparse.Namespace, terminal: Terminal) -> int:
    taken = terminal.drive(take_over(options.file, options.out), "Taking over")
    rows = dict(taken.rows)
    lines = [f"{safe(str(options.file))} is sound; {sum(rows.values()):,} records were taken over into {taken.path}"]
    if taken.log_left:
        lines.append("A log lay beside the file: changes that were only in it are not part of the copy.")
    terminal.say({"kb": str(taken.path), "records": rows, "log_left": taken.log_left}, "\n".join(lines))
    return DONE


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    with _reading(options.kb) as workspace:
        files = terminal.drive(workspace.exporting.run(ExportFormat(options.format), options.out), "Exporting")
    names = [str(file) for file in files]
    terminal.say({"files": names}, "\n".join(f"wrote {safe(name)}" for name in names))
    return DONE


def _reading(path: Path) -> Workspace:
    return Workspace.open(path, read_only=True)


def _named(workspace: Workspace, name: str) -> EntityId:
    found = workspace.profiles.find(name)
    if found is None:
        raise NotFound(f"There is nobody and nothing called “{name}” in “{workspace.path.name}”.")
    return found


COMMANDS = {
    "import": Command(
        import_arguments,
        _import,
        "Import files, folders and what archives hold into a knowledge base, which is made if there is none.",
        "kb-app import ~/articles --kb case.kb --metadata known.json",
    ),
    "watch": Command(
        watch_arguments,
        watch,
        "Import the files that appear in a folder, each once it is whole, until interrupted (Ctrl+C).",
        "kb-app watch ~/clippings --kb case.kb",
    ),
    "annotate": Command(
        annotate_arguments,
        _annotate,
        "Extract without a knowledge base: one JSON file an article.",
        'kb-app annotate ~/articles --out annotated --explain "gate logs"',
    ),
    "card": Command(
        card_arguments,
        _card,
        "Print a profile card with its citations.",
        'kb-app card "Gennady Korvath" --kb case.kb',
    ),
    "timeline": Command(
        timeline_arguments,
        _timeline,
        "Print dated events in order, and how many have no date.",
        'kb-app timeline --kb case.kb --actor "Interior Ministry" --from 2025-03-05 --to 2025-03-14',
    ),
    "origins": Command(
        base_arguments,
        _origins,
        "Print which articles tell the same report, and which passages reports share.",
        "kb-app origins --kb case.kb --json",
    ),
    "search": Command(
        search_arguments,
        _search,
        "Search names and full text.",
        'kb-app search "gate logs" --kb case.kb --limit 5',
    ),
    "articles": Command(
        articles_arguments,
        catalogue.list_articles,
        "List articles with metadata, grade and where they came from.",
        "kb-app articles --kb case.kb --undated",
    ),
    "grade": Command(
        grade_arguments,
        catalogue.grade,
        "Grade a publisher (A to F) or an article (1 to 6) by the Admiralty scale.",
        'kb-app grade "Quay Gazette" B --kb case.kb',
    ),
    "metadata": Command(
        metadata_arguments,
        catalogue.correct,
        "Correct the metadata of articles, all in one step that can be taken back.",
        'kb-app metadata 12 13 --set "published=3 Sep 2020" --set "publisher=Quay Gazette" --kb case.kb',
    ),
    "report": Command(
        report_arguments,
        report,
        "Print what became of each input of an import, export it as a table, or import chosen ones once more.",
        "kb-app report --kb case.kb --state failed --state refused --csv left.csv",
    ),
    "info": Command(
        base_arguments,
        _info,
        "Print totals, versions and sizes of a knowledge base.",
        "kb-app info --kb case.kb --json",
    ),
    "check": Command(
        check_arguments,
        _check,
        "Check whether everything in a knowledge base is as it should be; exit code 1 when it is not.",
        "kb-app check case.kb",
    ),
    "take-over": Command(
        take_over_arguments,
        _take_over,
        "Check a knowledge base that somebody else made and copy what it holds into one of your own.",
        "kb-app take-over received.kb --out mine.kb",
    ),
    "export": Command(
        export_arguments,
        _export,
        "Write a whole knowledge base for other programs.",
        "kb-app export csv --kb case.kb --out tables",
    ),
}
