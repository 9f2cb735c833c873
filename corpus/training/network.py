"""The main tier's network: an encoder of which the upper half runs once more for each cue."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
LOWER = 3
"""Number of layers that read a window once; the others run once for the window and each cue."""
LOOKS = 6
PLACES = 256
CUE_LABELS, ROLE_LABELS = 3, 5
DROPPED = 0.1


class Drop(nn.Module):
    """Dropout with one pattern for all rows: one for each would take a tenth of the time."""

    def forward(self, hidden: Tensor) -> Tensor:
        """Return `hidden` with a share of its values at 0, in training only."""
        if not self.training:
            return hidden
        return hidden * functional.dropout(torch.ones_like(hidden[:1]), DROPPED)


class Layer(nn.Module):
    """One layer of a BERT encoder."""

    def __init__(self) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.merge = nn.Linear(WIDTH, WIDTH)
        self.merged = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.narrowed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Drop()

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the next state of `hidden` (rows, pieces, width); `mask` is added to scores."""
        rows, pieces, _ = hidden.shape
        parts = self.attend(hidden).view(rows, pieces, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask
        seen = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        hidden = self.merged(hidden + self.drop(self.merge(seen.reshape(rows, pieces, WIDTH))))
        inner = self.narrow(functional.gelu(self.widen(hidden)))
        narrowed: Tensor = self.narrowed(hidden + self.drop(inner))
        return narrowed


class Network(nn.Module):
    """Finds the cues of a window and, given a cue, its source and its content."""

    def __init__(self) -> None:
        """Make the network with random weights."""
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.looks = nn.Embedding(LOOKS, WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mark = nn.Parameter(torch.randn(WIDTH) * 0.2)
        self.cue = nn.Linear(WIDTH, CUE_LABELS)
        self.role = nn.Linear(WIDTH, ROLE_LABELS)
        self.drop = Drop()

    def lower(self, numbers: Tensor, looks: Tensor, mask: Tensor) -> Tensor:
        """Return the state of the pieces after the lower layers."""
        places = torch.arange(numbers.shape[1], device=numbers.device)
        hidden = self.words(numbers) + self.places(places) + self.looks(looks)
        hidden = self.drop(self.embedded(hidden))
        for layer in self.layers[:LOWER]:
            hidden = layer(hidden, mask)
        return hidden

    def upper(self, hidden: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        """Return the state after the upper layers, the pieces `asked` about (1, else 0) marked."""
        hidden = hidden + asked.unsqueeze(-1) * self.mark
        for layer in self.layers[LOWER:]:
            hidden = layer(hidden, mask)
        return self.drop(hidden)

    def cues(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of the cue labels for each piece, from the lower state."""
        scores: Tensor = self.cue(self.upper(hidden, torch.zeros_like(hidden[..., 0]), mask))
        return scores

    def roles(self, hidden: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of the role labels for each piece, from the lower state."""
        scores: Tensor = self.role(self.upper(hidden, asked, mask))
        return scores


def mask_of(lengths: Tensor, pieces: int) -> Tensor:
    """Return what is added to attention scores: 0 for real pieces, much less for padding."""
    padding = torch.arange(pieces) >= lengths.unsqueeze(1)
    return (padding.float() * -1e4)[:, None, None, :]


def load_base(network: Network, folder: Path) -> None:
    """Copy the base model's weights into the network; the heads stay as they are."""
    base = load_file(folder / "model.safetensors")
    kinds = base["embeddings.token_type_embeddings.weight"]
    named = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "places.weight": base["embeddings.position_embeddings.weight"][:PLACES],
        "looks.weight": kinds[:1].repeat(LOOKS, 1),
        "embedded.weight": base["embeddings.LayerNorm.weight"],
        "embedded.bias": base["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for name, weight in _layer(base, f"encoder.layer.{number}.").items():
            named[f"layers.{number}.{name}"] = weight
    missing, unknown = network.load_state_dict(named, strict=False)
    if unknown or not all(name.startswith(("mark", "cue", "role")) for name in missing):
        raise ValueError(f"not the base model expected: missing {missing}, unknown {unknown}")


def _layer(base: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Return the weights of one layer under this module's names."""
    parts = [prefix + f"attention.self.{part}." for part in ("query", "key", "value")]
    named = {
        f"attend.{kind}": torch.cat([base[part + kind] for part in parts])
        for kind in ("weight", "bias")
    }
    for mine, theirs in (
        ("merge", "attention.output.dense"),
        ("merged", "attention.output.LayerNorm"),
        ("widen", "intermediate.dense"),
        ("narrow", "output.dense"),
        ("narrowed", "output.LayerNorm"),
    ):
        for kind in ("weight", "bias"):
            named[f"{mine}.{kind}"] = base[f"{prefix}{theirs}.{kind}"]
    return named
