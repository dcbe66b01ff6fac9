"""The kinds of files that are read, for dialogs and hints."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

PAGES = ("html", "htm", "xhtml", "mht", "mhtml", "txt", "text", "md", "markdown")
DOCUMENTS = ("pdf", "docx", "odt", "rtf", "epub")
MAIL = ("eml", "mbox", "msg")
FEEDS = ("xml", "rss", "atom", "rdf", "json", "jsonl", "csv", "tsv")
ARCHIVES = ("zip", "tar", "tgz", "gz", "bz2", "xz", "warc", "wacz", "har")


def tr(text: str) -> str:
    """Translate a wording of this module."""
    return QCoreApplication.translate("file_kinds", text)


def name_filters() -> list[str]:
    """Return the filters of a dialog that chooses files to import, all that is read first."""
    return [
        _filter(tr("All that is read"), (*PAGES, *DOCUMENTS, *MAIL, *FEEDS, *ARCHIVES)),
        _filter(tr("Pages and texts"), PAGES),
        _filter(tr("Documents"), DOCUMENTS),
        _filter(tr("Mails and mailboxes"), MAIL),
        _filter(tr("Feeds and tables"), FEEDS),
        _filter(tr("Archives and web archives"), ARCHIVES),
        f"{tr('All files')} (*)",
    ]


def kinds_sentence() -> str:
    """Return a sentence that names what can be dropped."""
    return tr(
        "Drop saved pages, texts, PDF, Word, OpenDocument and RTF documents, e-books, mails, feeds, tables, "
        "archives and web archives, or whole folders, anywhere on this window."
    )


def _filter(name: str, endings: tuple[str, ...]) -> str:
    return f"{name} ({' '.join(f'*.{ending}' for ending in endings)})"
