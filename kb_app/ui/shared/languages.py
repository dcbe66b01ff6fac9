"""Languages by name, from their codes and back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from kb_app.core.languages import is_read


def language_words(code: str) -> str:
    """Return the name of a language from its ISO 639-1 code; the code itself where it has none, "" for ""."""
    language = QLocale.codeToLanguage(code) if code else QLocale.Language.AnyLanguage
    known = language not in (QLocale.Language.AnyLanguage, QLocale.Language.C)
    return QLocale.languageToString(language) if known else code


def language_code(words: str) -> str:
    """Return the code of a language that is written as its name or its code; "" where it is not known."""
    wanted = words.strip().casefold()
    by_code = QLocale.codeToLanguage(wanted) if wanted else QLocale.Language.C
    if by_code not in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return wanted
    for language in QLocale.Language:
        if QLocale.languageToString(language).casefold() == wanted and language is not QLocale.Language.C:
            return QLocale.languageToCode(language)
    return ""


def unread_words(code: str) -> str:
    """Say that an article's language is not read, "" where it is."""
    if is_read(code):
        return ""
    return QCoreApplication.translate("sources", "not read: {0}").format(language_words(code))
