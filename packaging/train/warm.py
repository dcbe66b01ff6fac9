#!/usr/bin/env python3
"""Warm the encoder on open corpora before the articles: names, time expressions, parts of speech, dependencies.

The corpora disagree on what they mark, so each has a head of its own, thrown away afterwards; only the encoder is kept.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy
import torch
from gold import UNKNOWN, Lesson
from learn import batches_of, set_rates
from lessons import Cut, Pieces, cut_pieces, pack, training_cuts
from network import HIDDEN, Encoder
from torch import Tensor, nn

from kb_app.core.passage import Span
from kb_app.extraction.encoder_pieces import Speller
from kb_app.extraction.encoder_words import read_words

NAMES = {
    "redocred": ("ner/redocred-dev.iob", "ner/redocred-test.iob"),
    "wikigold": ("ner/wikigold.iob",),
    "crossner": ("ner/crossner-politics-train.iob", "ner/crossner-politics-dev.iob"),
    "ewt": ("ner/uner-ewt-dev.iob",),
}
SYNTAX = ("syntax/en_ewt-ud-train.conllu", "syntax/en_ewt-ud-dev.conllu")
TIMES = "time/wikiwars/trainingset/tml"
SENTENCES_A_LESSON = 14
ARC_WIDTH = 64
_TIME = re.compile(r'<TIMEX3[^>]*type="(\w+)"[^>]*>(.*?)</TIMEX3>|([^<]+)|<[^>]*>', re.DOTALL)

Tokens = list[tuple[str, tuple[Any, ...]]]  # a form and its columns


@dataclass(frozen=True, slots=True)
class Task:
    """Something a corpus marks: its name and labels."""

    name: str
    labels: tuple[str, ...]


def read_columns(path: Path, wanted: Sequence[int]) -> Iterator[Tokens]:
    """Read the sentences of a file with a token a line, tabs between columns; lines with '#' are skipped."""
    sentence: Tokens = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        is_note = line.startswith("#") and not line.startswith("#\t")
        if not is_note and len(cells) > max(wanted) and cells[0]:
            if not re.fullmatch(r"\d+[-.]\d+", cells[0]):
                sentence.append((cells[wanted[0]], tuple(cells[n] for n in wanted[1:])))
            continue
        if sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def lesson_of(name: str, sentences: Sequence[Tokens]) -> tuple[Lesson, list[tuple[int, int]]]:
    """Join sentences to a text; give the lesson and, for each word, its token's number and whether it is the first."""
    starts, text = [], ""
    for sentence in sentences:
        for form, _ in sentence:
            starts.append(len(text))
            text += form + " "
    words = read_words(text, [Span(0, len(text))])
    owners, before = [], -1
    for start in words.starts:
        token = bisect_right(starts, start) - 1
        owners.append((token, int(token != before)))
        before = token
    return Lesson(name, text, words, {}, {}), owners


def name_lessons(root: Path, corpus: str) -> tuple[Task, list[Lesson]]:
    """Read a corpus of names as B, I and O of its types."""
    sentences = [s for part in NAMES[corpus] for s in read_columns(root / part, (0, 1))]
    labels = tuple(sorted({tag for s in sentences for _, (tag,) in s}))
    lessons = []
    for at in range(0, len(sentences), SENTENCES_A_LESSON):
        some = sentences[at : at + SENTENCES_A_LESSON]
        lesson, owners = lesson_of(corpus, some)
        tags = [tag for s in some for _, (tag,) in s]
        numbers = [
            labels.index(tags[n] if first or tags[n][0] != "B" else "I" + tags[n][1:])
            if first or tags[n][0] != "B" or "I" + tags[n][1:] in labels
            else UNKNOWN
            for n, first in owners
        ]
        lesson.labels[corpus] = numpy.array(numbers)
        lessons.append(lesson)
    return Task(corpus, labels), lessons


def syntax_lessons(root: Path) -> tuple[list[Task], list[Lesson]]:
    """Read parts of speech, dependency relations and heads of words; only a token's first word is asked."""
    sentences = [s for part in SYNTAX for s in read_columns(root / part, (1, 3, 6, 7))]
    kinds = tuple(sorted({c[0] for s in sentences for _, c in s}))
    relations = tuple(sorted({c[2].split(":")[0] for s in sentences for _, c in s}))
    lessons = []
    for at in range(0, len(sentences), SENTENCES_A_LESSON):
        some = sentences[at : at + SENTENCES_A_LESSON]
        lesson, owners = lesson_of("syntax", some)
        first_word = {token: word for word, (token, first) in reversed(list(enumerate(owners))) if first}
        heads, columns = [], []
        for sentence in some:
            base = len(columns)
            columns += [c for _, c in sentence]
            heads += [base + int(c[1]) - 1 if c[1] not in ("0", "_") else -1 for _, c in sentence]
        size = len(owners)
        tables = {key: numpy.full(size, UNKNOWN) for key in ("pos", "relation", "arc")}
        for word, (token, first) in enumerate(owners):
            if first:
                tables["pos"][word] = kinds.index(columns[token][0])
                tables["relation"][word] = relations.index(columns[token][2].split(":")[0])
                tables["arc"][word] = first_word.get(heads[token], word) if heads[token] >= 0 else word
        lesson.labels.update(tables)
        lessons.append(lesson)
    return [Task("pos", kinds), Task("relation", relations)], lessons


def time_lessons(root: Path) -> tuple[Task, list[Lesson]]:
    """Read TimeML files: B and I of each type of time expression."""
    labels = ("O", *(f"{mark}-{kind}" for kind in ("DATE", "DURATION", "SET", "TIME") for mark in "BI"))
    lessons = []
    for path in sorted((root / TIMES).glob("*.tml")):
        body = path.read_text(encoding="utf-8").partition("<TEXT>")[2].partition("</TEXT>")[0]
        for paragraph in re.split(r"\n\s*\n", body):
            text, marks = "", []
            for kind, inner, plain in _TIME.findall(paragraph):
                if kind:
                    marks.append((len(text), len(text) + len(inner), kind))
                text += inner or plain
            words = read_words(text, [Span(0, len(text))])
            numbers = numpy.zeros(len(words), dtype=numpy.int64)
            for start, end, kind in marks:
                inside = [n for n, s in enumerate(words.starts) if start <= s < end]
                numbers[inside] = labels.index(f"I-{kind}")
                numbers[inside[:1]] = labels.index(f"B-{kind}")
            if len(words):
                lessons.append(Lesson("wikiwars", text, words, {"wikiwars": numbers}, {}))
    return Task("wikiwars", labels), lessons


class Warmer(nn.Module):
    """The encoder with a head a task and one for the head word of each word."""

    def __init__(self, encoder: Encoder, tasks: Sequence[Task]) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.tasks = nn.ModuleDict({task.name: nn.Linear(HIDDEN, len(task.labels)) for task in tasks})
        self.arc_from, self.arc_to = nn.Linear(HIDDEN, ARC_WIDTH), nn.Linear(HIDDEN, ARC_WIDTH)

    def loss(self, cuts: Sequence[Cut], dice: random.Random) -> Tensor:
        """Sum the losses of what the windows have labels for."""
        batch = pack(cuts, dice)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(batch["pieces"], batch["signs"], batch["shown"])
            words = self.drop(torch.gather(hidden, 1, batch["heads"][:, :, None].expand(-1, -1, HIDDEN)))
            total = torch.zeros(())
            for row, cut in enumerate(cuts):
                size = cut.last - cut.first
                for name, table in cut.pieces.lesson.labels.items():
                    wanted = torch.from_numpy(table[cut.first : cut.last])
                    shown = words[row, :size]
                    if name == "arc":
                        wanted = torch.where(wanted >= 0, wanted - cut.first, wanted)
                        wanted = torch.where((wanted >= size) | (wanted < 0), UNKNOWN, wanted)
                        scores = self.arc_from(shown) @ self.arc_to(shown).T / ARC_WIDTH**0.5
                    else:
                        scores = self.tasks[name](shown)
                    if bool((wanted >= 0).any()):
                        total = total + nn.functional.cross_entropy(scores.float(), wanted, ignore_index=UNKNOWN)
        return total / len(cuts)


def warm(warmer: Warmer, lessons: Sequence[Pieces], steps: int, batch: int = 6) -> None:
    """Train for so many steps over windows in random order, the rate falling to nothing at their end."""
    warmer.encoder.pieces.weight.requires_grad_(False)
    groups = [
        {"params": [p for p in warmer.encoder.parameters() if p.requires_grad], "top": 1.5e-4},
        {"params": [p for n, p in warmer.named_parameters() if not n.startswith("encoder.")], "top": 1e-3},
    ]
    optimiser = torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01)
    began, total = time.monotonic(), 0.0
    dice = random.Random(3)
    for step, cuts in enumerate(islice(_batches(lessons, batch, dice), steps)):
        set_rates(optimiser, step / steps, 0.06)
        warmer.train()
        loss = warmer.loss(cuts, dice)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(warmer.parameters(), 1.0)
        optimiser.step()
        total += loss.item()
        if step % 20 == 19:
            print(f"step {step + 1}/{steps} loss {total / 20:.3f} {time.monotonic() - began:.0f} s", flush=True)
            total = 0.0


def _batches(lessons: Sequence[Pieces], batch: int, dice: random.Random) -> Iterator[Sequence[Cut]]:
    """Give batches without end."""
    while True:
        yield from batches_of(training_cuts(lessons, dice), batch, dice)


def main() -> None:
    """Warm the encoder and save its weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--steps", type=int, default=260)
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(3)
    speller = Speller.load(options.base / "vocab.txt")
    tasks, lessons = syntax_lessons(options.corpora)
    for corpus in NAMES:
        task, more = name_lessons(options.corpora, corpus)
        tasks, lessons = [*tasks, task], [*lessons, *more]
    task, more = time_lessons(options.corpora)
    tasks, lessons = [*tasks, task], [*lessons, *more]
    pieces = [cut_pieces(speller, lesson) for lesson in lessons]
    print(len(pieces), "lessons", sum(len(w) for p in pieces for w in p.words), "pieces", flush=True)
    encoder = Encoder()
    encoder.take(options.base / "model.safetensors")
    warmer = Warmer(encoder, tasks)
    warm(warmer, pieces, options.steps)
    torch.save(warmer.encoder.state_dict(), options.out)


if __name__ == "__main__":
    main()
