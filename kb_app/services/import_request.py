"""What an import is asked for, and how that is kept so that it can go on later."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.media_type import PDF
from kb_app.services.codec import CodecError, from_json, parse, to_json


@dataclass(frozen=True, slots=True)
class PastedText:
    """A text that lies in no file, with a name to know it by."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import: files and folders, pasted texts, what is known of them by stem, and in which way.

    `encoding` is what the person says the inputs are written in, `mapping` the JSON of the column mapping of a table,
    `how` how the inputs came ("file", "clipboard", "watched folder", ...; "" lets the kind of input say it).
    """

    paths: tuple[Path, ...] = ()
    texts: tuple[PastedText, ...] = ()
    given: Mapping[str, GivenMetadata] = field(default_factory=dict)
    jobs: int = 0  # 0: as many as the machine has cores
    extract: bool = True
    encoding: str = ""
    mapping: str = ""
    ocr: bool = False  # recognise the letters of scanned pages
    ocr_languages: str = ""  # in Tesseract's names, as "eng+rus"; "" lets the machine choose
    how: str = ""

    def known_of(self, name: str) -> GivenMetadata:
        """Return what the person says of an input of this name."""
        known = self.given.get(Path(name).stem, GivenMetadata())
        return replace(known, encoding=self.encoding or known.encoding)

    def given_for(self, known: GivenMetadata) -> GivenMetadata:
        """Return what is known of an input, with the languages in which its pages are to be recognised."""
        return replace(known, recognise=self.ocr_languages) if self.ocr and not known.recognise else known

    def reads_again(self, media_type: str) -> bool:
        """Tell whether an original that is there already is read once more, since another text may come of it."""
        return bool(self.encoding) or (self.ocr and media_type == PDF)


def pack_request(request: ImportRequest) -> str:
    """Return a request as JSON; pasted texts are left out, since they would lie in the file twice."""
    return json.dumps(
        {
            "paths": [os.fsencode(path.absolute()).decode("latin-1") for path in request.paths],
            "given": {stem: to_json(known) for stem, known in request.given.items()},
            "extract": request.extract,
            "encoding": request.encoding,
            "mapping": request.mapping,
            "ocr": request.ocr,
            "ocr_languages": request.ocr_languages,
            "how": request.how,
        }
    )


def unpack_request(packed: str) -> ImportRequest:
    """Return the request that was packed; what cannot be understood is as in a new request."""
    try:
        kept = parse(packed.encode())
        given = {str(stem): from_json(GivenMetadata, known) for stem, known in kept.get("given", {}).items()}
        paths = tuple(Path(os.fsdecode(str(path).encode("latin-1"))) for path in kept.get("paths", ()))
    except (CodecError, AttributeError, UnicodeEncodeError):
        return ImportRequest()
    return ImportRequest(
        paths,
        given=given,
        extract=bool(kept.get("extract", True)),
        encoding=str(kept.get("encoding", "")),
        mapping=str(kept.get("mapping", "")),
        ocr=bool(kept.get("ocr", False)),
        ocr_languages=str(kept.get("ocr_languages", "")),
        how=str(kept.get("how", "")),
    )
