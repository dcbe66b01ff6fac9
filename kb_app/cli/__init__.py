"""The command line: the window without a subcommand, the same services without a window with one."""

from kb_app.cli.entry import main

__all__ = ["main"]
