"""Saying: our words in one language, with what they always need."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE, Words


@dataclass(frozen=True, slots=True)
class Saying:
    """Calling it gives the words in `language`. Who we are need not be said each time."""

    organisation: Organisation
    language: str

    def __call__(self, words: Words, **values: str | int) -> str:
        ours = {"council": self.organisation.council, "privacy_url": self.organisation.privacy_url}
        return self.organisation.catalogs.render(words, self.language, ours | values)


def is_written(organisation: Organisation, language: str, *rooms: ModuleType) -> bool:
    """Whether each text of these files is put into that language, one that is switched on."""
    catalogs = organisation.catalogs
    if language == SOURCE_LANGUAGE or language not in catalogs.languages:
        return language == SOURCE_LANGUAGE
    easier = language in {catalogs.simple(tag) for tag in catalogs.languages}
    texts = (one for room in rooms for one in vars(room).values() if isinstance(one, Words))
    return easier or all(catalogs.differs(one, language) for one in texts)
