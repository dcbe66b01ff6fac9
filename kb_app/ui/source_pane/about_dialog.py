"""About a source: where its bytes came from, how, when and by whom, and whether they still are the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.languages import is_read
from kb_app.core.reading import RelatedArticle, SourceInfo, SourceSheet, Verification
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import link_button, plain_button, primary_button
from kb_app.ui.shared.dates import moment_words
from kb_app.ui.shared.grades import grade_words
from kb_app.ui.shared.languages import language_words
from kb_app.ui.shared.tips import plain_tip

SIZE = QSize(640, 620)
LONGEST = 600  # characters of a path or address


class AboutDialog(QDialog):
    """Shows a SourceSheet beside the window.

    `verify_requested` and `article_requested` carry an ArticleId.
    """

    verify_requested = Signal(object)
    article_requested = Signal(object)

    def __init__(self, sheet: SourceSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About this source"))
        self.resize(SIZE)
        self._sheet = sheet
        self.verify = plain_button(self.tr("Verify now"))
        self.verdict = QLabel(wordWrap=True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self._close = primary_button(self.tr("Close"))
        self._form = QFormLayout()
        self._fill()
        self._lay_out()
        self.verify.clicked.connect(self._ask)
        self._close.clicked.connect(self.accept)
        self._close.setFocus()

    def show_verification(self, found: Verification) -> None:
        """Say whether bytes and text are as they were imported."""
        if found.article != self._sheet.view.id:
            return
        if found.bytes_are_sound and found.text_is_sound:
            self._say(self.tr("✓ Verified: bytes and clean text are what was imported."), "good")
        elif not found.bytes_are_sound:
            self._say(self.tr("✗ The archived bytes are no longer what was imported."), "warning")
        else:
            self._say(self.tr("✗ The clean text is no longer what was imported."), "warning")

    def _say(self, words: str, tone: str) -> None:
        self.verdict.setText(words)
        self.verdict.setProperty("tone", tone)
        self.verdict.style().polish(self.verdict)

    def _ask(self) -> None:
        self._say(self.tr("Computing…"), "muted")
        self.verify_requested.emit(self._sheet.view.id)

    def _fill(self) -> None:
        view = self._sheet.view
        source, known = view.source, view.source.provenance
        self._add(self.tr("Original name"), source.name)
        self._add(self.tr("Path"), source.path)
        self._add(self.tr("Address"), known.address)
        self._add(self.tr("Held by"), known.container)
        self._add(self.tr("Also found at"), "\n".join(self._sheet.elsewhere))
        self._add(self.tr("Captured"), known.captured_at)
        self._add(self.tr("Came as"), known.how)
        self._add(self.tr("Imported"), self._import_words(source))
        self._add(self.tr("Kind"), self._kind_words(source))
        self._add(self.tr("Encoding"), view.article.encoding)
        self._add(self.tr("Language"), self._language_words(view.article.language))
        self._add(self.tr("Grade"), grade_words(view.grade))
        for warning in view.article.warnings:
            self._add(self.tr("Note"), warning.partition(": ")[2] or warning)
        self._add_digest(self.tr("SHA-256 of the bytes"), source.sha256)
        self._add_digest(self.tr("SHA-256 of the text"), view.text_sha256)
        self._add_digest(self.tr("SHA-256 of the file that held it"), known.container_sha256)
        parents = (self._sheet.parent,) if self._sheet.parent is not None else ()
        self._add_links(self.tr("Came with the mail"), parents)
        self._add_links(self.tr("Attachments"), self._sheet.attachments)
        self._add_links(self.tr("From the same bytes"), self._sheet.siblings)

    def _import_words(self, source: SourceInfo) -> str:
        words = moment_words(source.imported_at)
        by = self.tr(" by {0}").format(source.author) if source.author else ""
        tool = self.tr(" with {0}").format(source.tool) if source.tool else ""
        return f"{words}{by}{tool}"

    def _kind_words(self, source: SourceInfo) -> str:
        size = self.tr("{0} bytes").format(self.locale().toString(source.size))
        return f"{source.media_type} · {size}"

    def _language_words(self, code: str) -> str:
        if not code:
            return self.tr("not identified; read as English")
        name = language_words(code)
        return name if is_read(code) else self.tr("archived and searchable, not read: {0}").format(name)

    def _add(self, name: str, words: str) -> None:
        if not words:
            return
        label = QLabel("\n".join(plain(line, LONGEST) for line in words.splitlines()), wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(f"{name}: {label.text()}")
        self._form.addRow(self._caption(name), label)

    def _add_digest(self, name: str, digest: str) -> None:
        if not digest:
            return
        shown = QLabel(f"{digest[:32]}\n{digest[32:]}")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = link_button(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {0}").format(name))
        copy.clicked.connect(partial(QGuiApplication.clipboard().setText, digest))
        line = QHBoxLayout()
        line.addWidget(shown, 1)
        line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        self._form.addRow(self._caption(name), line)

    def _add_links(self, name: str, related: Sequence[RelatedArticle]) -> None:
        if not related:
            return
        column = QVBoxLayout()
        column.setSpacing(0)
        for one in related:
            link = link_button(plain(one.title or one.name, 80).replace("&", "&&"))
            link.setToolTip(plain_tip(plain(one.name, 200)))
            link.clicked.connect(partial(self.article_requested.emit, one.id))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._form.addRow(self._caption(name), column)

    @staticmethod
    def _caption(name: str) -> QLabel:
        label = QLabel(name)
        label.setProperty("tone", "muted")
        return label

    def _lay_out(self) -> None:
        title = QLabel(plain(self._sheet.view.article.title, 300), wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("scale", "heading")
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setContentsMargins(0, 0, 8, 0)
        self._form.setHorizontalSpacing(18)
        self._form.setVerticalSpacing(7)
        inside = QWidget()
        inside.setLayout(self._form)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.windowTitle())
        foot = QHBoxLayout()
        foot.addWidget(self.verify)
        foot.addWidget(self.verdict, 1)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
