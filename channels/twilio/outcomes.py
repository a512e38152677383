"""From what happened to a call to what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from channels.message import Concern, Outcome, Problem, Refused, TryLater, Unknown
from channels.twilio.problems import NO_ANSWER, REDIRECTED, problem

LONGEST_WAIT = timedelta(hours=1)
TOO_MANY_REQUESTS = "20429"

# The limit is the sender's or the account's: nothing else goes out meanwhile either.
WHOLE_SENDER: frozenset[str] = frozenset({TOO_MANY_REQUESTS, "21611", "63017", "63018"})

# Our set-up keeps us from writing to this number, or in these words, and from nothing else.
ONE_NUMBER: frozenset[str] = frozenset({"21408", "21604", "21608", "21910", "63015"})

# Where half a minute, the usual delay, would help nobody.
DELAYS: Mapping[str, timedelta] = {
    TOO_MANY_REQUESTS: timedelta(seconds=5),
    "21611": timedelta(minutes=10),
    "30003": timedelta(hours=1),
    "30450": timedelta(minutes=30),
    "63018": timedelta(minutes=10),
    "63049": timedelta(days=1),
}
USUAL_DELAY = timedelta(seconds=30)


def outcome(problem: Problem, retry_after: timedelta | None = None) -> Outcome:
    """What follows from a problem. `retry_after` is what the provider itself asked for."""
    if problem.concern is Concern.TEMPORARY:
        delay = retry_after if retry_after is not None else DELAYS.get(problem.code, USUAL_DELAY)
        return TryLater(problem, delay, whole_sender=problem.code in WHOLE_SENDER)
    if problem.concern is Concern.AMBIGUOUS:
        return Unknown(problem)
    return Refused(problem, problem.concern is Concern.CONFIGURATION and problem.code not in ONE_NUMBER)


def declined(status: int, code: str | None, headers: Mapping[str, str]) -> Outcome:
    """What follows from an answer that is no 2xx.

    429 is never processed, whatever else it says; a 5xx may have been (Twilio docs, error 20500).
    """
    if status == 429:
        limit = problem(code if code in WHOLE_SENDER else TOO_MANY_REQUESTS)
        later = outcome(limit, _seconds(headers.get("retry-after", "")))
        return replace(later, paced=True) if isinstance(later, TryLater) else later
    if status >= 500 or status == 408:
        known = problem(code) if code else None
        return Unknown(known if known and known.concern is Concern.AMBIGUOUS else problem(NO_ANSWER))
    if status < 400:
        return outcome(problem(REDIRECTED))
    return outcome(problem(code or str(status)))


def _seconds(retry_after: str) -> timedelta | None:
    """Retry-After in its form of whole seconds, within reason; its date form is left alone."""
    if not (retry_after.isascii() and retry_after.isdecimal() and len(retry_after) <= 9):
        return None
    return min(timedelta(seconds=int(retry_after)), LONGEST_WAIT)
