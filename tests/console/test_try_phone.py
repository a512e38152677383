"""Phones as the page's address carries them, and what each writes."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from channels.message import Channel, Kind
from channels.try_phone import TryAdapter
from console.try_phone import NotAPhone, Phone, opening, query, read_all
from language import tongues
from language.wording import Catalogs
from tests.console.table import measure


@pytest.mark.parametrize("code", ["sms.7f3k2m", "whatsapp.7f3k2m.pl", "telegram.7f3k2m.zh-Hant"])
def test_a_phone_is_read_as_it_was_written(code: str) -> None:
    assert Phone.read(code).code == code


@pytest.mark.parametrize(
    "code", ["", "sms", "sms.", "sms.ABC!", "fax.7f3k2m", "sms.7f3k2m.", "sms.7f3k2m.pl.x", "sms.a\nb2"]
)
def test_what_names_no_phone_is_none(code: str) -> None:  # fmt: skip
    with pytest.raises(NotAPhone):
        Phone.read(code)


def test_phones_come_back_from_the_address_as_they_were() -> None:
    phones = [Phone(Channel.SMS), Phone(Channel.TELEGRAM, language="pl")]
    assert query(phones) == f"phone={phones[0].code}&phone={phones[1].code}"
    assert read_all([phone.code for phone in phones]) == phones
    assert query([]) == "phone="


def test_new_phones_are_new_people() -> None:
    assert len({Phone(Channel.SMS).address for _ in range(200)}) == 200


@pytest.mark.parametrize(
    ("label", "phone", "hint"),
    [
        ("a Telegram app tells its language", Phone(Channel.TELEGRAM, "7f3k", "pl"), "pl"),
        ("unless it is not known", Phone(Channel.TELEGRAM, "7f3k"), None),
        ("a text cannot", Phone(Channel.SMS, "7f3k", "pl"), None),
        ("nor can WhatsApp", Phone(Channel.WHATSAPP, "7f3k", "pl"), None),
    ],
)
def test_what_a_phone_writes_is_what_its_adapter_reads(label: str, phone: Phone, hint: str | None) -> None:
    [written] = TryAdapter(measure).parse(phone.writes("Yes & <no>", "abc.step.yes"))
    assert (written.channel, written.address, written.text) == (phone.channel, "try-7f3k", "Yes & <no>")
    assert (written.kind, written.payload, written.language_hint) == (Kind.BUTTON, "abc.step.yes", hint), label


@pytest.mark.parametrize("language", sorted({*Catalogs.load(ROOT / "locales").spoken, "pl", "ur", "cy"} - {"en"}))
def test_the_first_suggestion_shows_which_language_we_should_write(language: str) -> None:
    suggested = opening(language)
    assert language in {tongues.guess(suggested), tongues.named(suggested)}


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("sms.07700900321", "+447700900321"),
        ("whatsapp.07700900321", "+447700900321"),
        ("sms.0770090032", "try-0770090032"),
        ("telegram.07700900321", "try-07700900321"),
    ],
)
def test_a_number_for_drama_can_be_played(code: str, address: str) -> None:
    assert Phone.read(code).address == address
