"""The committed catalogs are those of the source, whole and well formed; and the checker has nothing against them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from rich.console import Console

from bot import check, translations
from language import plain
from language.wording import Catalogs, Words


def test_the_committed_files_are_up_to_date() -> None:
    """When this fails: python -m bot.translations, and translate what is new."""
    stale = [path.name for path, text in translations.texts() if path.read_text(encoding="utf-8") != text]
    assert stale == []


def test_every_marked_text_is_taken() -> None:
    taken = {(message.id, message.context) for message in translations.extract() if message.id}
    assert ("Would you like to join?", None) in taken
    assert ("More", "see the next choices") in taken
    assert ("Somebody else", None) in taken


def test_nothing_in_the_files_changes_by_itself_or_names_a_machine() -> None:
    for _path, text in translations.texts():
        assert "POT-Creation-Date" not in text
        assert str(translations.ROOT) not in text
        assert "\n#: flows/join.py\n" in text


@pytest.mark.parametrize("language", translations.languages())
def test_a_shipped_language_is_whole(language: str) -> None:
    catalog = translations.load(language)
    assert [(message.id, [str(problem) for problem in problems]) for message, problems in catalog.check()] == []
    assert [message.id for message in catalog if message.id and not message.string] == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", translations.languages())
def test_a_catalog_says_whether_a_fluent_reader_has_checked_it(language: str) -> None:
    header = (translations.LOCALES / language / "messages.po").read_text(encoding="utf-8")
    assert ('"X-Reviewed: yes\\n"' in header) is translations.reviewed(language)
    assert '"X-Reviewed: ' in header


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locales/ of our own with one language, where one text is translated and one is of long ago."""
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"X-Reviewed: yes\\n"\n'
        '\nmsgid "Would you like to join?"\nmsgstr "Hoffech chi ymuno?"\n'
        '\nmsgid "Please reply 1 or 2. Or just tell us, and someone will read it."\nmsgstr "Atebwch 1 neu 2."\n'
        '\nmsgid "Something of long ago, that nobody says."\nmsgstr "Rhywbeth."\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    return tmp_path


def test_an_update_keeps_translations_marks_what_changed_and_drops_what_went(elsewhere: Path) -> None:
    assert len(translations.write()) == 2
    catalog: Catalog = translations.load("cy")
    found = {message.id: message for message in catalog if message.id}
    assert found["Would you like to join?"].string == "Hoffech chi ymuno?"
    changed = found["Please reply 1 or 2. Or just tell us, and a person will read it."]
    assert (changed.string, changed.fuzzy) == ("Atebwch 1 neu 2.", True)
    assert "Rhywbeth" not in (elsewhere / "cy" / "messages.po").read_text(encoding="utf-8")
    assert translations.reviewed("cy")
    assert translations.write() == []


def test_polish_is_said_in_polish() -> None:
    catalogs = Catalogs.load(translations.LOCALES)
    assert catalogs.languages == ("en", *translations.languages())
    assert catalogs.render(Words("Would you like to join?"), "pl", {}) == "Czy chcesz dołączyć?"


def test_an_update_keeps_who_signed_and_who_has_not_read(elsewhere: Path) -> None:
    file = elsewhere / "cy" / "messages.po"
    signed = '"X-Signed-Off: agreement (Mair P, 3 May 2026), danger, stop\\n"'
    unread = '"X-Reviewed: no (drafted by machine)\\n"'
    file.write_text(file.read_text(encoding="utf-8").replace('"X-Reviewed: yes\\n"', f"{unread}\n{signed}"), "utf-8")
    translations.write()
    assert {signed, unread} <= set(file.read_text(encoding="utf-8").splitlines())
    assert not translations.reviewed("cy")
    assert Catalogs.load(elsewhere).unsigned("cy") == frozenset()


LONGEST_EASY_SENTENCE = 10


def in_easy_words() -> Iterator[tuple[str, str]]:
    """Each text as it is, and in easier words; of one with a plural, both forms."""
    for message in translations.load("en_GB@simple"):
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, str(message.string)


def test_easy_words_are_shorter_and_easier() -> None:
    for usual, easy in in_easy_words():
        assert plain.longest_sentence(easy) <= LONGEST_EASY_SENTENCE, easy
        theirs, ours = plain.reading_age(easy, "en"), plain.reading_age(usual, "en")
        assert theirs is not None
        assert ours is not None
        assert theirs <= max(ours, 8), easy


def test_easy_words_have_the_same_places() -> None:
    for usual, easy in in_easy_words():
        assert Words(usual).places == Words(easy).places, easy


def test_what_we_ship_has_nothing_to_mend() -> None:
    assert [finding for finding in check.findings() if finding.severity == "error"] == []


def test_run_prints_what_was_found_and_returns_0() -> None:
    console = Console(record=True, width=160)
    assert check.run(console) == 0
    assert "0 to mend" in console.export_text()


def test_run_returns_1_when_something_is_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(check.EVERYWHERE, "everywhere.tea", Words("That is invalid."))  # type: ignore[arg-type]
    console = Console(record=True, width=160)
    assert check.run(console) == 1
    shown = console.export_text()
    assert "everywhere.tea" in shown
    assert "1 to mend" not in shown.splitlines()[0]
