import asyncio
import gzip
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from channels.transport import Answer, NoAnswer, NotSent, Transport

SECRET = "bot123:SECRET"


async def echo(request: web.Request) -> web.Response:
    body = f"{request.method} {request.headers.get('X-Given')} {(await request.read()).decode()}"
    return web.Response(text=body, headers={"X-Answer": "Yes", "Set-Cookie": "a=b"})


async def cookies(request: web.Request) -> web.Response:
    return web.Response(text=request.headers.get("Cookie", "none"))


async def elsewhere(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/echo"})


async def zipped(request: web.Request) -> web.Response:
    return web.Response(body=gzip.compress(b"small"), headers={"Content-Encoding": "gzip"})


async def hang(request: web.Request) -> web.Response:
    request.app[ARRIVED].set()
    await asyncio.Event().wait()
    raise AssertionError


async def reset(request: web.Request) -> web.Response:
    request.transport.abort()
    return web.Response()


async def not_http(request: web.Request) -> web.Response:
    request.transport.write(b"what?\r\n\r\n")
    request.transport.close()
    return web.Response()


ARRIVED = web.AppKey("arrived", asyncio.Event)


@pytest.fixture
async def app() -> web.Application:
    app = web.Application()
    app[ARRIVED] = asyncio.Event()
    for handler in (echo, cookies, elsewhere, zipped, hang, reset, not_http):
        app.router.add_route("*", f"/{handler.__name__}", handler)
    return app


@pytest.fixture
async def server(app) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    await runner.cleanup()


async def test_a_call_and_its_answer(server, transport):
    answer = await transport.call(
        "POST", f"http://{server}/echo", headers={"X-Given": "this"}, body="café".encode(), timeout=5
    )
    assert isinstance(answer, Answer)
    assert (answer.status, answer.body.decode()) == (200, "POST this café")
    assert answer.headers["x-answer"] == "Yes"


async def test_no_cookies_are_kept(server, transport):
    await transport.call("GET", f"http://{server}/echo", timeout=5)
    assert (await transport.call("GET", f"http://{server}/cookies", timeout=5)).body == b"none"


async def test_no_redirect_is_followed(server, transport):
    assert (await transport.call("GET", f"http://{server}/elsewhere", timeout=5)).status == 302


async def test_a_compressed_answer_is_unpacked(server, transport):
    assert (await transport.call("GET", f"http://{server}/zipped", timeout=5)).body == b"small"


async def test_it_opens_again_after_closing(server, transport):
    await transport.call("GET", f"http://{server}/echo", timeout=5)
    await transport.close()
    await transport.close()
    assert (await transport.call("GET", f"http://{server}/echo", timeout=5)).status == 200


@pytest.mark.parametrize(("path", "timeout"), [("hang", 0.2), ("reset", 5), ("not_http", 5)])
async def test_after_the_request_has_gone_nobody_knows(server, transport, path, timeout):
    with pytest.raises(NoAnswer):
        await transport.call("POST", f"http://{server}/{path}", body=b"x", timeout=timeout)


async def test_nobody_listens(transport, unused_tcp_port):
    with pytest.raises(NotSent):
        await transport.call("POST", f"http://127.0.0.1:{unused_tcp_port}/{SECRET}", timeout=5)


async def test_no_such_host(transport, monkeypatch):
    async def resolve(self, host, port=0, family=0):
        raise OSError("no such host")

    monkeypatch.setattr(aiohttp.DefaultResolver, "resolve", resolve)
    with pytest.raises(NotSent):
        await transport.call("POST", "http://nowhere.example.org/", timeout=5)


async def test_no_address_at_all(transport):
    with pytest.raises(NotSent):
        await transport.call("POST", f"{SECRET}/x", timeout=5)


async def test_a_server_that_does_not_speak_tls(server, transport):
    with pytest.raises(NotSent):
        await transport.call("POST", f"https://{server}/echo", timeout=5)


async def test_waiting_for_a_free_connection_is_not_sending(app, server):
    transport = Transport(connections=1)
    first = asyncio.create_task(transport.call("POST", f"http://{server}/hang", timeout=5))
    await app[ARRIVED].wait()
    with pytest.raises(NotSent):
        await transport.call("POST", f"http://{server}/echo", timeout=0.2)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await transport.close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "", "http://[/"])
async def test_no_error_tells_the_address(transport, address):
    with pytest.raises(NotSent) as caught:
        await transport.call("POST", f"{address}{SECRET}", timeout=5)
    assert "SECRET" not in repr(caught.value)
    assert caught.value.__suppress_context__
