"""pycurl's multi interface as a peer, alone: `NUMBER`, many at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pycurl

from bench.peers import message
from bench.peers.measured import warm_and_report

_WAIT = 1.0  # seconds, where nothing happens


def many(count: int) -> None:
    multi, numbers, under_way = pycurl.CurlMulti(), iter(range(count)), 0
    for easy in [_easy() for _ in range(message.AT_ONCE)]:
        under_way += _next(multi, easy, numbers)
    while under_way:
        multi.perform()
        waiting, done, failed = multi.info_read()
        assert not failed, failed
        for easy in done:
            assert easy.getinfo(pycurl.RESPONSE_CODE) == 201
            multi.remove_handle(easy)
            under_way -= not _next(multi, easy, numbers)
        if not done and not waiting:
            multi.select(_WAIT)


def _easy() -> pycurl.Curl:
    easy = pycurl.Curl()
    easy.setopt(pycurl.URL, message.URL)
    easy.setopt(pycurl.HTTPHEADER, ["Expect:"])
    easy.setopt(pycurl.WRITEFUNCTION, len)
    return easy


def _next(multi: pycurl.CurlMulti, easy: pycurl.Curl, numbers: Iterator[int]) -> bool:
    """Whether there was one more to send."""
    for number in numbers:
        easy.setopt(pycurl.COPYPOSTFIELDS, message.body(number))
        multi.add_handle(easy)
        return True
    return False


if __name__ == "__main__":
    warm_and_report(many, int(sys.argv[1]))
