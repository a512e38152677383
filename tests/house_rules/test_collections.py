"""The labelled collections: whole, well-formed, and the one that is only measured untouched and kept apart."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from bench.reading.collection import ROOT, replies, unseen
from language.learned.guess import ALSO
from language.reading import Meaning

ASKED = {"rsvp", "yes_no", "rating", "choice", "open"}
ANSWERS = {"yes", "no", "maybe", "-", "?"}
MEASURED = {
    "unseen": 600,
    "unseen_second": 600,
    "unseen_third": 600,
    "unseen_fourth": 600,
    "unseen_fifth": 300,
    "unseen_sixth": 450,
    "unseen_seventh": 300,
}
GROUPS = {"plain", "indirect", "dialect", "trap", "learner", "messy"}


@pytest.mark.parametrize("which", ["replies", *MEASURED])
def test_every_line_is_labelled_in_our_words(which: str) -> None:
    for reply in replies(which):
        assert reply.asked in ASKED, reply
        assert reply.meaning in set(Meaning), reply
        assert reply.answer in ANSWERS, reply
        assert reply.answer == "-" or reply.asked in {"rsvp", "yes_no"}, reply
        assert reply.group in GROUPS, reply
        assert set(reply.also) <= set(ALSO), reply
        assert reply.text, reply
        assert bool(reply.options) is (reply.asked == "choice"), reply


def test_they_are_large_enough() -> None:
    kept = Counter(reply.language for reply in replies("replies"))
    assert kept["en"] + kept["pl"] >= 3000
    assert {reply.meaning for reply in replies("replies")} == set(Meaning)


@pytest.mark.parametrize("which", MEASURED)
def test_what_is_only_measured_is_as_it_was_written(which: str) -> None:
    assert len(replies(which)) == MEASURED[which]
    for line in (ROOT / which / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _space, name = line.partition("  ")
        assert hashlib.sha256((ROOT / which / name).read_bytes()).hexdigest() == digest


def test_nothing_that_is_measured_is_learned() -> None:
    learned = {reply.key for reply in replies("replies")}
    apart = unseen()
    assert len(apart) >= 490
    assert not any(reply.key in learned for reply in apart)
