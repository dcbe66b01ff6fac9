"""Shows the versions of a report and carries out what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kb_app.core.changes import Changes
from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId
from kb_app.core.origin import Comparison, Origin
from kb_app.services.workspace import Workspace
from kb_app.ui.origins.article_picker import ArticlePicker
from kb_app.ui.origins.origin_dialog import OriginDeed, OriginDialog, OriginWish, Pair
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Report
from kb_app.ui.theme import Theme


class Origins(QObject):
    """Keeps at most one dialog of versions. `article_requested` carries an ArticleId, `refused` nothing.

    `refused` says that an edit was wished for while the knowledge base is open for reading only.
    """

    article_requested = Signal(object)
    refused = Signal()

    def __init__(self, base: OpenBase, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._theme = theme
        self.dialog: OriginDialog | None = None
        self.picker: ArticlePicker | None = None
        self._article: ArticleId | None = None
        base.changed.connect(self._follow)
        base.leaving.connect(self._leave)

    def show(self, article: ArticleId) -> None:
        """Show the versions of an article's report."""
        self._article = article
        self._base.read("origin", Report(article).read, self._take_origin)

    def join(self, articles: tuple[ArticleId, ...]) -> None:
        """Make the reports of these articles one."""
        self.take_wish(OriginWish(OriginDeed.JOIN, articles))

    def take_wish(self, wish: OriginWish) -> None:
        """Split, join or tell apart, as one step."""
        if self._base.can_write:
            self._base.edit(f"origins-{wish.deed.value}", partial(_carry_out, wish))
        else:
            self.refused.emit()

    def _take_origin(self, origin: Origin | None) -> None:
        if origin is None or self._article is None:
            self._leave()
            return
        if self.dialog is None:
            self.dialog = self._made()
        self.dialog.show_origin(self._article, origin)
        self.dialog.show()

    def _made(self) -> OriginDialog:
        dialog = OriginDialog(self._theme, can_write=self._base.can_write, parent=self._window)
        dialog.deed_requested.connect(self.take_wish)
        dialog.comparison_requested.connect(self._compare)
        dialog.article_requested.connect(self.article_requested)
        dialog.other_requested.connect(self._pick_other)
        dialog.finished.connect(self._forget)
        return dialog

    def _compare(self, pair: Pair) -> None:
        self._base.read("comparison", partial(_compared, pair), self._take_comparison)

    def _take_comparison(self, comparison: Comparison | None) -> None:
        if self.dialog is not None and comparison is not None:
            self.dialog.show_comparison(comparison)

    def _pick_other(self, article: ArticleId) -> None:
        if self._base.workspace is None:
            return
        self.picker = ArticlePicker(self._theme, self._base.workspace.listing, self.dialog)
        self.picker.article_chosen.connect(partial(self._join_with, article))
        self.picker.finished.connect(self._forget_picker)
        self.picker.open()

    def _join_with(self, article: ArticleId, other: ArticleId) -> None:
        self.join((article, other))

    def _follow(self, _changes: Changes) -> None:
        if self.dialog is not None and self._article is not None:
            self.show(self._article)

    def _leave(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _forget(self) -> None:
        self.dialog = None
        self._base.forget("origin")
        self._base.forget("comparison")

    def _forget_picker(self) -> None:
        self.picker = None


def _carry_out(wish: OriginWish, workspace: Workspace) -> Changes | None:
    origins = workspace.origins
    deeds: dict[OriginDeed, Callable[[], Changes]] = {
        OriginDeed.SPLIT: lambda: origins.split_off(wish.articles),
        OriginDeed.JOIN: lambda: origins.join(wish.articles),
        OriginDeed.APART: lambda: origins.keep_apart(*wish.articles),
    }
    return deeds[wish.deed]()


def _compared(pair: Pair, workspace: Workspace) -> Comparison | None:
    try:
        return workspace.origins.compare(pair.one, pair.other)
    except NotFound:
        return None
