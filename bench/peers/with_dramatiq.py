"""dramatiq on Redis as a peer: a message a person.

`queue NUMBER`, `left`; the workers are `dramatiq bench.peers.with_dramatiq`.
"""

from __future__ import annotations

import os

import dramatiq
import urllib3
from dramatiq.brokers.redis import RedisBroker

from bench.peers import message
from bench.peers.measured import main

_broker = RedisBroker(url=os.environ["REDIS"])
dramatiq.set_broker(_broker)
_pool = urllib3.PoolManager(maxsize=message.AT_ONCE)
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dramatiq.actor(actor_name="send")
def send(number: int) -> None:
    answer = _pool.request("POST", message.URL, body=message.body(number), headers=_HEADERS)
    assert answer.status == 201


def queue(count: int) -> None:
    for number in range(count):
        send.send(number)


def left() -> int:
    """Messages whose content is still kept, taken or not."""
    return int(_broker.client.hlen(f"{_broker.namespace}:default.msgs"))


if __name__ == "__main__":
    main(queue, left)
