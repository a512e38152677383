"""The network: a small encoder with four heads. It is only needed for training; at run time there is an ONNX file."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, INNER, LAYERS, POSITIONS = 384, 12, 1536, 6, 512


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm_one, self.norm_two = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        many, long, _ = x.shape
        q, k, v = (
            part(x).view(many, long, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = (q @ k.transpose(-1, -2)) / (WIDTH // HEADS) ** 0.5 + mask
        seen = (self.drop(weights.softmax(-1)) @ v).transpose(1, 2).reshape(many, long, WIDTH)
        x = self.norm_one(x + self.drop(self.out(seen)))
        return self.norm_two(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Numbers of pieces in, (meaning, answer, rating, also) scores out. Zero is padding."""

    def __init__(self, pieces: int, sizes: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH, sparse=True)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleList(nn.Linear(2 * WIDTH, size) for size in sizes)

    def forward(self, numbers: Tensor) -> tuple[Tensor, ...]:
        there = (numbers != 0).to(self.kind.dtype)
        mask = (1.0 - there)[:, None, None, :] * -1e4
        places = torch.arange(numbers.shape[1], device=numbers.device)
        x = self.drop(self.norm(self.words(numbers) + self.places(places) + self.kind))
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        both = self.drop(torch.cat([x[:, 0], mean], -1))
        return tuple(head(both) for head in self.heads)


def start_from(network: Network, weights: Path) -> None:
    """Begin with a published encoder of the same shape (all-MiniLM-L6-v2, Apache 2.0), whose names are BERT's."""
    given = load_file(weights)
    own = network.state_dict()
    for name in own:
        if name.startswith("heads"):
            continue
        found = given[_published(name)]
        own[name] = found[0] if name == "kind" else found
    network.load_state_dict(own)


def _published(name: str) -> str:
    for ours, theirs in (
        ("words.", "embeddings.word_embeddings."),
        ("places.", "embeddings.position_embeddings."),
        ("kind", "embeddings.token_type_embeddings.weight"),
        ("layers.", "encoder.layer."),
        ("query", "attention.self.query"),
        ("key", "attention.self.key"),
        ("value", "attention.self.value"),
        ("norm_one", "attention.output.LayerNorm"),
        ("norm_two", "output.LayerNorm"),
        (".out.", ".attention.output.dense."),
        ("up.", "intermediate.dense."),
        ("down.", "output.dense."),
    ):
        name = name.replace(ours, theirs)
    return "embeddings.LayerNorm." + name.rpartition(".")[2] if name in {"norm.weight", "norm.bias"} else name
