"""Starts the program: python -m kb_app."""

from __future__ import annotations

import sys

from kb_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
