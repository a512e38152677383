"""Text that is marked for translation, and how it becomes the words that one person reads."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
# Easier words in the same language: "en_GB@simple" is the twin of "en" (POSIX locale names, "@" and a modifier).
_SIMPLE = "@simple"
# What somebody must have read and put their name to before a language is used with real people.
MUST_BE_SIGNED = frozenset({"agreement", "danger", "stop"})
_SIGNED = re.compile(r'^"X-Signed-Off: ([^"]*?)(?:\\n)?"$', re.MULTILINE)
_BY_WHOM = re.compile(r"\([^()]*\)")

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
    """The translations, one compiled catalog a language. English needs none: it is the source.

    `signed` is, for a language, what somebody has signed off in it.
    """

    def __init__(
        self, translations: Mapping[str, gettext.GNUTranslations], signed: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._translations = dict(translations)
        self._signed = dict(signed or {})
        self._simple = {_base(tag): tag for tag in self._translations if tag.endswith(_SIMPLE)}

    @classmethod
    def load(cls, folder: Path) -> Catalogs:
        """Compile every `<language>/messages.po` under `folder` in memory."""
        files = {path.parent.name: path for path in sorted(folder.glob("*/messages.po"))}
        signed = {tag: signed_off(path.read_text(encoding="utf-8")) for tag, path in files.items()}
        return cls({tag: _compiled(path) for tag, path in files.items()}, signed)

    def only(self, languages: Collection[str]) -> Catalogs:
        """These languages, and English."""
        return Catalogs({tag: one for tag, one in self._translations.items() if tag in languages}, self._signed)

    def unsigned(self, language: str) -> frozenset[str]:
        """What nobody has signed off in this language: some of `MUST_BE_SIGNED`. English is the source."""
        return frozenset() if language == SOURCE_LANGUAGE else MUST_BE_SIGNED - self._signed.get(language, frozenset())

    def simple(self, language: str) -> str | None:
        """The tag of this language's twin in easier words, if it has one."""
        return self._simple.get(language)

    def differs(self, words: Words, language: str) -> bool:
        """Whether the text is written otherwise in that language than in English."""
        catalog = self._translations.get(language)
        if catalog is None:
            return False
        said = catalog.pgettext(words.context, words.text) if words.context else catalog.gettext(words.text)
        return said != words.text

    @property
    def languages(self) -> tuple[str, ...]:
        return (SOURCE_LANGUAGE, *(tag for tag in self._translations if tag != SOURCE_LANGUAGE))

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages that people speak: no twins in easier words."""
        return tuple(tag for tag in self.languages if not tag.endswith(_SIMPLE))

    def render(self, words: Words, language: str, values: Values) -> str:
        """The text in `language` (English where it has none, text by text) with `values` in their places.

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


def base(language: str) -> str:
    """The language whose words these are: "en" of "en_GB@simple"; any other tag is itself."""
    return _base(language) if language.endswith(_SIMPLE) else language


def _base(tag: str) -> str:
    return tag.removesuffix(_SIMPLE).partition("_")[0]


def signed_off(catalog: str) -> frozenset[str]:
    """What a catalog's header says is signed off: "X-Signed-Off: agreement (Ewa K, 3 May 2026), danger, stop"."""
    found = _SIGNED.search(catalog.partition("\n\n")[0])
    named = _BY_WHOM.sub("", found[1]).split(",") if found else ()
    return frozenset(part.strip() for part in named)


def _compiled(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parent.name)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
