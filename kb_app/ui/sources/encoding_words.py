"""What the encodings that a person can choose are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate the name of an encoding."""
    return QCoreApplication.translate("encodings", text)


def encoding_words(encoding: str) -> str:
    """Name an encoding for people."""
    names = {
        "utf-8": tr("Unicode"),
        "windows-1252": tr("Western European, Windows"),
        "windows-1251": tr("Cyrillic, Windows"),
        "windows-1250": tr("Central European, Windows"),
        "iso-8859-15": tr("Western European, ISO"),
        "iso-8859-2": tr("Central European, ISO"),
        "iso-8859-5": tr("Cyrillic, ISO"),
        "koi8-r": tr("Cyrillic, Russian"),
        "koi8-u": tr("Cyrillic, Ukrainian"),
        "mac-cyrillic": tr("Cyrillic, Macintosh"),
        "cp866": tr("Cyrillic, DOS"),
        "mac-roman": tr("Western European, Macintosh"),
        "cp437": tr("Western European, DOS"),
        "cp850": tr("Western European, DOS"),
        "cp852": tr("Central European, DOS"),
        "windows-1253": tr("Greek, Windows"),
        "iso-8859-7": tr("Greek, ISO"),
        "windows-1254": tr("Turkish, Windows"),
        "windows-1257": tr("Baltic, Windows"),
        "windows-1255": tr("Hebrew, Windows"),
        "windows-1256": tr("Arabic, Windows"),
        "windows-1258": tr("Vietnamese, Windows"),
        "cp874": tr("Thai, Windows"),
        "gb18030": tr("Chinese, simplified"),
        "big5": tr("Chinese, traditional"),
        "shift_jis": tr("Japanese"),
        "euc-jp": tr("Japanese, Unix"),
        "iso2022-jp": tr("Japanese, mail"),
        "euc-kr": tr("Korean"),
        "utf-16-le": tr("Unicode, two bytes"),
        "utf-16-be": tr("Unicode, two bytes, reversed"),
    }
    return f"{names.get(encoding, encoding)} · {encoding}"
