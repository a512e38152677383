"""Files as Telegram keeps them: an id in the message, a path for the asking, the file itself (Bot API, "getFile")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from aiohttp import web

from channels.fakes.telegram_error import TelegramError, bad_request, refusal

_MOST_BYTES = 20_000_000


class File(NamedTuple):
    """A path under the bot's files, and what is there."""

    path: str
    content: bytes


class Files:
    """One bot's files. `given` are the paths of those that were fetched, oldest first."""

    def __init__(self, token: str) -> None:
        self.given: list[str] = []
        self._token = token
        self._files: dict[str, File] = {}

    def keep(self, content: bytes, ending: str) -> str:
        """Put a file there ("oga", "jpg"); returns its id."""
        number = len(self._files)
        id_ = f"AwACAgQAAxkBAAI{number:06}"
        self._files[id_] = File(f"files/file_{number}.{ending}", content)
        return id_

    def lose(self, id_: str) -> None:
        """Telegram has it no longer."""
        del self._files[id_]

    def table(self) -> Mapping[str, Callable[[Mapping[str, Any]], Awaitable[Any]]]:
        """By lower-case name: Telegram takes any case."""
        return {"getfile": self.get_file}

    def route(self) -> web.RouteDef:
        return web.get(f"/file/bot{self._token}/{{path:.+}}", self._give)

    async def get_file(self, parameters: Mapping[str, Any]) -> Any:
        id_ = str(parameters.get("file_id", ""))
        file = self._files.get(id_)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > _MOST_BYTES:
            raise bad_request("file is too big")
        return {"file_id": id_, "file_unique_id": id_[-8:], "file_size": len(file.content), "file_path": file.path}

    async def _give(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        for file in self._files.values():
            if file.path == path:
                self.given.append(path)
                return web.Response(body=file.content, headers={"Content-Type": "application/octet-stream"})
        return refusal(TelegramError(404))
