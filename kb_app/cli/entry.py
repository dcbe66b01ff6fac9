"""Starts the window, or a subcommand without one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kb_app import __version__
from kb_app.cli.arguments import size
from kb_app.cli.commands import COMMANDS, SOME_FAILED, WRONG_USE
from kb_app.cli.terminal import Terminal
from kb_app.core.errors import KartotekaError
from kb_app.services.opener_process import OPENER_ARGUMENT
from kb_app.services.worker_process import WORKER_ARGUMENT

THEMES = ("light", "dark", "system")
PLACES = ("sources", "people", "institutions", "timeline")

WINDOW_HELP = """\
commands (each has --help with an example):
  import     files and folders into a knowledge base
  watch      files that appear in a folder, as they come
  annotate   extraction alone, one JSON file an article
  card       a profile card with its citations
  timeline   dated events in order
  origins    articles that tell the same report
  search     names and full text
  articles   the sources with metadata, grade, origin
  grade      how reliable a publisher, how credible an article is
  metadata   corrects title, publisher, date … of articles
  report     what became of each input of an import; retries them
  info       totals, versions, sizes
  check      whether everything in a file is as it should be
  take-over  a checked copy of a knowledge base that somebody else made
  export     a whole knowledge base for other programs

example:
  kb-app case.kb --screenshot window.png --size 1600x1000 --theme dark --place people --select "Gennady Korvath"
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns 0 all done, 1 some inputs failed, 2 wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [WORKER_ARGUMENT]:
        return _worker()
    if given[:1] == [OPENER_ARGUMENT]:
        return _opener()
    try:
        if given and given[0] in COMMANDS:
            return _run_command(given[0], given[1:])
        return _window(_window_parser().parse_args(given))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USE


def _run_command(name: str, arguments: list[str]) -> int:
    command = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"kb-app {name}",
        description=command.purpose,
        epilog=f"example:\n  {command.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.arguments(parser)
    options = parser.parse_args(arguments)
    terminal = Terminal(as_json=getattr(options, "json", False))
    try:
        code = command.run(options, terminal)
        terminal.flush()
        return code
    except KartotekaError as error:
        terminal.complain(error.sentence)
    except KeyboardInterrupt:
        terminal.complain("Stopped. What was done before is kept.")
    except BrokenPipeError:
        # whoever read the output has had enough; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return SOME_FAILED


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kb-app",
        description="Open the window of Kartoteka on a knowledge base.",
        epilog=WINDOW_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.kb", help="the knowledge base to open")
    parser.add_argument("--sample", action="store_true", help="open the sample that comes with the program")
    parser.add_argument("--screenshot", type=Path, metavar="PNG", help="show, wait until idle, save a picture, end")
    parser.add_argument("--size", type=size, metavar="WxH", help="size of the window in pixels")
    parser.add_argument("--theme", choices=THEMES, help="colours of the window")
    parser.add_argument("--place", choices=PLACES, help="the place to show")
    parser.add_argument("--select", default="", metavar="NAME", help="the person or institution to show")
    parser.add_argument("--measure-start", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"Kartoteka {__version__}")
    return parser


def _window(options: argparse.Namespace) -> int:
    # Qt takes a quarter of a second and needs libraries of a desktop: no subcommand may load it
    from kb_app.app import WindowOptions, run_window

    chosen = WindowOptions(
        path=options.file,
        sample=options.sample,
        screenshot=options.screenshot,
        size=options.size,
        theme=options.theme or "",
        place=options.place or "",
        select=options.select,
        report_start=options.measure_start,
    )
    return run_window(chosen)


def _worker() -> int:
    # a frozen program starts itself as a worker; only then are the readers loaded
    from kb_app.services import worker

    return worker.main()


def _opener() -> int:
    # as a worker, for one container
    from kb_app.services import opener

    return opener.main()
