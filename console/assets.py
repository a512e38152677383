"""Assets: the styles, scripts, fonts and marks that `console.build` made, served from memory for browsers to keep.

Each address names what the asset was made from, so what is behind it never changes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request as WebRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

AT = "/assets"
_FOLDER = Path(__file__).parent / "assets"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}


class NotBuilt(Exception):
    """Nobody has made the assets yet."""

    def __init__(self) -> None:
        super().__init__("The console's pages are not set up. Run: python -m console.build")


@dataclass(frozen=True, slots=True)
class Asset:
    """`squeezed` is the same by gzip; empty where that gains nothing."""

    kind: str
    whole: bytes
    squeezed: bytes


def url(name: str) -> str:
    """The address of an asset: "/assets/0f3c/heard.css". Raises NotBuilt; KeyError where it has no such asset."""
    return f"{AT}/{_manifest()[name]}"


def file(name: str) -> Path:
    """An asset that is for ourselves, such as a font for print. Raises NotBuilt, also where it has no such asset."""
    path = _FOLDER / _manifest().get(name, "nothing")
    if not path.is_file():
        raise NotBuilt
    return path


def routes() -> list[Mount]:
    """Where the assets are that browsers get. Raises NotBuilt."""
    kept = {path: _read(_FOLDER / path) for path in _manifest().values() if Path(path).suffix in _KINDS}
    return [Mount(AT, routes=[Route("/{path:path}", _server(kept), methods=["GET"])])]


@cache
def _manifest() -> Mapping[str, str]:
    try:
        read: dict[str, str] = json.loads((_FOLDER / "manifest.json").read_text())
    except FileNotFoundError:
        raise NotBuilt from None
    return read


def _read(path: Path) -> Asset:
    whole = path.read_bytes()
    # Fonts are squeezed already.
    squeezed = b"" if path.suffix == ".woff2" else gzip.compress(whole, 9, mtime=0)
    return Asset(_KINDS[path.suffix], whole, squeezed)


def _server(kept: Mapping[str, Asset]) -> Callable[[WebRequest], Awaitable[Response]]:
    async def serve(request: WebRequest) -> Response:
        asset = kept.get(request.path_params["path"])
        if asset is None:
            return PlainTextResponse("There is nothing here.\n", status_code=404)
        if asset.squeezed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.squeezed, headers=_HEADERS | {"Content-Encoding": "gzip", "Content-Type": asset.kind})
        return Response(asset.whole, headers=_HEADERS | {"Content-Type": asset.kind})

    return serve
