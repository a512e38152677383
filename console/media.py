"""Media: one voice note, picture or file of a thread, fetched from its provider as it is asked for, and kept nowhere.

A stranger chose what is in it. It is given out as one of a few content types, or as a file to save, and as a page of
its own it may do nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

from bank import thread
from bank.media import OTHER
from channels.media import CannotOpen, Why
from console.page import Asked, Missing, page
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Accept-Ranges": "bytes"}
# What is shown, or played, where it is. Anything else is a file to save.
_SHOWN = {
    "image/jpeg": "picture.jpg",
    "image/png": "picture.png",
    "image/gif": "picture.gif",
    "image/webp": "picture.webp",
    "audio/ogg": "voice-note.ogg",
    "audio/mpeg": "voice-note.mp3",
    "audio/mp4": "voice-note.m4a",
    "audio/amr": "voice-note.amr",
    "audio/wav": "voice-note.wav",
    "video/mp4": "video.mp4",
    "video/3gpp": "video.3gp",
}
_SAVED = {"application/pdf": "document.pdf", OTHER: "file.bin"}
_RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
_GONE = (
    "The provider does not have it, or does not have it yet. Try again in a minute. If it is still not there, ask them "
    "to send it again, or to tell you in words."
)
_BECAUSE: Mapping[Why, tuple[int, str]] = {
    Why.GONE: (
        410,
        _GONE,
    ),
    Why.TOO_BIG: (502, "It is too big to open here. Ask them to send a smaller one, or to tell you in words."),
    Why.NOT_REACHED: (502, "The provider could not be reached. Try again in a few minutes."),
    Why.NOT_LET_IN: (502, "The provider did not let us in. Tell whoever looks after Heard: our sign-in may be wrong."),
    Why.NOT_THEIRS: (502, "It does not lie with the provider that it came from, so we do not open it."),
    Why.NOT_CONNECTED: (503, "The channel that it came by is not connected here. Tell whoever looks after Heard."),
}


async def show(asked: Asked) -> Response:
    """The thing itself, or a page that says why not. That they opened it is recorded before it is fetched."""
    colleague, token, name, now = asked.colleague, asked.path("token"), asked.path("media"), asked.now

    def look(tx: Tx) -> Record:
        found = thread.open_media(tx, colleague, token, name, now)
        if found is None:
            raise Missing
        return found

    piece = await asked.room.store.write(look)
    try:
        async with asked.room.fetching:
            content = await asked.room.open_media(piece.sender, piece.place)
    except CannotOpen as problem:
        status, because = _BECAUSE[problem.why]
        return asked.page("media.html", "This cannot be opened now", status=status, because=because, token=token)
    return given(piece.kind, content, asked.request.headers.get("range", ""))


def given(kind: str, content: bytes, wanted: str = "") -> Response:
    """The answer that holds it, or the part of it that is wanted: some browsers play no sound without parts."""
    shown = kind in _SHOWN
    name = _SHOWN.get(kind) or _SAVED.get(kind, _SAVED[OTHER])
    headers = HEADERS | {
        "Content-Type": kind if shown or kind in _SAVED else OTHER,
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
    }
    part = _part(wanted, len(content))
    if part is None:
        return Response(content, headers=headers)
    first, last = part
    if not first <= last < len(content):
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], status_code=206, headers=headers)


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that are wanted (RFC 9110, 14.1.2); None for all, or where it is no one part."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


PAGES = (page("/inbox/{token}/media/{media}", COORDINATORS, get=show),)
