#!/usr/bin/env python3
"""Write trained weights as an int8 ONNX graph with its vocabulary and card: the files of resources/models."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import scheme
import torch
from network import LINK_WIDTH, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kb_app.extraction.encoder import GRAPH_NAME, VOCABULARY_NAME
from kb_app.extraction.encoder_card import CARD_NAME
from kb_app.extraction.encoder_words import NO_SIGNS

OPSET = 17


class OneWindow(nn.Module):
    """The tagger over one window without padding."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, signs: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Show every piece."""
        found: tuple[Tensor, Tensor, Tensor] = self.tagger(pieces, signs, torch.ones_like(pieces), heads)
        return found


def write_graph(tagger: Tagger, path: Path) -> None:
    """Export to ONNX and quantise the weights to int8, seven bits of them, so that older processors do not overflow."""
    pieces = torch.randint(1000, 2000, (1, 40))
    inputs = (pieces, torch.zeros(1, 40, len(NO_SIGNS), dtype=torch.long), torch.arange(1, 30)[None])
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            OneWindow(tagger).eval(),
            inputs,
            str(plain),
            input_names=["pieces", "signs", "heads"],
            output_names=["tags", "sources", "targets"],
            dynamic_axes={"pieces": {1: "p"}, "signs": {1: "p"}, "heads": {1: "w"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def write_card(tagger: Tagger, tuning: dict[str, dict[str, Any]], folder: Path) -> None:
    """Write the card: heads and links with their tuning, the curves of confidences, and the files' SHA-256."""
    heads = []
    for name, types in scheme.SEQUENCES.items():
        shift = tuning.get("shifts", {}).get(name, 0.0)
        heads.append({"name": name, "types": types, "outside_shift": shift})
    links = []
    for number, (name, (sources, targets, reach)) in enumerate(scheme.LINKS.items()):
        threshold = tuning.get("thresholds", {}).get(name, 0.0)
        scores = [round(float(score), 4) for score in tagger.link_distance[number]]
        shape = {"name": name, "sources": sources, "targets": targets, "reach": reach, "distance_scores": scores}
        links.append({**shape, "threshold": threshold})
    digests = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in (GRAPH_NAME, VOCABULARY_NAME)}
    card = {
        "heads": heads,
        "attributes": [{"name": name, "values": values} for name, values in scheme.ATTRIBUTES.items()],
        "links": links,
        "link_width": LINK_WIDTH,
        "distance_steps": scheme.DISTANCE_STEPS,
        "layers": tuning.get("layers", {}),
        "digests": digests,
    }
    (folder / CARD_NAME).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Export the weights of a training folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="tagger.pt of learn.py")
    parser.add_argument("--base", type=Path, required=True, help="folder with vocab.txt")
    parser.add_argument("--tuning", type=Path, help="tuning.json: shifts, thresholds, curves of confidences")
    parser.add_argument("--out", type=Path, required=True, help="folder to write, such as resources/models")
    options = parser.parse_args()
    tagger = Tagger()
    state = torch.load(options.weights, weights_only=True)
    tagger.load_state_dict(state.get("mean", state))
    options.out.mkdir(parents=True, exist_ok=True)
    write_graph(tagger, options.out / GRAPH_NAME)
    shutil.copyfile(options.base / "vocab.txt", options.out / VOCABULARY_NAME)
    tuning = json.loads(options.tuning.read_text(encoding="utf-8")) if options.tuning else {}
    write_card(tagger, tuning, options.out)


if __name__ == "__main__":
    main()
