#!/usr/bin/env python3
"""Train the tagger on annotated articles: seeded, resumable after every epoch, on the processor."""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import scheme
import torch
from gold import UNKNOWN, read_gold
from lessons import Cut, Pieces, cut_pieces, link_targets, pack, training_cuts, word_targets
from network import Tagger
from torch import Tensor, nn

from kb_app.extraction.encoder_pieces import Speller

# the rarer a head's spans, the more a word counts
WEIGHTS = {"mention": 2, "nominal": 1, "time": 3, "trigger": 2, "cue": 3, "content": 2, "speaker": 3, "title": 5}
LINK_WEIGHT = 1.0
AVERAGING = 0.99  # share that the running mean of the weights keeps at each step


@dataclass(frozen=True)
class Plan:
    """How to train: passes over the lessons, windows a step, highest learning rates, and the seed of every draw."""

    epochs: int
    batch: int = 2
    encoder_rate: float = 1e-4
    head_rate: float = 8e-4
    warm_share: float = 0.1
    seed: int = 7


def learn(tagger: Tagger, lessons: Sequence[Pieces], plan: Plan, checkpoint: Path) -> Tagger:
    """Train in place from the checkpoint where there is one; give the running mean of the weights."""
    tagger.encoder.pieces.weight.requires_grad_(False)  # half of all weights, of which few would see enough words
    optimiser = torch.optim.AdamW(_groups(tagger, plan), weight_decay=0.01)
    a_pass = len(batches_of(training_cuts(lessons, random.Random(0)), plan.batch, random.Random(0)))
    steps = plan.epochs * a_pass
    mean, step, begin = copy.deepcopy(tagger), 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        for holder, name in ((tagger, "tagger"), (mean, "mean"), (optimiser, "optimiser")):
            holder.load_state_dict(state[name])
        step, begin = state["step"], state["epoch"]
    for epoch in range(begin, plan.epochs):
        dice = random.Random(plan.seed * 1000 + epoch)
        torch.manual_seed(plan.seed * 1000 + epoch)
        started, total, count = time.monotonic(), 0.0, 0
        for cuts in batches_of(training_cuts(lessons, dice), plan.batch, dice):
            set_rates(optimiser, min(1.0, step / steps), plan.warm_share)
            tagger.train()
            loss = loss_of(tagger, cuts, dice)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            step += 1
            average(mean, tagger, min(AVERAGING, step / (step + 10)))
            total, count = total + loss.item(), count + 1
        print(
            f"epoch {epoch + 1}/{plan.epochs} loss {total / count:.4f} {time.monotonic() - started:.0f} s", flush=True
        )
        state = {"tagger": tagger.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "step": step, "epoch": epoch + 1}, checkpoint)
    return mean


def batches_of(cuts: Sequence[Cut], size: int, dice: random.Random) -> list[Sequence[Cut]]:
    """Put windows of like length together, so that little is padding, in random order."""
    ordered = sorted(cuts, key=lambda cut: cut.last - cut.first + 60 * dice.random())
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    dice.shuffle(groups)
    return groups


def average(mean: nn.Module, current: nn.Module, keep: float) -> None:
    """Move the running mean of the weights towards the current ones."""
    with torch.no_grad():
        for old, new in zip(mean.parameters(), current.parameters(), strict=True):
            if new.requires_grad:
                old.lerp_(new, 1 - keep)


def _groups(tagger: Tagger, plan: Plan) -> list[dict[str, object]]:
    named = [(n, p) for n, p in tagger.named_parameters() if p.requires_grad]
    inner = [p for n, p in named if n.startswith("encoder.") and ".signs." not in n]
    outer = [p for n, p in named if not n.startswith("encoder.") or ".signs." in n]
    return [
        {"params": inner, "lr": plan.encoder_rate, "top": plan.encoder_rate},
        {"params": outer, "lr": plan.head_rate, "top": plan.head_rate},
    ]


def set_rates(optimiser: torch.optim.Optimizer, done: float, warm: float) -> None:
    """Raise the learning rates at first, then let them fall along half a cosine; `done` is the share of the way."""
    share = done / warm if done < warm else 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - warm) / (1 - warm)))
    for group in optimiser.param_groups:
        group["lr"] = group["top"] * max(share, 0.01)


def loss_of(tagger: Tagger, cuts: Sequence[Cut], dice: random.Random) -> Tensor:
    """Sum the losses of tags and links over a batch of windows."""
    batch = pack(cuts, dice)
    with torch.autocast("cpu", torch.bfloat16):
        tags, sources, targets = tagger(batch["pieces"], batch["signs"], batch["shown"], batch["heads"])
    loss = tag_loss(tagger, tags.float(), word_targets(cuts, tags.shape[1]))
    link_sum, spans = torch.zeros(()), 1
    for row, cut in enumerate(cuts):
        wanted = link_targets(cut)
        if wanted is None:
            continue
        firsts, lasts, distances, links = wanted
        source = (sources[row, firsts].float() + sources[row, lasts].float()) / 2
        target = (targets[row, firsts].float() + targets[row, lasts].float()) / 2
        logits = tagger.link_logits(source, target, distances)
        link_sum = link_sum + nn.functional.binary_cross_entropy_with_logits(
            logits, links.clamp(min=0).float(), weight=(links >= 0).float(), reduction="sum"
        )
        spans += len(firsts)
    return loss + LINK_WEIGHT * link_sum / spans


def tag_loss(tagger: Tagger, tags: Tensor, wanted: Tensor) -> Tensor:
    """Sum the cross-entropies of the heads that a batch has labels for."""
    loss = torch.zeros(())
    heads = [*scheme.SEQUENCES, *scheme.ATTRIBUTES]
    for number, (head, logits) in enumerate(zip(heads, tags.split(tagger.sizes, -1), strict=True)):
        goal = wanted[:, :, number].reshape(-1)
        if bool((goal != UNKNOWN).any()):
            weight = WEIGHTS.get(head, 0.2)
            loss = loss + weight * nn.functional.cross_entropy(
                logits.reshape(-1, logits.shape[-1]), goal, ignore_index=UNKNOWN
            )
    return loss


def kept(paths: Sequence[Path], fold: str | None) -> list[Path]:
    """Leave the articles of a fold out."""
    if not fold:
        return list(paths)
    number, total = map(int, fold.split("/"))
    return [path for at, path in enumerate(paths) if at % total != number]


def main() -> None:
    """Train on the articles of a list and save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/ and articles/")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument(
        "--start", type=Path, help="weights of warm.py or of an earlier training, instead of the base's"
    )
    parser.add_argument(
        "--invented", type=Path, help="folder that invented.py wrote; its articles are learned from too"
    )
    parser.add_argument("--fold", help="K/N: hold out every N-th article from the K-th on, in the order of names")
    parser.add_argument("--most", type=int, default=10**6, help="at most so many articles (for a learning curve)")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rates", type=float, default=1.0, help="factor of the learning rates, to go on gently")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and weights")
    options = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(Plan.seed)
    speller = Speller.load(options.base / "vocab.txt")
    paths = kept(sorted((options.gold / "train").glob("*.json")), options.fold)
    random.Random(11).shuffle(paths)
    lessons = [cut_pieces(speller, read_gold(options.gold, path)) for path in paths[: options.most]]
    if options.invented:
        more = sorted((options.invented / "train").glob("*.json"))
        lessons += [cut_pieces(speller, read_gold(options.invented, path)) for path in more]
    print(len(lessons), "articles", sum(len(lesson.words) for lesson in lessons), "words", flush=True)
    tagger = Tagger()
    tagger.encoder.take(options.base / "model.safetensors")
    if options.start:
        state = torch.load(options.start, weights_only=True)
        # the warmed encoder knows the signs of form alone, not yet the hints
        (tagger if "tags.weight" in state else tagger.encoder).load_state_dict(state, strict="tags.weight" in state)
    usual = Plan(options.epochs)
    plan = replace(usual, encoder_rate=usual.encoder_rate * options.rates, head_rate=usual.head_rate * options.rates)
    options.out.mkdir(parents=True, exist_ok=True)
    mean = learn(tagger, lessons, plan, options.out / "checkpoint.pt")
    torch.save(mean.state_dict(), options.out / "tagger.pt")


if __name__ == "__main__":
    main()
