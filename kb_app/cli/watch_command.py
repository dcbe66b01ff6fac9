"""The subcommand that watches a folder."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from kb_app.cli.arguments import jobs
from kb_app.cli.terminal import Terminal
from kb_app.core.errors import NotFound
from kb_app.core.report import TROUBLE_STATES, ImportReport
from kb_app.exchange.documents import report_document
from kb_app.exchange.plain_text import report_text
from kb_app.services.watching import FolderWatch
from kb_app.services.workspace import Workspace

SECONDS_BETWEEN_LOOKS = 2.0


def watch_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what watch takes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder whose new files are imported")
    parser.add_argument("--kb", type=Path, required=True, metavar="FILE.kb", help="the knowledge base; made if absent")
    parser.add_argument("--once", action="store_true", help="import what is there and whole, then end")
    parser.add_argument("--jobs", type=jobs, default=0, metavar="N", help="workers (as many as there are cores)")
    parser.add_argument("--json", action="store_true", help="a JSON document on standard output for every import")


def watch(options: argparse.Namespace, terminal: Terminal) -> int:
    """Import what appears until interrupted, or once; returns 1 where an input failed.

    Raises NotFound where there is no such folder.
    """
    if not options.folder.is_dir():
        raise NotFound(f"“{options.folder}” is no folder, so there is nothing to watch.")
    folder, looking, code = options.folder.absolute(), FolderWatch(), 0
    with Workspace.open(options.kb, create=True) as workspace:
        looking.look([folder], workspace.watching.known())
        while True:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            look = looking.look([folder], workspace.watching.known())
            if look.whole or options.once:
                report = terminal.drive(workspace.watching.take(look.whole, options.jobs), "Importing")
                code = max(code, _say(report, terminal))
            if options.once:
                return code


def _say(report: ImportReport, terminal: Terminal) -> int:
    terminal.say(report_document(report), report_text(report))
    terminal.flush()
    failed = [outcome for outcome in report.outcomes if outcome.state in TROUBLE_STATES]
    for outcome in failed:
        terminal.complain(f"{outcome.input}: {outcome.state.value} ({outcome.code}): {outcome.sentence}")
    return 1 if failed else 0
