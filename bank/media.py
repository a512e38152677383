"""Media: of what people send beside words we keep where it lies and what kind it is, until their words are erased."""

from __future__ import annotations

from collections.abc import Mapping

from bank.tokens import token
from channels.message import Incoming
from language.normal import safe
from storage import media
from storage.store import Tx

# Anything else may be saved to a file, and is never shown.
OTHER = "application/octet-stream"
_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": ("image/jpg", "image/pjpeg"),
    "image/png": (),
    "image/gif": (),
    "image/webp": (),
    "audio/ogg": ("application/ogg", "audio/opus"),
    "audio/mpeg": ("audio/mp3",),
    "audio/mp4": ("audio/m4a", "audio/x-m4a"),
    "audio/amr": (),
    "audio/wav": ("audio/x-wav", "audio/wave", "audio/vnd.wave"),
    "video/mp4": (),
    "video/3gpp": (),
    "application/pdf": (),
}
_KINDS = {name: kind for kind, also in _ALSO_CALLED.items() for name in (kind, *also)}


def kind_of(said: str) -> str:
    """One of our few content types, for what a provider or a stranger says that it is ("Audio/OGG; codecs=opus")."""
    return _KINDS.get(said.partition(";")[0].strip().lower(), OTHER)


def keep(tx: Tx, message_id: int, incoming: Incoming) -> None:
    """Note what came with a message that was just claimed."""
    rows = [
        {
            "token": token(),
            "message_id": message_id,
            "sender": incoming.sender,
            "place": safe(one.place),
            "kind": kind_of(one.kind),
        }
        for one in incoming.enclosed
    ]
    media.add(tx, rows)
