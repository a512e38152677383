"""Every figure says what it counts, and none is told apart by anything of a person's."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.metrics import MetricWrapperBase

from bot import figures

# What a figure may be told apart by, and why each has few values, none of them somebody's.
LABELS = {
    "disposition": "what became of a message, in a word of ours",
    "kind": "what a person of ours must do, in a word of ours",
    "lease": "a sender, the clock or telegram",
    "outcome": "what a provider said, in a word of ours",
    "priority": "a word of ours",
    "provider": "twilio or telegram",
    "reason": "why a request was refused, in a word of ours",
    "sender": "which of our own senders",
    "tick": "a name of our own",
}


def _all(registry: CollectorRegistry) -> list[MetricWrapperBase]:
    return [one for one in registry._collector_to_names if isinstance(one, MetricWrapperBase)]


def _faults(registry: CollectorRegistry) -> list[str]:
    found = []
    for one in _all(registry):
        if not one._documentation.strip():
            found.append(f"{one._name} does not say what it is")
        found += [f"{one._name} has {label}" for label in one._labelnames if label not in LABELS]
    return found


def test_every_figure_has_help_and_no_label_of_a_person() -> None:
    assert len(_all(figures.registry)) > 15
    assert all(one._name.startswith("heard_") for one in _all(figures.registry))
    assert _faults(figures.registry) == []


def test_no_label_is_listed_that_is_gone() -> None:
    assert set(LABELS) == {label for one in _all(figures.registry) for label in one._labelnames}


def test_a_figure_that_is_not_counted_to_the_end_says_so() -> None:
    for one in (figures.queue_due, figures.queue_later, figures.unknown):
        assert "Not counted beyond 10000" in one._documentation


def test_the_rule_sees_what_it_should() -> None:
    registry = CollectorRegistry()
    Counter("heard_texts", "Texts, by number", ["number"], registry=registry)
    Counter("heard_calls", " ", ["sender"], registry=registry)
    assert _faults(registry) == ["heard_texts has number", "heard_calls does not say what it is"]
