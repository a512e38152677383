"""What the checker finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is flow, flow.step or flow.step.slot. `language` is empty where it concerns no text.

    `problem` is a plain sentence. An "error" must be mended; a "note" is worth knowing.
    """

    key: str
    problem: str
    language: str = ""
    severity: Literal["error", "note"] = "error"
