#!/usr/bin/env python3
"""Average the weights of trainings that began alike (Wortsman et al., 2022, "Model soups"), each with its share."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Write the average; a file named twice counts twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", nargs="+", type=Path, help="tagger.pt of learn.py")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    states = [torch.load(path, weights_only=True) for path in options.weights]
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean, options.out)


if __name__ == "__main__":
    main()
