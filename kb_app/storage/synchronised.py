"""Tells whether a program that copies files to other computers looks after the folder in which a file lies."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDERS = (
    (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"onedrive( - .+|-.+)?"), "OneDrive"),
    (re.compile(r"nextcloud\d*"), "Nextcloud"),
    (re.compile(r"owncloud\d*"), "ownCloud"),
    (re.compile(r"google ?drive(-.+)?|my drive|googledrive"), "Google Drive"),
    (re.compile(r"iclouddrive|com~apple~clouddocs"), "iCloud Drive"),
    (re.compile(r"pcloud ?drive"), "pCloud"),
    (re.compile(r"syncthing"), "Syncthing"),
)
# what such programs put into the uppermost of their folders
_SIGNS = ((".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".owncloudsync.log", "ownCloud"))
_NEXTCLOUD_SIGN = ".sync_*.db"


def synchronising_program(path: Path) -> str:
    """Return the name of the program, "" where none is known; told by the names of folders and the signs in them."""
    for folder in path.absolute().parents:
        name = folder.name.casefold()
        known = [program for pattern, program in _FOLDERS if pattern.fullmatch(name)]
        known += [program for sign, program in _SIGNS if (folder / sign).exists()]
        if known:
            return known[0]
        if next(folder.glob(_NEXTCLOUD_SIGN), None) is not None:
            return "Nextcloud"
    return ""
