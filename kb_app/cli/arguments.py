"""What each command takes, and how its words are read."""

from __future__ import annotations

import argparse
import codecs
from pathlib import Path

from kb_app.core.article import MetadataField
from kb_app.core.column_mapping import mapping_from_words, mappings_from_json, mappings_to_json
from kb_app.core.correction import Correction
from kb_app.core.errors import Refused
from kb_app.core.grading import Credibility, Reliability
from kb_app.core.listing import NOT_GRADED
from kb_app.core.stated_date import parse_edtf
from kb_app.services.exporting import ExportFormat
from kb_app.services.searching import ANSWERS_SHOWN

TAKE_AWAY = "none"


def size(text: str) -> tuple[int, int]:
    """Read a size such as 1600x1000."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= 16384 and 0 < int(height) <= 16384):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it like 1600x1000")
    return int(width), int(height)


def _bound(text: str, *, last: bool) -> int:
    date = parse_edtf(text)
    day = None if date is None else date.last if last else date.earliest
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2025-03-14, 2025-03 or 2025")
    return day.toordinal()


def first_day(text: str) -> int:
    """Read a date as the ordinal of its first day."""
    return _bound(text, last=False)


def last_day(text: str) -> int:
    """Read a date as the ordinal of its last day."""
    return _bound(text, last=True)


def jobs(text: str) -> int:
    """Read a number of workers."""
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers from 1 to 64")
    return int(text)


def count(text: str) -> int:
    """Read how many of something."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000000")
    return int(text)


def encoding(text: str) -> str:
    """Read the name of an encoding."""
    try:
        return codecs.lookup(text).name
    except LookupError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no encoding that is known; write it like windows-1251"
        ) from error


def column_mapping(text: str) -> str:
    """Read which column of a table holds what: a file of JSON, JSON itself, or “text=body,title=headline”."""
    try:
        if text.lstrip().startswith(("{", "[")):
            return mappings_to_json(mappings_from_json(text))
        if text.lower().endswith(".json"):
            return mappings_to_json(mappings_from_json(Path(text).read_text(encoding="utf-8-sig")))
        return mappings_to_json([mapping_from_words(text)])
    except (Refused, OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(getattr(error, "sentence", str(error))) from error


def words(text: str) -> str:
    """Read words of a text; a file is none, and stands there because the paths come first."""
    if Path(text).is_file():
        raise argparse.ArgumentTypeError(f"{text!r} is a file; write --explain behind the files")
    return text


def _takes_inputs(parser: argparse.ArgumentParser, least: str = "+") -> None:
    parser.add_argument("paths", nargs=least, type=Path, metavar="PATH", help="files, folders, archives, mailboxes")
    parser.add_argument("--metadata", type=Path, metavar="FILE.json", help="what is known of a file, by its stem")
    parser.add_argument("--jobs", type=jobs, default=0, metavar="N", help="workers (as many as there are cores)")
    parser.add_argument("--encoding", type=encoding, metavar="NAME", help="how the inputs are written")
    parser.add_argument(
        "--mapping",
        type=column_mapping,
        metavar="FILE.json|WORDS",
        help="which column of a table holds what, as text=body,title=headline",
    )
    parser.add_argument(
        "--ocr",
        nargs="?",
        const="eng",
        default="",
        metavar="LANGUAGES",
        help="recognise scanned pages with Tesseract, in these languages (eng)",
    )
    _takes_json(parser)


def _takes_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def base_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the knowledge base that a command reads."""
    parser.add_argument("--kb", type=Path, required=True, metavar="FILE.kb", help="the knowledge base")
    _takes_json(parser)


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what import takes."""
    _takes_inputs(parser, least="*")
    parser.add_argument("--kb", type=Path, required=True, metavar="FILE.kb", help="the knowledge base; made if absent")
    parser.add_argument("--resume", action="store_true", help="go on with the import that was stopped last; no PATH")
    parser.add_argument("--no-extract", action="store_true", help="keep the articles without reading them for findings")


def annotate_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what annotate takes."""
    _takes_inputs(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files are written")
    parser.add_argument(
        "--explain",
        nargs="?",
        const="",
        type=words,
        metavar="WORDS",
        help="write beside each file why its findings are believed; with WORDS print those that quote them",
    )


def card_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what card takes."""
    parser.add_argument("name", metavar="NAME", help="a person, institution or place, in any spelling known")
    parser.add_argument("--limit", type=count, default=25, metavar="N", help="lines a section (25)")
    base_arguments(parser)


def timeline_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what timeline takes."""
    parser.add_argument("--actor", metavar="NAME", help="only events in which this one takes part")
    parser.add_argument("--from", dest="first", type=first_day, metavar="D", help="the first day, as 2025-03-05")
    parser.add_argument("--to", dest="last", type=last_day, metavar="D", help="the last day, month or year")
    base_arguments(parser)


def search_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what search takes."""
    parser.add_argument("query", metavar="QUERY", help="words, a phrase in quotation marks, a name")
    parser.add_argument("--limit", type=count, default=ANSWERS_SHOWN, metavar="N", help="answers of each kind (50)")
    base_arguments(parser)


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what check takes."""
    parser.add_argument("file", type=Path, metavar="FILE.kb", help="the knowledge base")
    _takes_json(parser)


def take_over_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what take-over takes."""
    parser.add_argument("file", type=Path, metavar="FILE.kb", help="the knowledge base that somebody else made")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="NEW.kb", help="your own, which must not be there yet"
    )
    _takes_json(parser)


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what export takes."""
    parser.add_argument("format", choices=[form.value for form in ExportFormat], help="json: one file; csv: a folder")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file or folder to write")
    base_arguments(parser)


def articles_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what articles takes."""
    parser.add_argument("--undated", action="store_true", help="only those whose date is not known")
    parser.add_argument("--publisher", default="", metavar="NAME", help="only those of one publisher")
    parser.add_argument("--grade", default="", choices=(*Reliability, NOT_GRADED), metavar="LETTER")
    base_arguments(parser)


def grade_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what grade takes."""
    signs = (*Reliability, *Credibility, TAKE_AWAY)
    parser.add_argument("what", metavar="WHAT", help="a publisher, or the number of an article")
    parser.add_argument(
        "grade", choices=signs, metavar="GRADE", help="A to F for a publisher, 1 to 6 for an article, or none"
    )
    base_arguments(parser)


def metadata_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what metadata takes."""
    parser.add_argument("articles", nargs="+", type=count, metavar="ARTICLE", help="numbers of articles")
    parser.add_argument(
        "--set",
        dest="told",
        action="append",
        required=True,
        type=correction,
        metavar="FIELD=VALUE",
        help=f"one of {', '.join(MetadataField)}; an empty value is not known",
    )
    base_arguments(parser)


def correction(text: str) -> Correction:
    """Read a field of the metadata with its value, as "publisher=Quay Gazette"."""
    name, sign, value = text.partition("=")
    if not sign or name not in tuple(MetadataField):
        raise argparse.ArgumentTypeError(f"{text!r} is no FIELD=VALUE; fields are {', '.join(MetadataField)}")
    return Correction(MetadataField(name), value)
