"""What a peer's process does when it is called: queue messages or send them itself, and say what that took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

_WARM_UP = 20
Work = Callable[[int], Coroutine[Any, Any, None] | None]


def main(queue: Work, left: Callable[[], Coroutine[Any, Any, int] | int]) -> None:
    """The verbs `queue NUMBER` and `left`. One line of JSON each."""
    if sys.argv[1] == "left":
        print(_run(left()))
    else:
        report(queue, int(sys.argv[2]))


def warm_and_report(send: Work, count: int) -> None:
    """A few first, which import what is imported late; they are not in the figures."""
    _run(send(_WARM_UP))
    report(send, count)


def report(work: Work, count: int) -> None:
    """Do it; print seconds by the wall and of the processor."""
    began, spent = time.perf_counter(), time.process_time()
    _run(work(count))
    print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent}))


def _run(done: Any) -> Any:
    return uvloop.run(done) if isinstance(done, Coroutine) else done
