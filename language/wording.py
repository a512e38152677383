"""Text that is marked for translation, and how it becomes the words that one person reads."""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"

Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in our source language, with named places ("{name}") for values.

    `plural` is the form for any number but one, chosen by the value that `count` names. `context`
    tells two equal texts apart for a translator.
    """

    text: str
    plural: str | None = None
    count: str | None = None
    context: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """The names of the values that this text needs."""
        forms = (self.text, self.plural or "")
        return frozenset(name for form in forms for _text, name, _spec, _conversion in Formatter().parse(form) if name)


def _(text: str) -> Words:
    return Words(text)


def _n(one: str, many: str, count: str) -> Words:
    return Words(one, plural=many, count=count)


def _c(context: str, text: str) -> Words:
    return Words(text, context=context)


def own(text: str) -> Words:
    """Words that are not ours to translate: a project's title, a name."""
    return Words(text.replace("{", "{{").replace("}", "}}"))


class Catalogs:
    """The translations, one compiled catalog a language. English needs none: it is the source."""

    def __init__(self, translations: Mapping[str, gettext.GNUTranslations]) -> None:
        self._translations = dict(translations)

    @classmethod
    def load(cls, folder: Path) -> Catalogs:
        """Compile every `<language>/messages.po` under `folder` in memory."""
        return cls({path.parent.name: _compiled(path) for path in sorted(folder.glob("*/messages.po"))})

    @property
    def languages(self) -> tuple[str, ...]:
        return (SOURCE_LANGUAGE, *(tag for tag in self._translations if tag != SOURCE_LANGUAGE))

    def render(self, words: Words, language: str, values: Values) -> str:
        """The text in `language` (English where it has none) with `values` in their places.

        Raises KeyError when a value is missing.
        """
        return self._translated(words, language, values).format_map(values)

    def _translated(self, words: Words, language: str, values: Values) -> str:
        catalog = self._translations.get(language)
        if words.plural is not None and words.count is not None:
            number = int(values[words.count])
            if catalog is None:
                return words.text if number == 1 else words.plural
            return catalog.ngettext(words.text, words.plural, number)
        if catalog is None:
            return words.text
        return catalog.pgettext(words.context, words.text) if words.context else catalog.gettext(words.text)


def _compiled(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parent.name)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
