"""Figures for /metrics: counts without a word of anybody's."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bank.intake import Taken

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

leases_held = Gauge("heard_lease_held", "1 where this process holds the lease, else 0", ["lease"], registry=registry)


def count_taken(taken: Taken) -> None:
    """Count one message that was taken in."""
    if taken.repeat:
        repeats.inc()
        return
    messages_in.labels(taken.disposition.value if taken.disposition else "none").inc()
    for kind in taken.tasks:
        items_raised.labels(kind).inc()
