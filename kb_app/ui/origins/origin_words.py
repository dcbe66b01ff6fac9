"""How reports and their versions are put into words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from kb_app.core.origin import Origin, Version
from kb_app.ui.profile.plain_words import plain

NAMED = 3
NAME_CHARACTERS = 60


def counted_words(articles: int) -> str:
    """Say how many articles tell one report."""
    if articles == 1:
        return _tr("1 article · 1 origin")
    return _tr("{0} articles · 1 origin").format(QLocale().toString(articles))


def teller(version: Version) -> str:
    """Name who tells a version: who reprinted it, else who published it, else its title."""
    return plain(version.host or version.publisher, NAME_CHARACTERS) or f"“{plain(version.title, NAME_CHARACTERS)}”"


def told_words(origin: Origin, article: int) -> str:
    """Say in a line who else tells an article's report and how many reports share a passage, "" for nobody."""
    others = [version for version in origin.versions if version.article != article]
    parts = []
    if others:
        parts.append(counted_words(len(origin.versions)))
        parts.append(_tr("also told by {0}").format(_listed(others)))
    if origin.suggestions:
        count = len(origin.suggestions)
        parts.append(_tr("1 more may be the same") if count == 1 else _tr("{0} more may be the same").format(count))
    if origin.reused:
        tellers = list({passage.other.article: passage.other for passage in origin.reused}.values())
        parts.append(_tr("shares a passage with {0}").format(_listed(tellers)))
    return " · ".join(parts)


def likeness_words(version: Version) -> str:
    """Say how much of the shorter of two texts stands in the other."""
    return f"{round(version.likeness * 100)} %"


def length_words(version: Version) -> str:
    """Say how long a version is."""
    return _tr("{0} characters").format(QLocale().toString(version.characters))


def _listed(versions: list[Version]) -> str:
    names = list(dict.fromkeys(teller(version) for version in versions))
    listed = ", ".join(names[:NAMED])
    left = len(names) - NAMED
    return listed if left <= 0 else _tr("{0} and {1} more").format(listed, left)


def _tr(words: str) -> str:
    return QCoreApplication.translate("origins", words)
