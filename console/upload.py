"""Uploads: forms that come with files (multipart/form-data, RFC 7578), read with our own limits before anything else.

Starlette would need another library for them, which writes what is bigger than a megabyte to a disk.
"""

from __future__ import annotations

import re

from starlette.requests import Request as WebRequest

from console.forms import MOST_BYTES, File, Form, Refused, body_of

MOST_FILE = 10 * 1024 * 1024  # bytes
_MOST_PARTS = 200
_KIND = "multipart/form-data"
# RFC 2046, 5.1.1: up to 70 characters of these.
_BOUNDARY = re.compile(r"""boundary=("?)([A-Za-z0-9'()+_,./:=? -]{1,70})\1(?:;|\Z)""")
# Browsers write %22 for a quotation mark, and %0D%0A for a new line (HTML, multipart/form-data encoding).
_NAMED = re.compile(r'content-disposition:\s*form-data;\s*name="([^"]*)"(?:;\s*filename="([^"]*)")?', re.IGNORECASE)


def is_one(request: WebRequest) -> bool:
    return request.headers.get("content-type", "").lower().startswith(_KIND)


async def read(request: WebRequest) -> Form:
    """Read the form and its files. Raises Refused: too long, or not a form."""
    found = _BOUNDARY.search(request.headers["content-type"])
    if found is None:
        raise Refused(400)
    body = await body_of(request, MOST_FILE + MOST_BYTES)
    return parsed(bytes(body), found[2].encode())


def parsed(body: bytes, boundary: bytes) -> Form:
    """The fields and files between these boundaries. Raises Refused where it is not whole."""
    fields: dict[str, list[str]] = {}
    files: dict[str, File] = {}
    _before, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary, _MOST_PARTS)
    if not parts or not parts.pop().startswith(b"--"):
        raise Refused(400)
    for part in parts:
        head, blank, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        try:
            named = _NAMED.search(head.decode())
            if not blank or named is None:
                raise Refused(400)
            if named[2] is None:
                fields.setdefault(named[1], []).append(_text(content))
            elif named[2] or content:
                files[named[1]] = File(_text(named[2].encode()), content)
        except UnicodeDecodeError:
            raise Refused(400) from None
    return Form(fields, files=files)


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise Refused(400)  # no browser sends one, and PostgreSQL keeps none
    return content.decode()
