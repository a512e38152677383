"""How long the plain-words checker takes for one message: `python -m bench.plain`."""

from __future__ import annotations

import time
from datetime import date
from statistics import quantiles

from language.advice import Manner, advise

_TODAY = date(2026, 11, 22)
_TIMES = 500
_MOST = 50  # milliseconds
_TEXTS = (
    "Ashdale Council: help rewrite the care leaflet. Thursday 3 December, 2pm, Oak Hall. STOP to end. Coming?",
    "Dear service user, the MDT’s assessment will be facilitated on 3rd December at 14:00. PLEASE DO NOT REPLY. " * 4,
    "Świadczeniobiorcy realizujący usługi opiekuńcze w celu ewaluacji proszeni są o kontakt w przyszły piątek. " * 3,
    "Word and another word, and NOW one more: see bit.ly/abc or gov.uk/a?name=b. " * 12,
)


def main() -> None:
    """Print one line; a message that takes longer than we say ends with 1."""
    manner = Manner({f"word{number}": "plainer" for number in range(200)})
    first, *took = [_milliseconds(number, manner) for number in range(_TIMES)]
    centiles = quantiles(took, n=100)
    print(
        f"plain words: p50 {centiles[49]:.1f} ms, p99 {centiles[98]:.1f} ms a message"
        f" (the first, which reads the lists, {first:.0f} ms)"
    )
    raise SystemExit(centiles[98] > _MOST)


def _milliseconds(number: int, manner: Manner) -> float:
    text, language = f"{_TEXTS[number % len(_TEXTS)]} {number}", "pl" if number % 4 == 2 else "en"
    started = time.perf_counter()
    advise(text, language, _TODAY, sender="Ashdale Council", unasked=True, manner=manner)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
