"""One reply to one list of choices: what every way of reading it looks at."""

from __future__ import annotations

from dataclasses import dataclass

from language.courtesies import Said
from language.normal import words
from language.reading import Meaning, Option, Reading
from language.stance import Stance, stance
from language.tables import phrases

MEANINGS = {"yes": Meaning.YES, "no": Meaning.NO, "maybe": Meaning.MAYBE}


@dataclass(frozen=True, slots=True)
class Given:
    """`shown` are the options that were shown, in the order of their numbers."""

    options: tuple[Option, ...]
    shown: tuple[Option, ...]
    text: str
    language: str
    said: Said
    stands: Stance

    def hearing(self, hears: str) -> Option | None:
        """The option, hidden or not, that a recogniser picks."""
        named = next((option for option in self.options if option.hears == hears), None)
        return named or next((option for option in self.shown if self._means(option) == hears), None)

    def _means(self, option: Option) -> str:
        """What the label says by itself ("Not sure"), where the option names no recogniser."""
        label = phrases(self.language, "signs").whole(words(option.label)) if option.hears is None else None
        return (label or "").removesuffix("_whole")


def given(options: tuple[Option, ...], text: str, language: str) -> Given:
    shown = tuple(option for option in options if not option.hidden)
    return Given(options, shown, text, language, words(text), stance(text, language))


def picked(option: Option, sure: bool, because: str) -> Reading:
    """The reading that picks this option, or, where it is not sure, asks back."""
    return Reading(MEANINGS.get(option.hears or "", Meaning.OTHER), option.id, sure, because=because)
