"""Guesses which column of a table, or field of an export, holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kb_app.core.column_mapping import ColumnMapping, fingerprint_of

# the usual names, folded to letters and digits, the most telling first
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "html": ("contenthtml", "bodyhtml", "html", "texthtml", "contentencoded", "bodymarkup", "markup"),
        "text": (
            "text",
            "body",
            "fulltext",
            "articletext",
            "articlebody",
            "bodytext",
            "contenttext",
            "content",
            "contents",
            "article",
            "plaintext",
            "maintext",
            "story",
            "transcript",
            "volltext",
            "fließtext",
            "texte",
            "texto",
            "testo",
            "текст",
        ),
        "title": (
            "title",
            "headline",
            "heading",
            "titel",
            "name",
            "subject",
            "headlinemain",
            "überschrift",
            "titre",
            "titulo",
            "título",
            "titolo",
            "заголовок",
            "назва",
        ),
        "summary": ("summary", "description", "abstract", "lead", "leadparagraph", "teaser", "excerpt", "snippet"),
        "published": (
            "published",
            "datepublished",
            "publishedat",
            "publicationdate",
            "pubdate",
            "publishdate",
            "publishedon",
            "datetime",
            "date",
            "issued",
            "created",
            "createdat",
            "timestamp",
            "updated",
            "datemodified",
            "datum",
            "fecha",
            "data",
            "дата",
        ),
        "publisher": (
            "publisher",
            "publishername",
            "publication",
            "outlet",
            "newspaper",
            "paper",
            "containertitle",
            "sourcename",
            "source",
            "site",
            "sitename",
            "medium",
            "provider",
            "journal",
            "zeitung",
            "quelle",
            "fuente",
            "источник",
            "видання",
        ),
        "byline": (
            "byline",
            "author",
            "authors",
            "authorname",
            "creator",
            "creators",
            "writer",
            "bylineoriginal",
            "autor",
            "auteur",
            "автор",
        ),
        "url": (
            "url",
            "link",
            "sourceurl",
            "webpage",
            "weburl",
            "articleurl",
            "permalink",
            "canonicalurl",
            "href",
            "адрес",
        ),
        "language": ("language", "lang", "languagecode"),
    }
)
_LONG = 200  # characters on average, from which on a nameless column can be the text
_FAR_LONGER = 4  # than the next longest column
_LETTERS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"</?(?:p|div|br|h[1-6]|span|a|ul|li|em|strong|figure|blockquote)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)


def guessed_mapping(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """Guess by the columns' names, and the text also by length; `rows` are some cells of each column."""
    mapping = by_name(columns)
    samples = {column: [row[at] for row in rows if at < len(row)] for at, column in enumerate(columns)}
    if mapping.url and not _are_addresses(samples.get(mapping.url, [])):
        mapping = replace(mapping, url="")
    if not mapping.is_clear:
        mapping = replace(mapping, text=_by_length(columns, samples, frozenset(mapping.columns().values())))
    if mapping.text and not mapping.html and _is_markup(samples.get(mapping.text, [])):
        mapping = replace(mapping, text="", html=mapping.text)
    return replace(mapping, fingerprint=fingerprint_of(columns))


def by_name(columns: Sequence[str]) -> ColumnMapping:
    """Guess by the columns' names alone; no column is given twice."""
    folded = {column: _LETTERS.sub("", column.casefold()) for column in columns}
    # of a field within a field, as of "author.name", the inner name counts where the whole one is unknown
    inner = {column: _LETTERS.sub("", column.rpartition(".")[2].casefold()) for column in columns if "." in column}
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for names in (folded, inner):
        for role, known in NAMES.items():
            if role in chosen:
                continue
            found = next((c for name in known for c in names if names[c] == name and c not in taken), "")
            if found:
                chosen[role] = found
                taken.add(found)
    return replace(ColumnMapping(), **chosen)


def is_markup(text: str) -> bool:
    """Tell whether a text is written with tags."""
    return bool(_TAGS.search(text[:20_000]))


def is_marked_up(text: str) -> bool:
    """Tell whether a text is to be read as HTML: it has tags, or characters written as entities."""
    return is_markup(text) or bool(_ENTITY.search(text[:20_000]))


def _is_markup(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(map(is_markup, filled)) * 2 > len(filled)


def _are_addresses(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return not filled or any(_ADDRESS.match(cell.strip()) for cell in filled)


def _by_length(columns: Sequence[str], samples: Mapping[str, list[str]], taken: frozenset[str]) -> str:
    lengths = sorted(
        ((sum(map(len, samples[column])) / max(1, len(samples[column])), column) for column in columns), reverse=True
    )
    if not lengths or lengths[0][0] < _LONG or lengths[0][1] in taken:
        return ""
    second = lengths[1][0] if len(lengths) > 1 else 0
    return lengths[0][1] if lengths[0][0] >= _FAR_LONGER * second else ""
