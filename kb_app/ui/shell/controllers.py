"""What carries out the window's commands, in one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb_app.ui.search.search_box import SearchBox
from kb_app.ui.shell.cataloguing import Cataloguing
from kb_app.ui.shell.editing import Editing
from kb_app.ui.shell.folders import Folders
from kb_app.ui.shell.freshness import Freshness
from kb_app.ui.shell.helping import Helping
from kb_app.ui.shell.importing import Importing
from kb_app.ui.shell.navigator import Navigator
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.opening import Opener
from kb_app.ui.shell.origins import Origins
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.reencoding import Reencoding
from kb_app.ui.shell.showing import Showing
from kb_app.ui.shell.upkeep import Upkeep
from kb_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Controllers:
    """The parts behind the commands."""

    base: OpenBase
    opener: Opener
    navigator: Navigator
    editing: Editing
    cataloguing: Cataloguing
    importing: Importing
    reencoding: Reencoding
    folders: Folders
    upkeep: Upkeep
    helping: Helping
    freshness: Freshness
    origins: Origins
    showing: Showing
    theme: Theme
    search_box: SearchBox
    go_place: Callable[[Place], None]
    quit: Callable[[], object]
