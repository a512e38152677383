"""Figures for /metrics: counts without a word of anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bank.intake import Taken
from bank.running import IN
from storage.backlog import MOST, Waiting
from storage.outbox import Priority

registry = CollectorRegistry()
messages_in = Counter(
    "heard_messages_in", "Messages taken in, by what became of them", ["disposition"], registry=registry
)
repeats = Counter("heard_repeats", "Messages that a provider delivered again", registry=registry)
items_raised = Counter("heard_items_raised", "Items raised for a person, by kind", ["kind"], registry=registry)
missed = Counter("heard_messages_missed", "Messages whose webhook never came, fetched from a list", registry=registry)
sent_twice = Counter("heard_messages_sent_twice", "Messages that a provider has more than once", registry=registry)
refused_requests = Counter(
    "heard_refused_requests", "Webhook requests refused", ["provider", "reason"], registry=registry
)
dead_letters = Counter("heard_dead_letters", "Events kept because they could not be taken in", registry=registry)
messages_out = Counter(
    "heard_messages_out", "Messages handed over, by sender and outcome", ["sender", "outcome"], registry=registry
)
send_seconds = Histogram("heard_send_seconds", "Seconds a provider took to answer", ["sender"], registry=registry)
under_way = Gauge("heard_sends_under_way", "Calls to a provider under way", ["sender"], registry=registry)

breakers_open = Gauge(
    "heard_breaker_open", "1 where this sender waits for its set-up to be mended, else 0", ["sender"], registry=registry
)
leases_held = Gauge("heard_lease_held", "1 where this process holds the lease, else 0", ["lease"], registry=registry)
turn_seconds = Histogram(
    "heard_turn_seconds",
    "Seconds from a provider's request with a message to its commit, with the reply in the outbox",
    ["provider"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=registry,
)
last_tick = Gauge(
    "heard_last_tick_seconds",
    "When this process last did this tick of the clock, in seconds since 1970: take the largest of all processes",
    ["tick"],
    registry=registry,
)

# Read from the database when somebody asks (bot/scrape.py), so every process tells the same.
_SAME = "Every process tells the same: do not add them up"
database_away = Gauge(
    "heard_database_away", "1 where the database could not be read for these figures, else 0", registry=registry
)
queue_due = Gauge(
    "heard_queue_due",
    f"Messages that may go now and wait for their turn. Not counted beyond {MOST}. {_SAME}",
    ["sender", "priority"],
    registry=registry,
)
queue_later = Gauge(
    "heard_queue_later",
    f"Messages that may go later only. Not counted beyond {MOST}. {_SAME}",
    ["sender", "priority"],
    registry=registry,
)
queue_oldest = Gauge(
    "heard_queue_oldest_seconds",
    f"Seconds since the oldest message that may go now was due; exact however many wait. {_SAME}",
    ["sender", "priority"],
    registry=registry,
)
unknown = Gauge(
    "heard_messages_unknown",
    f"Messages of which nobody knows whether they went. Not counted beyond {MOST}. {_SAME}",
    registry=registry,
)
dead_letters_waiting = Gauge(
    "heard_dead_letters_waiting",
    f"Events kept in the database because they could not be taken in. {_SAME}",
    registry=registry,
)
_OF_DATABASE = (queue_due, queue_later, queue_oldest)


def show_queue(now: datetime, senders: Iterable[str], queue: Iterable[Waiting], of_unknown: int, letters: int) -> None:
    """What the database says of what waits; nought for those of these senders for which nothing does."""
    for gauge in _OF_DATABASE:
        gauge.clear()
        for sender in senders:
            for priority in Priority:
                gauge.labels(sender, priority.name.lower()).set(0)
    for one in queue:
        labels = one.sender, one.priority.name.lower()
        queue_due.labels(*labels).set(one.due)
        queue_later.labels(*labels).set(one.later)
        queue_oldest.labels(*labels).set(max(0.0, (now - one.oldest).total_seconds()) if one.oldest else 0.0)
    unknown.set(of_unknown)
    dead_letters_waiting.set(letters)
    database_away.set(0)


def show_nothing() -> None:
    """The database is away: old figures would be lies."""
    for gauge in _OF_DATABASE:
        gauge.clear()
    unknown.set(float("nan"))
    dead_letters_waiting.set(float("nan"))
    database_away.set(1)


def counted() -> dict[str, int]:
    """How many messages this process took in, and had sent by what became of them, since it began."""
    counts = {IN: 0}
    for counter, name in ((messages_in, ""), (messages_out, "outcome")):
        for family in counter.collect():
            for sample in family.samples:
                if sample.name.endswith("_total"):
                    what = sample.labels.get(name, IN)
                    counts[what] = counts.get(what, 0) + int(sample.value)
    return counts


def count_taken(taken: Taken) -> None:
    """Count one message that was taken in."""
    if taken.repeat:
        repeats.inc()
        return
    messages_in.labels(taken.disposition.value if taken.disposition else "none").inc()
    for kind in taken.tasks:
        items_raised.labels(kind).inc()
