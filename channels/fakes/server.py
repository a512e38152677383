"""A server on a real socket that can misbehave on purpose."""

from __future__ import annotations

import socket
import struct
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from aiohttp import web

from channels.fakes.clock import Clock, Sleep, pause
from channels.fakes.fault import Drop, Fault, Garbled, Late, LoseAnswer, Refusal, Reset, ServerError

Accept = Callable[[], Awaitable[web.Response]]


class FakeServer:
    """Starts, stops and starts again on the same book. One event loop at a time."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self.clock = clock
        self.sleep = sleep
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    def routes(self) -> Sequence[web.RouteDef]:
        """What it answers. Each fake has its own."""
        raise NotImplementedError

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, on any free port for 0. Returns the base URL, without a slash at its end."""
        application = web.Application(client_max_size=4 * 1024 * 1024)
        application.add_routes(self.routes())
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, host, port, backlog=1024).start()
        self._runner = runner
        self.url = f"http://{host}:{runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Stop listening and calling. Nothing that was written down is lost."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """For the calls a provider makes to us."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60))
        return self._session

    async def misbehave(
        self, fault: Fault, request: web.Request, accept: Accept, refuse: Callable[[Refusal], web.Response]
    ) -> web.Response:
        """Do what the fault says. `accept` writes the book and gives the good answer."""
        match fault:
            case Drop():
                return sever(request)
            case LoseAnswer():
                await accept()
                return sever(request)
            case Reset(accepted=accepted):
                if accepted:
                    await accept()
                return sever(request, reset=True)
            case Late(after=after):
                answer = await accept()
                await pause(after, self.sleep)
                return answer
            case Garbled():
                answer = await accept()
                body = answer.body if isinstance(answer.body, bytes) else b"{"
                return web.Response(status=answer.status, body=body[: len(body) // 2], content_type=answer.content_type)
            case ServerError(accepted=True):
                await accept()
        return refuse(fault)


def sever(request: web.Request, *, reset: bool = False) -> web.Response:
    """Close the connection under the request. The response is for aiohttp's sake; nobody will see it."""
    transport = request.transport
    if transport is not None:
        if reset:
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
