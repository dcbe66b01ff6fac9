"""The subcommand that prints, exports and retries what became of the inputs of imports."""

from __future__ import annotations

import argparse
from pathlib import Path

from kb_app.cli.arguments import base_arguments, jobs
from kb_app.cli.terminal import Terminal
from kb_app.core.report import TROUBLE_STATES, ImportReport, InputState, OutcomeQuery
from kb_app.exchange.documents import import_document, report_document
from kb_app.exchange.plain_text import outcomes_text, report_text
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace


def report_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what report takes."""
    parser.add_argument("--all", action="store_true", help="of all imports, not only of the latest")
    parser.add_argument(
        "--state",
        dest="states",
        action="append",
        default=[],
        choices=[state.value for state in InputState],
        metavar="STATE",
        help=f"only inputs in this state, may be given again: {', '.join(InputState)}",
    )
    parser.add_argument("--containing", default="", metavar="WORDS", help="only those with words in name or reason")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the rows as a table")
    parser.add_argument("--retry", action="store_true", help="import these once more (those refused or failed)")
    parser.add_argument("--jobs", type=jobs, default=0, metavar="N", help="workers of --retry")
    base_arguments(parser)


def report(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what became of inputs; with --retry import them once more, and return 1 where one failed again."""
    with Workspace.open(options.kb, read_only=not options.retry) as workspace:
        query = _query(options, workspace)
        if options.retry:
            chosen = workspace.import_log.outcome_ids(query)
            steps = workspace.importing.retry(chosen, ImportRequest(jobs=options.jobs))
            found = terminal.drive(steps, "Importing")
        else:
            found = ImportReport(workspace.import_log.outcomes(query, 0, -1))
        if options.csv:
            shown = _query(options, workspace) if options.retry else query
            workspace.import_log.write_outcomes(shown, options.csv)
        imports = [import_document(one) for one in workspace.import_log.imports(0, -1)]
    document = {"kb": str(options.kb), "imports": imports, **report_document(found)}
    document["csv"] = str(options.csv) if options.csv else None
    terminal.say(document, f"{outcomes_text(found)}{report_text(found)}")
    return 1 if options.retry and any(found.count(state) for state in TROUBLE_STATES) else 0


def _query(options: argparse.Namespace, workspace: Workspace) -> OutcomeQuery:
    latest = workspace.import_log.imports(0, 1)
    operation = None if options.all or not latest else latest[0].operation
    states = tuple(map(InputState, options.states)) or (TROUBLE_STATES if options.retry else ())
    return OutcomeQuery(operation, states, options.containing)
