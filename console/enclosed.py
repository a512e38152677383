"""Enclosed: media with a message, as a thread shows it: a voice note to be heard, a picture to be seen, or a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.schema import Record

_SORTS = {"audio": "voice", "image": "picture", "video": "video"}
_CALLED = {"voice": "a voice note", "picture": "a picture", "video": "a video", "file": "a file"}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One piece. `sort` is "voice", "picture", "video" or "file"."""

    token: str
    sort: str


def enclosed(rows: Iterable[Record]) -> tuple[Enclosed, ...]:
    """What is shown of these rows of `storage.media`."""
    return tuple(Enclosed(row.token, _SORTS.get(row.kind.partition("/")[0], "file")) for row in rows)


def called(pieces: Sequence[Enclosed]) -> str:
    """What they sent: "a voice note and a picture"; where nothing of it can be opened, what it may have been."""
    names = list(dict.fromkeys(_CALLED[piece.sort] for piece in pieces))
    return " and ".join(names) or "a voice note, a picture or a file"
