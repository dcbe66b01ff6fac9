"""The tagger: a six-layer BERT encoder over word pieces, signs of words added, linear heads and link vectors."""

from __future__ import annotations

import math
from pathlib import Path

import scheme
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kb_app.extraction.encoder_words import SIGNS

HIDDEN, LAYERS, SELVES, INNER = 384, 6, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
LINK_HIDDEN, LINK_WIDTH = 256, 32


class Block(nn.Module):
    """One layer of BERT (Devlin et al., 2019): attention and a feed-forward step, each normalised after its sum."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.mixed = nn.Linear(HIDDEN, HIDDEN)
        self.mixed_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Map batch x pieces x width; the mask holds 0 where a piece is shown and a large negative where not."""
        batch, size, _ = hidden.shape
        query, key, value = (
            part(hidden).view(batch, size, SELVES, HIDDEN // SELVES).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # no dropout inside: the fused kernel is twice as fast without
        seen = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        seen = seen.transpose(1, 2).reshape(batch, size, HIDDEN)
        hidden = self.mixed_norm(hidden + self.drop(self.mixed(seen)))
        step = self.outer(nn.functional.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + self.drop(step))
        return normed


class Encoder(nn.Module):
    """Word pieces and signs to one vector a piece."""

    def __init__(self, drop: float = 0.1) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.segment = nn.Parameter(torch.zeros(HIDDEN))
        self.signs = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in SIGNS)
        for table in self.signs:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.blocks = nn.ModuleList(Block(drop) for _ in range(LAYERS))
        self.drop = nn.Dropout(drop)

    def forward(self, pieces: Tensor, signs: Tensor, shown: Tensor) -> Tensor:
        """Map pieces [b,p], signs [b,p,4] and shown [b,p] (1 or 0) to [b,p,width]."""
        hidden = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.segment
        for number, table in enumerate(self.signs):
            hidden = hidden + table(signs[:, :, number])
        hidden = self.drop(self.norm(hidden))
        mask = (1.0 - shown[:, None, None, :].to(hidden.dtype)) * -10000.0
        for block in self.blocks:
            hidden = block(hidden, mask)
        return hidden

    def take(self, path: Path) -> None:
        """Take the weights of a BERT of this shape from a safetensors file."""
        source = load_file(str(path))
        with torch.no_grad():
            self.pieces.weight.copy_(source["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(source["embeddings.position_embeddings.weight"])
            self.segment.copy_(source["embeddings.token_type_embeddings.weight"][0])
            _take_norm(self.norm, source, "embeddings.LayerNorm")
            for number, block in enumerate(self.blocks):
                assert isinstance(block, Block)
                prefix = f"encoder.layer.{number}."
                parts = {
                    "attention.self.query": block.query,
                    "attention.self.key": block.key,
                    "attention.self.value": block.value,
                    "attention.output.dense": block.mixed,
                    "intermediate.dense": block.inner,
                    "output.dense": block.outer,
                }
                for name, layer in parts.items():
                    layer.weight.copy_(source[f"{prefix}{name}.weight"])
                    layer.bias.copy_(source[f"{prefix}{name}.bias"])
                _take_norm(block.mixed_norm, source, f"{prefix}attention.output.LayerNorm")
                _take_norm(block.outer_norm, source, f"{prefix}output.LayerNorm")


def _take_norm(norm: nn.LayerNorm, source: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(source[f"{name}.weight"])
    norm.bias.copy_(source[f"{name}.bias"])


class Tagger(nn.Module):
    """The encoder with every head: logits of words and vectors from which links are scored."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.1)
        sizes = [len(scheme.sequence_labels(head)) for head in scheme.SEQUENCES]
        sizes += [len(values) for values in scheme.ATTRIBUTES.values()]
        self.sizes = sizes
        self.tags = nn.Linear(HIDDEN, sum(sizes))
        self.link_hidden = nn.Linear(HIDDEN, LINK_HIDDEN)
        self.link_source = nn.Linear(LINK_HIDDEN, len(scheme.LINKS) * LINK_WIDTH)
        self.link_target = nn.Linear(LINK_HIDDEN, len(scheme.LINKS) * LINK_WIDTH)
        self.link_distance = nn.Parameter(torch.full((len(scheme.LINKS), 2 * len(scheme.DISTANCE_STEPS) + 1), -5.0))

    def forward(self, pieces: Tensor, signs: Tensor, shown: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give tag logits [b,w,labels] and link vectors [b,w,links*width]; `heads` [b,w] is each word's first piece."""
        hidden = self.encoder(pieces, signs, shown)
        words = self.drop(torch.gather(hidden, 1, heads[:, :, None].expand(-1, -1, HIDDEN)))
        linked = nn.functional.gelu(self.link_hidden(words))
        return self.tags(words), self.link_source(linked), self.link_target(linked)

    def link_logits(self, source: Tensor, target: Tensor, distances: Tensor) -> Tensor:
        """Score links x sources x targets from vectors [s,links*width], [t,...] and distance steps [s,t]."""
        source = source.view(source.shape[0], len(scheme.LINKS), LINK_WIDTH)
        target = target.view(target.shape[0], len(scheme.LINKS), LINK_WIDTH)
        scores = torch.einsum("slw,tlw->lst", source, target) / math.sqrt(LINK_WIDTH)
        # by a product: the gradient of a look-up is added up entry by entry, which is slow on a processor
        steps = nn.functional.one_hot(distances, self.link_distance.shape[1]).to(scores.dtype)
        return scores + torch.einsum("std,ld->lst", steps, self.link_distance)
