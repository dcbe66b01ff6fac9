"""Where a plain text's title is, what stands above the article, and where the article begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.dateline import dateline_of
from kb_app.ingest.lines import Kind, Line, without_date
from kb_app.ingest.word_lists import word_lists
from kb_app.ingest.written_dates import WrittenDate, first_written_date, written_dates

_LINES_LOOKED_AT = 30
_LONG = 200
_SENTENCE_LENGTH = 60
_TITLE_WORDS = 4
_SITE_SUFFIX = re.compile(r"^(?P<title>.{12,}?)\s+(?:[–—|:]|-{1,2}|::|»)\s+(?P<site>[^–—|»]{2,40})$")
_TITLE_LABEL = re.compile(r"(?:title|headline)\s*:\s+(?=\S)", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*$", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?]['\"”’)]*$")


@dataclass
class Header:
    """What was found above the article while it was read; the body begins at line number `first`."""

    title: Span | None = None
    site: str = ""  # the site's name where the title line ends with it
    first: int = 0
    body_at: int | None = None  # where the body begins inside its first line
    about: list[Span] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    date: WrittenDate | None = None  # in the text's offsets
    byline_line: Line | None = None


def read_header(lines: Sequence[Line], known_title: str = "") -> Header:
    """Read what stands before the body; `known_title` is a title that is known from elsewhere."""
    header = Header()
    groups: list[list[Line]] = [[]]
    number = 0
    for number, line in enumerate(lines[:_LINES_LOOKED_AT]):
        titled = any(groups)
        if line.kind in (Kind.FURNITURE, Kind.FOOTER_HEADING):
            header.furniture.append(line.span)
            groups.append([])
        elif line.kind in (Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.SOURCE, Kind.COPYRIGHT):
            if not titled and line.kind is Kind.DATE and _takes_title(line):
                groups[-1].append(line)
            _note(header, line)
        elif (
            _is_body(line, lines[number + 1 :][:1], titled or bool(header.about))
            or header.about
            and titled
            and not _is_dated_title(line, groups)
        ):
            break
        else:
            groups[-1].append(line)
            if _is_dated_title(line, groups[:-1] + [groups[-1][:-1]]) or _trailing_date(line):
                _note_trailing(header, line)
    else:
        number = min(len(lines), _LINES_LOOKED_AT)
    header.first = number
    _choose_title(header, groups, lines, known_title)
    _date_inside_body(header, lines)
    return header


def _note(header: Header, line: Line) -> None:
    header.about.append(line.span)
    if (
        line.kind is Kind.BYLINE
        and header.byline_line is None
        or line.kind is Kind.DATE
        and header.byline_line is None
        and without_date(line.text)
    ):
        header.byline_line = line
    if line.kind in (Kind.BYLINE, Kind.DATE) and header.date is None:
        found = first_written_date(line.text)
        header.date = _moved(found, line.span.start) if found else None


def _moved(found: WrittenDate, by: int) -> WrittenDate:
    return WrittenDate(found.date, found.span.shifted(by), found.doubtful)


def _is_body(line: Line, following: Sequence[Line], has_head: bool) -> bool:
    if dateline_of(line.text) or len(line.text) > _LONG:
        return True
    ends = bool(_ENDS_SENTENCE.search(line.text)) and len(line.text) >= _SENTENCE_LENGTH
    if not ends:
        return False
    # a headline may be a whole sentence when it stands alone at the top
    return has_head or not (following and following[0].gap)


def _takes_title(line: Line) -> bool:
    return len(without_date(line.text).split()) >= _TITLE_WORDS


def _trailing_date(line: Line) -> WrittenDate | None:
    """Return the date with which a title line ends."""
    found = list(written_dates(line.text))
    if not found or found[-1].span.end < len(line.text.rstrip(" .)")):
        return None
    return found[-1] if len(line.text[: found[-1].span.start].split()) >= _TITLE_WORDS else None


def _is_dated_title(line: Line, groups: Sequence[Sequence[Line]]) -> bool:
    # some sites print the headline again, with the day behind it
    dated = _trailing_date(line)
    if dated is None:
        return False
    words = normalised(_cut(line, dated))
    return any(normalised(other.text) == words for group in groups for other in group)


def _cut(line: Line, dated: WrittenDate) -> str:
    before = line.text[: dated.span.start]
    return _WEEKDAY_BEFORE.sub("", before).rstrip(" ,|–—-")


def _note_trailing(header: Header, line: Line) -> None:
    dated = _trailing_date(line)
    if dated and header.date is None:
        header.date = _moved(dated, line.span.start)
        start = line.span.start + len(_cut(line, dated))
        header.about.append(Span(start, line.span.end))


def _choose_title(header: Header, groups: list[list[Line]], lines: Sequence[Line], known_title: str) -> None:
    filled = [group for group in groups if group]
    if not filled:
        return
    group = filled[-1]
    title = _known(filled, known_title) or next((x for x in group if len(x.text.split()) >= _TITLE_WORDS), group[0])
    if not header.about and len(filled) == 1:
        title = _known(filled, known_title) or group[0]
    header.furniture += [x.span for g in filled for x in g if x.span.end <= title.span.start]
    header.title = _title_span(header, title)
    after = [n for n, x in enumerate(lines) if x.span.start > title.span.start]
    if not after:
        header.first = len(lines)
        return
    # what stands between the title and the article is part of it, unless it is about it
    apart = {span.start for span in (*header.about, *header.furniture)}
    repeated = normalised(title.text[: len(header.title)])
    for n in after:
        line = lines[n]
        if n >= header.first or (line.span.start not in apart and not _repeats(line, repeated, header)):
            header.first = n
            return


def _repeats(line: Line, title: str, header: Header) -> bool:
    dated = _trailing_date(line)
    words = normalised(_cut(line, dated) if dated else line.text)
    if words != title:
        return False
    header.about.append(line.span)
    return True


def _known(groups: list[list[Line]], known_title: str) -> Line | None:
    words = normalised(known_title)
    return next((x for g in groups for x in g if words and normalised(x.text).startswith(words)), None)


def _title_span(header: Header, line: Line) -> Span:
    end = len(line.text)
    dated = _trailing_date(line)
    if dated:
        end = len(_cut(line, dated))
    suffix = _SITE_SUFFIX.match(line.text[:end])
    if suffix and normalised(suffix["site"]) in word_lists().publisher_names:
        header.site = suffix["site"].strip()
        header.about.append(Span(line.span.start + suffix.end("title"), line.span.start + end))
        end = suffix.end("title")
    start = label.end() if (label := _TITLE_LABEL.match(line.text)) else 0
    return Span(line.span.start + start, line.span.start + end)


def _date_inside_body(header: Header, lines: Sequence[Line]) -> None:
    """Take the day with which the first paragraph begins ("Thursday, May 7, 2015 On Tuesday, the …")."""
    if header.date or header.first >= len(lines):
        return
    line = lines[header.first]
    found = first_written_date(line.text)
    if found is None or found.span.start > 0:
        return
    rest = line.text[found.span.end :]
    if rest[:1] == " " and rest.strip()[:1].isupper():
        header.date = _moved(found, line.span.start)
        header.about.append(header.date.span)
        header.body_at = line.span.start + found.span.end + len(rest) - len(rest.lstrip())
