"""The head of the source pane: what the article is, where it came from, and what is shown of it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kb_app.core.article import Article, Metadata
from kb_app.core.languages import is_read, problems_of
from kb_app.core.reading import ArticleView, MarkKind
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import icon_button, link_button
from kb_app.ui.shared.chips import FilterChip
from kb_app.ui.shared.dates import date_words
from kb_app.ui.shared.flow_row import FlowRow
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shared.languages import language_words
from kb_app.ui.shared.tips import plain_tip
from kb_app.ui.source_pane.grade_button import GradeButton
from kb_app.ui.source_pane.mark_switch import MarkSwitch
from kb_app.ui.source_pane.quoting import pages_words
from kb_app.ui.source_pane.told_line import ToldLine
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font

HASH_SHOWN = 4
TITLE_PIXELS = 15


class PaneHeader(QWidget):
    """Shows an article's metadata and switches.

    `original_wanted` carries True for the archived original, `kind_switched` a kind of mark that was switched,
    `step_wanted` 1 or -1, `site_text_switched` whether the site's own lines are unfolded, `grade_wanted` the point of
    the screen below the grade; `metadata_wanted` and `about_wanted` carry nothing.
    """

    original_wanted = Signal(bool)
    kind_switched = Signal(object)  # MarkKind
    step_wanted = Signal(int)
    site_text_switched = Signal(bool)
    grade_wanted = Signal(object)  # QPoint
    metadata_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.title = self._label(TITLE_PIXELS, QFont.Weight.DemiBold)
        self.about = self._label(SMALL_PIXELS)
        self.about.setProperty("tone", "muted")
        self.told = ToldLine()
        self.note = self._label(SMALL_PIXELS)
        self.note.setProperty("tone", "muted")
        self.grade = GradeButton()
        self.hash = link_button("")
        self.hash.setFont(interface_font(SMALL_PIXELS))
        self.edit = icon_button(self.tr("Correct the metadata (Ctrl+E)"))
        icons.dress(self.edit, "edit-line", "muted", 14)
        self.text = link_button(self.tr("Text"))
        self.original = link_button(self.tr("Original"))
        self.page = QLabel()
        self.page.setFont(interface_font(SMALL_PIXELS))
        self.page.setProperty("tone", "muted")
        self.count = QLabel()
        self.count.setFont(interface_font(SMALL_PIXELS))
        self.back = icon_button(self.tr("Previous mention (Shift+F3)"))
        self.forth = icon_button(self.tr("Next mention (F3)"))
        icons.dress(self.back, "arrow-left-s-line")
        icons.dress(self.forth, "arrow-right-s-line")
        self.site_text = FilterChip("")
        self.switches = {kind: MarkSwitch(theme, kind) for kind in MarkKind}
        self._lay_out()
        self._connect()

    @staticmethod
    def _label(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
        label = QLabel(wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(interface_font(pixels, weight))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        self.original.setToolTip(self.tr("The archived original at this passage (F4)"))
        self.text.setToolTip(self.tr("The clean text at this passage (F4)"))
        for button in (self.text, self.original):
            button.setCheckable(True)
            button.setFont(interface_font(SMALL_PIXELS))
        caution = self.tr("Marks are made by machine and can be wrong")
        for chip in self.switches.values():
            chip.setToolTip(plain_tip(caution))
        stepper = QWidget()
        row = QHBoxLayout(stepper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.count)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        controls = FlowRow((self.grade, self.hash, self.original, self.text, self.page, stepper))
        switches = FlowRow((*self.switches.values(), self.site_text))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 10)
        column.setSpacing(5)
        column.addLayout(head)
        for part in (self.about, self.told, self.note, controls, switches):
            column.addWidget(part)

    def _connect(self) -> None:
        self.text.clicked.connect(self._want_text)
        self.original.clicked.connect(self._want_original)
        self.grade.clicked.connect(self._want_grade)
        self.edit.clicked.connect(self.metadata_wanted)
        self.hash.clicked.connect(self.about_wanted)
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self.site_text.toggled.connect(self.site_text_switched)
        for chip in self.switches.values():
            chip.clicked.connect(self._switch)

    def show_view(self, view: ArticleView) -> None:
        """Show another article's metadata."""
        metadata = view.article.metadata
        self.title.setText(plain(view.article.title, 300))
        self.about.setText(self._about(metadata))
        self.about.setToolTip(plain_tip(self._found_words(view)))
        self.about.setVisible(bool(self.about.text()))
        self.told.forget(view.id)
        self.note.setText(self._note_words(view.article))
        self.note.setVisible(bool(self.note.text()))
        self.grade.show_grade(view.grade)
        self.hash.setText(f"SHA-256 {view.source.sha256[:HASH_SHOWN]}… {'✓' if view.text_is_sound else '✗'}")
        self.hash.setAccessibleName(self.tr("About this source"))
        self.hash.setToolTip(plain_tip(self._source_words(view)))
        present = {mark.kind for mark in view.marks}
        self.switches[MarkKind.EVENT].setVisible(MarkKind.EVENT in present)

    def _note_words(self, article: Article) -> str:
        if not article.text.strip():
            return self.tr("no text could be read: look at the original (F4)")
        if is_read(article.language):
            return ""
        return self.tr("archived and searchable, not read: %1").replace("%1", language_words(article.language))

    def show_told(self, words: str) -> None:
        """Say who else tells the report; "" says that nobody does."""
        self.told.show_words(words)

    def show_kinds(self, kinds: frozenset[MarkKind]) -> None:
        """Show which kinds of marks are on."""
        for kind, chip in self.switches.items():
            chip.setChecked(kind in kinds)

    def show_original(self, original: bool) -> None:
        """Show which of text and original is in view."""
        self.text.setChecked(not original)
        self.original.setChecked(original)
        for button in (self.text, self.original):
            button.setFont(
                interface_font(SMALL_PIXELS, QFont.Weight.Bold if button.isChecked() else QFont.Weight.Normal)
            )

    def show_page(self, page: int | None) -> None:
        """Show on which page of the original the passage stands, counted from 0; None is an original without pages."""
        self.page.setText("" if page is None else pages_words((page,)))
        self.page.setVisible(page is not None)

    def show_steps(self, at: int | None, total: int) -> None:
        """Show which of how many mentions is framed."""
        number = "–" if at is None else str(at + 1)
        words = self.tr("%1 of %2").replace("%1", number).replace("%2", str(total))
        self.count.setText(words if total else self.tr("no mention"))
        self.back.setEnabled(total > 0)
        self.forth.setEnabled(total > 0)

    def show_site_lines(self, count: int, unfolded: bool) -> None:
        """Show how many lines of the site's own text there are."""
        words = self.tr("1 line of site text") if count == 1 else self.tr("%1 lines of site text")
        self.site_text.setText(words.replace("%1", str(count)))
        self.site_text.setChecked(unfolded)
        self.site_text.setVisible(count > 0)

    def _about(self, metadata: Metadata) -> str:
        parts = [plain(metadata.publisher.value, 120)] if metadata.publisher else [self.tr("unknown publisher")]
        parts.append(date_words(metadata.published))
        if metadata.host:
            parts.append(self.tr("reprinted by %1").replace("%1", plain(metadata.host.value, 120)))
        if metadata.wires:
            parts.append(self.tr("wires %1").replace("%1", plain(", ".join(metadata.wires), 160)))
        if metadata.byline:
            parts.append(plain(metadata.byline.value, 120))
        return " · ".join(parts)

    def _found_words(self, view: ArticleView) -> str:
        metadata = view.article.metadata
        found = {
            self.tr("Title"): metadata.title.how if metadata.title else "",
            self.tr("Publisher"): metadata.publisher.how if metadata.publisher else "",
            self.tr("Date"): metadata.published_how,
            self.tr("Reprinted by"): metadata.host.how if metadata.host else "",
            self.tr("Byline"): metadata.byline.how if metadata.byline else "",
        }
        rows = [(name, self.tr("from %1").replace("%1", plain(how, 120))) for name, how in found.items() if how]
        if metadata.source_url:
            rows.append((self.tr("Address"), plain(metadata.source_url.value, 200)))
        rows += [(self.tr("Note"), plain(warning, 200)) for warning in problems_of(view.article.warnings)]
        return _table(rows)

    def _source_words(self, view: ArticleView) -> str:
        source = view.source
        at = source.imported_at.astimezone()
        return _table(
            [
                (self.tr("SHA-256"), source.sha256),
                ("", self.tr("Click for all that is known about the source")),
                (self.tr("File"), plain(source.name, 200)),
                (self.tr("From"), plain(source.path, 300)),
                (self.tr("Kind"), plain(source.media_type, 80)),
                (self.tr("Size"), self.tr("%1 bytes").replace("%1", f"{source.size:,}")),
                (self.tr("Imported"), f"{at:%Y-%m-%d %H:%M}"),
            ]
        )

    def _want_grade(self) -> None:
        self.grade_wanted.emit(self.grade.mapToGlobal(self.grade.rect().bottomLeft()))

    def _want_text(self) -> None:
        self.original_wanted.emit(False)

    def _want_original(self) -> None:
        self.original_wanted.emit(True)

    def _step_back(self) -> None:
        self.step_wanted.emit(-1)

    def _step_forth(self) -> None:
        self.step_wanted.emit(1)

    def _switch(self) -> None:
        kind = next((kind for kind, chip in self.switches.items() if chip is self.sender()), None)
        if kind is not None:
            self.kind_switched.emit(kind)


def _table(rows: list[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td>{escape(name)}&nbsp;</td><td>{escape(words)}</td></tr>" for name, words in rows if words)
    return f"<table>{cells}</table>" if cells else ""
