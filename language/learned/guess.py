"""Guesses: what the model makes of a reply. It only ever offers shares; `language.understand` decides."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from language.learned import pieces

# The order in which the heads were trained; it is the model's, and changes only with it.
MEANINGS = (
    "yes", "no", "maybe", "cancel", "late", "access", "question", "opt_out", "opt_in", "help", "thanks", "greeting",
    "wrong_person", "bereavement", "auto_reply", "crisis", "care_problem", "language", "human", "other",
)  # fmt: skip
ANSWERS = ("-", "yes", "no", "maybe", "?")
RATINGS = ("-", "1", "2", "3", "4", "5")
ALSO = ("question", "companion", "late", "access", "thanks", "distress", "condition", "online")

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Guess:
    """Shares from 0 to 1: of each meaning, of each answer ("-" for none, "?" for "ask again"), of each rating ("-" for
    none), which sum to one; and how likely each thing is that a message may carry besides.
    """

    meaning: Shares
    answer: Shares
    rating: Shares
    also: Shares
    telling: Any  # an array: what each piece of the text adds to each meaning


@lru_cache(maxsize=256)
def guess(asked: str, text: str) -> Guess:
    """What the model makes of `text`, the reply to a question of the kind `asked`. Takes two to eight milliseconds."""
    import numpy as np  # noqa: PLC0415  see _session

    numbers = np.array([pieces.numbers(asked, text)], dtype=np.int64)
    meaning, answer, rating, also, telling = _session().run(None, {"numbers": numbers})
    return Guess(
        _shares(MEANINGS, _parted(meaning[0])),
        _shares(ANSWERS, _parted(answer[0])),
        _shares(RATINGS, _parted(rating[0])),
        _shares(ALSO, 1 / (1 + np.exp(-also[0]))),
        telling[0],
    )


def telling(meaning: str, asked: str, text: str, parts: Sequence[str]) -> str:
    """Which of the parts of a reply tells this meaning most."""
    scores = guess(asked, text).telling[:, MEANINGS.index(meaning)]
    of_part: dict[int, list[float]] = {}
    for score, (_number, at) in zip(scores, pieces.numbered(asked, parts), strict=False):
        if at is not None:
            of_part.setdefault(at, []).append(float(score))
    return parts[max(of_part, key=lambda at: fmean(of_part[at]), default=0)]


def wake() -> None:
    """Load the model now, so that the first hard reply does not wait for it."""
    guess("open", "hello")


@cache
def _session() -> Any:
    # From 1.31 on the runtime tells its maker of each start, unless this stands there as it is loaded.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # A hundred megabytes with the runtime: loaded where replies are read, not by every command.
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    # Weights are not kept a second time in another order: fifteen megabytes less, and hardly slower.
    options.add_session_config_entry("session.disable_prepacking", "1")
    file = os.fspath(Path(__file__).parent / "model.onnx")
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _parted(scores: Any) -> Any:
    import numpy as np  # noqa: PLC0415  see _session

    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def _shares(names: tuple[str, ...], scores: Any) -> Shares:
    return {name: float(score) for name, score in zip(names, scores, strict=True)}
