"""What can go wrong with one call, as a closed vocabulary."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with the provider's error code, accepting nothing.

    `status` and `text` are looked up in the provider's own table where they are left out.
    """

    code: int
    status: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TooMany:
    """429, with or without saying how many seconds to wait."""

    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx answer, having accepted the message or not."""

    accepted: bool = False
    status: int = 500


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """Accept, write the book, then close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Close the connection without an answer, accepting nothing."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Reset the connection (RST, where the others close it), having accepted the message or not."""

    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """Accept at once; answer after so many seconds, or when the event is set."""

    after: float | asyncio.Event


@dataclass(frozen=True, slots=True)
class Garbled:
    """Accept, then answer with a success status and half a JSON document."""


Refusal = Refuse | TooMany | ServerError
"""The faults that come with a proper answer in the provider's own words."""

Fault = Refusal | LoseAnswer | Drop | Reset | Late | Garbled
