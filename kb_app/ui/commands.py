"""Everything that can be done in the window: one register with wording, keys, icon and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from kb_app.ui.shared.icons import Icons

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do; `keys` are portable text ("Ctrl+K"), the first is shown, `when` tells if it can be done."""

    id: str
    text: str  # with & for the menu's letter
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[], bool] | None = None
    is_checked: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the menu bar: ids of commands and SEPARATOR; `fill` adds what changes, each time before it opens."""

    title: str
    items: tuple[str, ...]


class Commands(QObject):
    """Holds the window's commands and keeps their state."""

    def __init__(self, window: QWidget, icons: Icons) -> None:
        super().__init__(window)
        self._window = window
        self._icons = icons
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, commands: Iterable[Command]) -> None:
        """Register commands and bind their keys to the window."""
        for command in commands:
            action = QAction(command.text, self._window)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setCheckable(command.is_checked is not None)
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.triggered.connect(Trigger(command, self).run)
            if command.icon:
                self._icons.dress(action, command.icon, "muted")
                action.setIconVisibleInMenu(True)
            self._window.addAction(action)
            self._commands[command.id] = command
            self._actions[command.id] = action
        self.refresh()

    def action(self, id: str) -> QAction:
        """Return the action of a command, to put it on a button; KeyError when there is none."""
        return self._actions[id]

    def refresh(self) -> None:
        """Ask each command anew whether it can be done."""
        for id, command in self._commands.items():
            action = self._actions[id]
            action.setEnabled(command.when is None or command.when())
            if command.is_checked is not None:
                action.setChecked(command.is_checked())

    def fill(self, bar: QMenuBar, menus: Iterable[Menu]) -> list[QMenu]:
        """Put the menus on a menu bar and return them in order."""
        made: list[QMenu] = []
        for menu in menus:
            shown = bar.addMenu(menu.title)
            made.append(shown)
            shown.aboutToShow.connect(self.refresh)
            for item in menu.items:
                if item == SEPARATOR:
                    shown.addSeparator()
                else:
                    shown.addAction(self._actions[item])
        return made

    def bindings(self) -> tuple[tuple[str, str], ...]:
        """Return wording and keys of every command that has keys, as they are bound now."""
        lines: list[tuple[str, str]] = []
        for id, action in self._actions.items():
            keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
            if keys:
                lines.append((plain(self._commands[id].text), "  ·  ".join(keys)))
        return tuple(lines)


class Trigger(QObject):
    """Runs one command and has the others look at their state again."""

    def __init__(self, command: Command, commands: Commands) -> None:
        super().__init__(commands)
        self._command = command
        self._commands = commands

    def run(self) -> None:
        """Do what the command says."""
        self._command.run()
        self._commands.refresh()


def plain(text: str) -> str:
    """Return a menu's wording without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
