"""The plain-words checker: everything we would tell the writer of a message before it is sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from language import asked, blame, capitals, introduction, link, passive, plain, plainer, saving, when
from language.finding import Code, Finding
from language.sms import Length, length


@dataclass(frozen=True, slots=True)
class Manner:
    """What an organisation has settled about its messages.

    `hard_words` are words of its own, and plainer ones. `segment_price` is in tenths of a penny.
    `domains` are web domains that its people know. `must_mend` are the findings that hold a message
    back; all others only advise.
    """

    hard_words: Mapping[str, str] = field(default_factory=dict)
    segment_price: int = 24
    domains: Collection[str] = ()
    must_mend: Collection[Code] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What a text is like, and what would make it plainer.

    `reading_age` is in years, None where no formula is fit for the language. Lengths are words a
    sentence and letters a word, on average; `longest_sentence` is in words. `hard_words` go to
    plainer ones. `cost` is in tenths of a penny, for one person. `held_by` are the findings for
    which a setting holds the text back.
    """

    reading_age: float | None
    longest_sentence: int
    sentence_length: float
    word_length: float
    hard_words: Mapping[str, str]
    size: Length
    cost: int
    findings: tuple[Finding, ...]
    held_by: tuple[Finding, ...]


def advise(
    text: str, language: str, today: date, *, sender: str = "", unasked: bool = False, manner: Manner | None = None
) -> Advice:
    """Look at a whole message as it will be sent. Takes a few milliseconds, and never raises for any text.

    `today` is when it will be read. `unasked` says that nobody asked for it: then it must name the
    `sender`, and say how to stop. English is looked at most closely; other languages as far as
    their names of days, our list of hard words and their alphabet go.
    """
    settled = manner or Manner()
    size = length(text)
    found = _once(
        of_message(text, language),
        when.findings(text, language, today),
        of_words(text, language, settled.hard_words),
        saving.segments(text),
        link.findings(text, settled.domains),
        introduction.findings(text, sender) if unasked else (),
    )
    return Advice(
        plain.reading_age(text, language),
        plain.longest_sentence(text),
        plain.sentence_length(text),
        plain.word_length(text),
        plainer.hard_words(text, language, settled.hard_words),
        size,
        size.segments * settled.segment_price,
        found,
        tuple(finding for finding in found if finding.code in settled.must_mend),
    )


def _once(*kinds: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, however often its words are said."""
    return tuple(dict.fromkeys(chain.from_iterable(kinds)))


def of_message(text: str, language: str) -> Iterator[Finding]:
    """What can be said of a whole message only, and on any day."""
    yield from plain.findings(text, language)
    yield from asked.findings(text, language)
    if plain.is_english(language):
        yield from passive.findings(text)


def of_words(text: str, language: str, own: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """What can be said of any piece of a text, a button's label too."""
    yield from saving.marks(text)
    yield from saving.letters(text, language)
    yield from blame.findings(text)
    yield from plainer.findings(text, language, own or {})
    yield from capitals.findings(text, language)
