"""Windows of lessons as tensors: pieces and signs in, labels and links out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import scheme
import torch
from gold import UNKNOWN, Lesson

from kb_app.extraction.encoder_pieces import START, STOP, Speller
from kb_app.extraction.encoder_windows import WINDOW_PIECES
from kb_app.extraction.encoder_words import NO_SIGNS, PLAIN_SIGNS

HEADLINE_SHARE, SHOUTED_SHARE, LOWER_SHARE = 0.06, 0.04, 0.04
UNHINTED_SHARE = 0.1  # of windows, so that the tagger does not lean on hints alone


@dataclass(slots=True)
class Pieces:
    """The word pieces of each word of a lesson."""

    lesson: Any
    words: list[tuple[int, ...]]


@dataclass(slots=True)
class Cut:
    """A window of a lesson: words [first, last)."""

    pieces: Pieces
    first: int
    last: int


def cut_pieces(speller: Speller, lesson: Lesson) -> Pieces:
    """Cut the words of a lesson into pieces."""
    spelled = (lesson.text[a:b] for a, b in zip(lesson.words.starts, lesson.words.ends, strict=True))
    return Pieces(lesson, [speller.spell(word) for word in spelled])


def training_cuts(all_pieces: Sequence[Pieces], dice: random.Random) -> list[Cut]:
    """Cut every lesson into windows that begin at another place each time, in random order."""
    found = []
    for pieces in all_pieces:
        total, first, skip = len(pieces.words), 0, 0
        while first < total:
            room, last = WINDOW_PIECES - 2, first
            if first == 0 and sum(map(len, pieces.words)) > room:
                skip = dice.randint(room // 3, room)
                room = skip
            while last < total and room >= len(pieces.words[last]):
                room -= len(pieces.words[last])
                last += 1
            found.append(Cut(pieces, first, max(last, first + 1)))
            if last >= total:
                break
            first = max(first + 1, last - 24)
    dice.shuffle(found)
    return found


def pack(cuts: Sequence[Cut], dice: random.Random | None) -> dict[str, Any]:
    """Pad windows to one batch; with dice the case of some is changed, as in headlines."""
    piece_rows, sign_rows, head_rows = [], [], []
    for cut in cuts:
        ids, signs, heads = [START], [NO_SIGNS], []
        varied = _varied(cut, dice)
        for number in range(cut.first, cut.last):
            heads.append(len(ids))
            ids += cut.pieces.words[number]
            signs += [varied[number - cut.first]] * len(cut.pieces.words[number])
        piece_rows.append([*ids, STOP])
        sign_rows.append([*signs, NO_SIGNS])
        head_rows.append(heads)
    size, words = max(map(len, piece_rows)), max(map(len, head_rows))
    batch = {
        "pieces": torch.zeros(len(cuts), size, dtype=torch.long),
        "signs": torch.zeros(len(cuts), size, len(NO_SIGNS), dtype=torch.long),
        "shown": torch.zeros(len(cuts), size),
        "heads": torch.zeros(len(cuts), words, dtype=torch.long),
    }
    for row, ids in enumerate(piece_rows):
        batch["pieces"][row, : len(ids)] = torch.tensor(ids)
        batch["signs"][row, : len(ids)] = torch.tensor(sign_rows[row])
        batch["shown"][row, : len(ids)] = 1
        batch["heads"][row, : len(head_rows[row])] = torch.tensor(head_rows[row])
    return batch


def _varied(cut: Cut, dice: random.Random | None) -> list[tuple[int, ...]]:
    signs = list(cut.pieces.lesson.words.signs[cut.first : cut.last])
    if dice and dice.random() < UNHINTED_SHARE:
        signs = [(*sign[:PLAIN_SIGNS], *NO_SIGNS[PLAIN_SIGNS:]) for sign in signs]
    throw = dice.random() if dice else 1.0
    if throw < HEADLINE_SHARE:
        return [(2 if case == 1 else case, place, 1, *more) for case, place, _, *more in signs]
    if throw < HEADLINE_SHARE + SHOUTED_SHARE:
        return [(3 if case in (1, 2, 5) else case, place, 2, *more) for case, place, _, *more in signs]
    if throw < HEADLINE_SHARE + SHOUTED_SHARE + LOWER_SHARE:
        return [(1 if case in (2, 3, 4, 5) else case, *more) for case, *more in signs]
    return signs


def word_targets(cuts: Sequence[Cut], words: int) -> torch.Tensor:
    """Stack the labels of sequences and attributes as [batch, words, heads]."""
    heads = [*scheme.SEQUENCES, *scheme.ATTRIBUTES]
    found = torch.full((len(cuts), words, len(heads)), UNKNOWN, dtype=torch.long)
    for row, cut in enumerate(cuts):
        both = cut.pieces.lesson.labels | cut.pieces.lesson.attributes
        for number, head in enumerate(heads):
            found[row, : cut.last - cut.first, number] = torch.from_numpy(both[head][cut.first : cut.last])
    return found


def link_targets(cut: Cut) -> tuple[Any, Any, Any, Any] | None:
    """Give first words, last words, distance steps and link labels of the spans wholly inside a window."""
    lesson: Lesson = cut.pieces.lesson
    inside = [n for n, p in enumerate(lesson.places) if cut.first <= p.first and p.last < cut.last]
    if len(inside) < 2:
        return None
    firsts = numpy.array([lesson.places[n].first for n in inside])
    lasts = numpy.array([lesson.places[n].last for n in inside])
    links = lesson.links[:, inside][:, :, inside]
    return (
        torch.from_numpy(firsts - cut.first),
        torch.from_numpy(lasts - cut.first),
        torch.from_numpy(distance_steps(firsts)),
        torch.from_numpy(links),
    )


def distance_steps(firsts: Any) -> Any:
    """Number the signed distance between first words in growing steps, 0 to twice their number."""
    gaps = firsts[None, :] - firsts[:, None]
    steps = numpy.searchsorted(numpy.array(scheme.DISTANCE_STEPS), numpy.abs(gaps), side="left")
    return len(scheme.DISTANCE_STEPS) + numpy.sign(gaps) * steps
