"""The engine of a worker: rules with our word lists and the person's, and the trained tagger where it can be loaded."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

from kb_app.core.article import Article
from kb_app.core.errors import KartotekaError
from kb_app.core.findings import Findings
from kb_app.extraction.encoder import GRAPH_NAME, Encoder
from kb_app.extraction.encoder_card import CARD_NAME, ModelDamaged
from kb_app.extraction.lexicons import Lexicons, load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.services.own_lists import check_own_lists

LONGEST_TAGGED = 300_000  # characters: with the tagger they take 12 s of a core, without it 2 s
_TOO_LONG = (
    f"tagger: The text is too long for the trained tagger (more than {LONGEST_TAGGED:,} characters); "
    "names, events and statements were read by rules alone."
)


class Engine:
    """Extracts, and tells with every article read what could not be had for it ("code: sentence")."""

    def __init__(self, words: Lexicons, tagger: Encoder | None, warnings: tuple[str, ...] = ()) -> None:
        self.warnings = warnings
        self._words = words
        self._tagger = tagger
        self._extractor = Extractor(words, tagger)

    def extract(self, article: Article) -> Findings:
        """Return what the article says; an article too long for the tagger is read by rules."""
        if self._tagger is not None and len(article.text) > LONGEST_TAGGED:
            return _told(Extractor(self._words).extract(article), (_TOO_LONG, *self.warnings))
        return _told(self._extractor.extract(article), self.warnings)


def load_engine(lexicons: Path, models: Path, own_lists: Path | None = None) -> Engine:
    """Load all there is; what is missing or damaged becomes a warning, but for word lists of ours, which are needed."""
    words, of_words = _words(lexicons, own_lists)
    tagger, of_tagger = _tagger(models)
    return Engine(words, tagger, (*of_tagger, *of_words))


def _told(found: Findings, warnings: tuple[str, ...]) -> Findings:
    """Add warnings, unless nothing was read at all: then they would not be true."""
    return replace(found, warnings=(*found.warnings, *warnings)) if found.sentences else found


def _words(ours: Path, own: Path | None) -> tuple[Lexicons, tuple[str, ...]]:
    if own is None:
        return load_lexicons(ours), ()
    try:
        unknown = check_own_lists(ours, own)
        words = load_lexicons(ours, own)
    except Exception as error:  # a list of the person must not stop the reading, whatever is wrong with it
        why = error.sentence.rstrip(".") if isinstance(error, KartotekaError) else f"They cannot be used ({error})"
        return load_lexicons(ours), (f"lexicons: {why}. None of your word lists was used.",)
    return words, tuple(
        f"lexicons: Your word list {name} was passed over: the program has no list of that name." for name in unknown
    )


def _tagger(models: Path) -> tuple[Encoder | None, tuple[str, ...]]:
    try:
        return Encoder.load(models), ()
    except Exception as error:  # the rules read without it, whatever it lacks
        traceback.print_exc()
        sentence = f"The trained tagger could not be loaded ({_lack(error, models)})"
        return None, (f"tagger: {sentence}; names, events and statements were read by rules alone.",)


def _lack(error: Exception, models: Path) -> str:
    match error:
        case ModuleNotFoundError(name="onnxruntime"):
            return "onnxruntime is not installed"
        case ImportError():
            return f"onnxruntime cannot be used: {error}"
        case FileNotFoundError():
            return f"{Path(error.filename).name} is missing"
        case OSError():
            return f"{Path(error.filename or models).name} cannot be read: {error.strerror}"
        case ModelDamaged():
            return str(error).replace(f" in {models}", "")
        case ValueError() | KeyError() | TypeError():
            return f"{CARD_NAME} is damaged"
        case MemoryError():
            return "there is too little memory for it"
        case _:
            return f"onnxruntime refuses {GRAPH_NAME}: {type(error).__name__}"
