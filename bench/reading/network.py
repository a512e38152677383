"""The network: a small encoder with four heads. It is only needed for training; at run time there is an ONNX file."""

from __future__ import annotations

import torch
from torch import Tensor, nn

WIDTH, HEADS, INNER, LAYERS, POSITIONS = 384, 12, 1536, 12, 512


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
    """Numbers of pieces in, (meaning, answer, rating, also) scores out. Zero is padding.

    The last that comes out is what each piece adds to each meaning (text, piece, meaning), so that a reading can say
    which words told it.
    """

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
        told = nn.functional.linear(x, self.heads[0].weight[:, WIDTH:])
        return (*(head(both) for head in self.heads), told)
