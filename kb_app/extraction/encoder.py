"""The trained tagger at run time: a text in, labelled spans and links with confidences out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy

from kb_app.core.passage import Span
from kb_app.extraction.encoder_card import ModelCard, check_files, read_card
from kb_app.extraction.encoder_decoding import (
    Stretch,
    attribute_values,
    decode_head,
    decode_links,
    span_vectors,
)
from kb_app.extraction.encoder_pieces import START, STOP, Speller
from kb_app.extraction.encoder_windows import Window, windows
from kb_app.extraction.encoder_words import NO_SIGNS, Words

GRAPH_NAME, VOCABULARY_NAME = "tagger.onnx", "vocabulary.txt"
SUREST = 0.9999  # nothing is certain
WORDS_AT_ONCE = 4000  # decoded together, so that memory does not grow with the text


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute of a finding, such as ("realis", "planned", 0.8)."""

    name: str
    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tag:
    """A labelled span in code points of the whole text."""

    span: Span
    label: str
    confidence: float
    values: tuple[Value, ...] = ()

    def value(self, name: str) -> str | None:
        """Return an attribute's value, such as the kind of a mention."""
        return next((v.value for v in self.values if v.name == name), None)


@dataclass(frozen=True, slots=True)
class Link:
    """Two spans joined, such as a content and who said it; each is found among the tags by its span."""

    source: Span
    target: Span
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """Everything that the tagger saw in a text, a tuple a head in order of place."""

    mentions: tuple[Tag, ...] = ()
    nominals: tuple[Tag, ...] = ()
    times: tuple[Tag, ...] = ()
    triggers: tuple[Tag, ...] = ()
    cues: tuple[Tag, ...] = ()
    contents: tuple[Tag, ...] = ()
    speakers: tuple[Tag, ...] = ()
    titles: tuple[Tag, ...] = ()
    links: tuple[Link, ...] = ()

    def inside(self, zones: Sequence[Span]) -> Tagged:
        """Keep the spans that lie within one zone: what is not read between two parts words that stand apart."""

        def read(*spans: Span) -> bool:
            return all(any(zone.holds(span) for zone in zones) for span in spans)

        kept = {
            f.name: tuple(t for t in getattr(self, f.name) if read(t.span)) for f in fields(self) if f.name != "links"
        }
        return Tagged(**kept, links=tuple(k for k in self.links if read(k.source, k.target)))

    def with_more(self, other: Tagged) -> Tagged:
        """Join what was seen in one part of a text to what was seen in the next."""
        return Tagged(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Scores:
    """The graph's answer: logits words x labels, and what links are scored from, words x (links * width)."""

    tags: Any
    sources: Any
    targets: Any


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded tagger; it holds no state between texts and answers the same to the same text."""

    card: ModelCard
    session: Any
    speller: Speller

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Encoder:
        """Load the model in a folder; raises ModelDamaged where a file is not the card's, OSError where one is gone."""
        card = read_card(folder)
        check_files(folder, card)
        return cls(card, _open(folder / GRAPH_NAME, threads), Speller.load(folder / VOCABULARY_NAME))

    def tag(self, text: str, words: Words) -> Tagged:
        """Tag the words of a text, hinted or not."""
        found = Tagged()
        for first in range(0, len(words), WORDS_AT_ONCE):
            part = words.part(first, first + WORDS_AT_ONCE)
            found = found.with_more(self.decode(part, self.score(text, part)))
        return found

    def score(self, text: str, words: Words) -> Scores:
        """Run the windows of some words one by one: what shares a run would change the rounding."""
        pieces = [self.speller.spell(text[a:b]) for a, b in zip(words.starts, words.ends, strict=True)]
        parts = [self._run(pieces, words, window) for window in windows([len(p) for p in pieces])]
        tags, sources, targets = (numpy.concatenate([part[n] for part in parts]) for n in range(3))
        return Scores(tags, sources, targets)

    def decode(self, words: Words, scores: Scores) -> Tagged:
        """Turn the scores of some words into spans and links."""
        found: dict[str, list[Tag]] = {head.name: [] for head in self.card.heads}
        heads = self.card.heads
        sizes = [*(head.size for head in heads), *(len(values) for _, values in self.card.attributes)]
        tables = numpy.split(scores.tags, numpy.cumsum(sizes)[:-1], axis=1)
        stretches: list[Stretch] = []
        for head, table in zip(heads, tables, strict=False):
            for stretch in decode_head(head, table):
                stretches.append(stretch)
                values = attribute_values(self.card, stretch, tables[len(heads) :])
                found[head.name].append(
                    Tag(
                        _span(words, stretch),
                        stretch.kind,
                        min(stretch.probability, SUREST),
                        tuple(Value(*value) for value in values),
                    )
                )
        links: list[Link] = []
        if stretches:
            vectors = span_vectors(self.card, stretches, scores.sources, scores.targets)
            for one, other, label, confidence in decode_links(self.card, stretches, vectors):
                links.append(Link(_span(words, stretches[one]), _span(words, stretches[other]), label, confidence))
        return Tagged(**{f"{head}s": tuple(tags) for head, tags in found.items()}, links=tuple(links))

    def _run(self, pieces: Sequence[Sequence[int]], words: Words, window: Window) -> list[Any]:
        ids, signs, heads = [START], [NO_SIGNS], []
        for number in range(window.first, window.last):
            heads.append(len(ids))
            ids += pieces[number]
            signs += [words.signs[number]] * len(pieces[number])
        inputs = {
            "pieces": numpy.array([[*ids, STOP]], dtype=numpy.int64),
            "signs": numpy.array([[*signs, NO_SIGNS]], dtype=numpy.int64),
            "heads": numpy.array([heads], dtype=numpy.int64),
        }
        core = slice(window.core_first - window.first, window.core_last - window.first)
        return [output[0, core] for output in self.session.run(None, inputs)]


def _span(words: Words, stretch: Stretch) -> Span:
    return Span(words.starts[stretch.first], words.ends[stretch.last])


def _open(path: Path, threads: int) -> Any:
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # on Windows it would tell the system of each start
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # windows differ in size
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
