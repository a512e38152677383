"""The promise in a turn: by when we answer somebody who asked something of their own."""

from __future__ import annotations

from dataclasses import replace

from flows import engine_words
from flows.engine import Turn


def is_in(turn: Turn) -> bool:
    """Whether the turn says by when we answer."""
    return any(engine_words.WILL_ANSWER in saying.words for saying in turn.say)


def without(turn: Turn) -> Turn:
    """The same turn where by when we answer is known to them already, or was said."""
    kept = (
        replace(saying, words=tuple(words for words in saying.words if words is not engine_words.WILL_ANSWER))
        for saying in turn.say
    )
    return replace(turn, say=tuple(saying for saying in kept if saying.words))
