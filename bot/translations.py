"""The catalogs in locales/: taken from the source, kept up to date, and told apart by who has checked them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.settings import ROOT

LOCALES = ROOT / "locales"
_ROOMS = ("flows", "bank")
_KEYWORDS = {"_": None, "_n": (1, 2), "_c": ((1, "c"), 2)}
_REVIEWED, _SIGNED_OFF = "X-Reviewed", "X-Signed-Off"
_WIDTH = 100


def extract() -> Catalog:
    """Every text marked for translation in the rooms that speak to people. Places are files, without lines."""
    catalog = Catalog(charset="utf-8")
    for room in _ROOMS:
        for file, _line, message, _comments, context in extract_from_dir(ROOT / room, keywords=_KEYWORDS):
            catalog.add(message, locations=[(f"{room}/{file}", 0)], context=context)
    return catalog


def languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalog."""
    return tuple(sorted(path.parent.name for path in LOCALES.glob("*/messages.po")))


def load(language: str) -> Catalog:
    """The catalog as it stands. Raises FileNotFoundError where there is none."""
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def reviewed(language: str) -> bool:
    """Whether a fluent reader has checked the catalog: its header says "X-Reviewed: yes"."""
    return f'"{_REVIEWED}: yes\\n"' in _path(language).read_text(encoding="utf-8").splitlines()


def _said(language: str, name: str) -> str:
    """What a line of the catalog's header says; empty where it has no such line."""
    begins, ends = f'"{name}: ', '\\n"'
    header = _path(language).read_text(encoding="utf-8").partition("\n\n")[0]
    line = next((line for line in header.splitlines() if line.startswith(begins)), "")
    return line.removeprefix(begins).removesuffix(ends)


def texts() -> Iterator[tuple[Path, str]]:
    """Each file of locales/ with what should be in it now."""
    template = extract()
    yield LOCALES / "messages.pot", _header({}) + _body(template)
    for language in languages():
        yield _path(language), _updated(language, template)


def write() -> list[Path]:
    """Bring locales/ up to date with the source. Translations stay; one whose source changed is marked fuzzy.

    Returns the files that changed.
    """
    changed = [(path, text) for path, text in texts() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path, text in changed:
        path.write_text(text, encoding="utf-8")
    return [path for path, _text in changed]


def _path(language: str) -> Path:
    return LOCALES / language / "messages.po"


def _updated(language: str, template: Catalog) -> str:
    catalog = load(language)
    catalog.update(template, update_creation_date=False)
    about = {
        "Language": language,
        "Plural-Forms": catalog.plural_forms,
        _REVIEWED: "yes" if reviewed(language) else _said(language, _REVIEWED) or "no",
        _SIGNED_OFF: _said(language, _SIGNED_OFF) or "nothing",
    }
    return _header(about) + _body(catalog)


def _header(about: dict[str, str]) -> str:
    """Without dates, names or places: a file changes only when a text does."""
    lines = {"Project-Id-Version": "Heard", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    lines |= {"Content-Transfer-Encoding": "8bit"} | about
    written = "".join(f'"{name}: {value}\\n"\n' for name, value in lines.items())
    return f'msgid ""\nmsgstr ""\n{written}\n'


def _body(catalog: Catalog) -> str:
    text = io.BytesIO()
    write_po(
        text,
        catalog,
        width=_WIDTH,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return text.getvalue().decode()


if __name__ == "__main__":
    write()
