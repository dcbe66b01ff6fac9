"""Brings archived originals to the source pane: read in the reading thread, made showable by a worker, in a thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from kb_app.core.errors import UnreadableInput
from kb_app.core.ids import ArticleId
from kb_app.core.original import Original, PagePicture
from kb_app.services.originals import OriginalReader
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.errands import Errands
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Text
from kb_app.ui.source_pane.original_text import LaidText, laid_text
from kb_app.ui.source_pane.original_view import CopyWish
from kb_app.ui.source_pane.page_view import PageWish
from kb_app.ui.source_pane.source_pane import SourcePane


class Originals(QObject):
    """Answers the pane's wishes for originals and their pages; of pages only the latest.

    `noticed` carries a Notice, `ended` says that nothing is under way any more.
    """

    noticed = Signal(object)
    ended = Signal()

    def __init__(self, base: OpenBase, pane: SourcePane) -> None:
        super().__init__(pane)
        self._base = base
        self._pane = pane
        self._reader = OriginalReader()
        self._original: Original | None = None
        self._wish: PageWish | None = None
        self._is_drawing = False
        self._errands = Errands(self)
        self._errands.failed.connect(base.failed)
        self._errands.ended.connect(self.ended)
        pane.original.requested.connect(self.show_text)
        pane.original.page_requested.connect(self.show_page)
        pane.original.copy_requested.connect(self.choose_file)
        base.leaving.connect(self.forget)

    def is_idle(self) -> bool:
        """Tell whether nothing is under way."""
        return self._errands.is_idle()

    def show_text(self, article: ArticleId) -> None:
        """Show an original as a page or text."""
        self._base.read("original", Text(article).read_original, self._lay)

    def show_page(self, wish: PageWish) -> None:
        """Show a page of an original."""
        self._wish = wish
        if self._original is not None and self._original.article == wish.article:
            self._draw()
        else:
            self._base.read("original", Text(wish.article).read_original, self._take_paged)

    def choose_file(self, wish: CopyWish) -> None:
        """Let the person choose where to save a copy of an original."""
        dialog = QFileDialog(self._pane, self.tr("Save a copy of the original"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(PurePath(wish.name).name)
        dialog.fileSelected.connect(partial(self.save, wish.article))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, article: ArticleId, name: str) -> None:
        """Write an original into a file as it was imported."""
        self._base.read("copy of an original", partial(_save, article, Path(name)), self._say_saved)

    def _say_saved(self, path: Path) -> None:
        words = self.tr("The original is in “{0}”, byte for byte.").format(path.name)
        self.noticed.emit(Notice(words, Tone.GOOD))

    def forget(self) -> None:
        """End what is under way: the knowledge base is closed."""
        self._original = self._wish = None
        # the next one begins with a worker that never saw this one's files
        self._reader.close()
        self._reader = OriginalReader()

    def _lay(self, original: Original | str) -> None:
        if isinstance(original, str):
            self._pane.original.say(original)
            return
        reader, dress = self._reader, self._pane.original.text.dress()

        def work() -> LaidText | str:
            try:
                return laid_text(reader.markup(original), dress)
            except UnreadableInput as error:
                return error.sentence

        self._errands.run("original", work, partial(self._take_laid, original.article))

    def _take_laid(self, article: ArticleId, laid: LaidText | str) -> None:
        if isinstance(laid, str):
            self._pane.original.say(laid)
        else:
            self._pane.original.show_laid(article, laid)

    def _take_paged(self, original: Original | str) -> None:
        if isinstance(original, str):
            self._pane.original.say(original)
            return
        self._original = original
        self._draw()

    def _draw(self) -> None:
        """Draw the page that is wished for, after the one that is being drawn."""
        original, wish, reader = self._original, self._wish, self._reader
        if original is None or wish is None or self._is_drawing:
            return
        self._is_drawing = True

        def work() -> PagePicture | str:
            try:
                return reader.picture(original, wish.page, wish.width)
            except UnreadableInput as error:
                return error.sentence

        self._errands.run("page", work, partial(self._take_picture, wish))

    def _take_picture(self, wish: PageWish, picture: PagePicture | str) -> None:
        self._is_drawing = False
        if wish != self._wish:
            self._draw()
        elif isinstance(picture, str):
            self._pane.original.say(picture)
        else:
            self._pane.original.show_picture(wish.article, picture)


def _save(article: ArticleId, path: Path, workspace: Workspace) -> Path:
    return workspace.reading.save_original(article, path)
