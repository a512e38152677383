"""`heard plain`: a text in, JSON out; and what we ship has nothing to mend."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.check import findings
from bot.plain import manner, plain, written
from bot.sections import OrganisationSettings
from bot.settings import load
from language.finding import Code
from language.sms import length
from tests import terminal

TODAY = date(2026, 11, 22)
TEXT = "Dear carer, the CQC will facilitate it on Friday 3 December.\n"


@pytest.fixture
def organisation(monkeypatch: pytest.MonkeyPatch) -> OrganisationSettings:
    for name in [name for name in os.environ if name.startswith("HEARD_ORGANISATION")]:
        monkeypatch.delenv(name)
    return load().organisation


def heard_plain(folder: Path, text: bytes, *options: str, **variables: str) -> dict[str, Any]:
    """What the command itself prints."""
    around = {"LC_ALL": "C", **variables}
    ended = terminal.heard("plain", "--today", "2026-11-22", *options, data=folder, text=text, **around)
    assert (ended.code, ended.err) == (0, "")
    told: dict[str, Any] = json.loads(ended.out)
    return told


def test_the_command_reads_a_text_and_writes_json(tmp_path: Path) -> None:
    told = heard_plain(tmp_path, TEXT.encode(), "--language", "en")
    assert {name: told[name] for name in ("longest_sentence", "hard_words", "encoding", "segments", "cost_pence")} == {
        "longest_sentence": 11,
        "hard_words": {"dear carer": "Use their name", "facilitate": "help, lead"},
        "encoding": "GSM-7",
        "segments": 1,
        "cost_pence": 2.4,
    }
    assert 5 <= told["reading_age"] <= 11
    assert {one["code"]: one["words"] for one in told["findings"]} == {
        "wrong_weekday": ["Friday 3 December"],
        "hard_word": ["facilitate"],
        "abbreviation": ["CQC"],
    }
    assert not any(one["holds"] for one in told["findings"])


def test_what_nobody_asked_for(tmp_path: Path) -> None:
    told = heard_plain(
        tmp_path,
        "Oakshire Care: przyjdź w czwartek 3 grudnia. Café ’".encode(),
        *("--language", "pl", "--unasked", "--from", "Oakshire Care"),
        HEARD_ORGANISATION__MUST_MEND='["no_stop"]',
        HEARD_ORGANISATION__SEGMENT_PRICE="40",
    )
    assert told["reading_age"] is None
    assert (told["encoding"], told["cost_pence"]) == ("UCS-2", 4)
    assert [(one["code"], one["holds"]) for one in told["findings"]] == [("odd_marks", False), ("no_stop", True)]


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    assert heard_plain(tmp_path, b"\xff\xfe")["segments"] == 1
    assert heard_plain(tmp_path, b"")["longest_sentence"] == 0


def test_without_a_name_the_organisation_writes(organisation: OrganisationSettings) -> None:
    def codes(text: str, sender: str | None = None) -> list[str]:
        told = plain(text, "en", TODAY, organisation, sender=sender, unasked=True)
        return [one["code"] for one in told["findings"]]

    assert codes("Ashdale Council here. STOP ends texts.") == []
    assert codes("Oakshire Care here. STOP ends texts.") == ["no_sender"]
    assert codes("Oakshire Care here. STOP ends texts.", "Oakshire Care") == []


def test_the_settings_of_the_organisation_are_used(organisation: OrganisationSettings) -> None:
    own = organisation.model_copy(
        update={
            "hard_words": {"en": {"hub": "centre", "via": ""}, "pl": {"punkt": "miejsce"}},
            "domains": frozenset({"oakshire.example"}),
            "must_mend": frozenset({"hard_word"}),
        }
    )
    told = plain("Go to the hub via oakshire.example", "en-GB", TODAY, own)
    assert told["hard_words"] == {"hub": "centre"}
    assert [(one["code"], one["holds"]) for one in told["findings"]] == [("hard_word", True)]
    assert manner(own, "pl").hard_words == {"punkt": "miejsce"}
    assert manner(own, "cy").hard_words == {}
    assert manner(own, "cy").must_mend == {Code.HARD_WORD}


@pytest.mark.parametrize("text", ["", "a" * 160, "a" * 161, "€" * 81, "ŵ" * 71, "👍" * 36, "It’s"])
def test_promise_23_what_is_shown_is_what_is_counted(text: str, organisation: OrganisationSettings) -> None:
    told, counted = plain(text, "en", TODAY, organisation), length(text)
    assert (told["encoding"], told["units"], told["segments"]) == (counted.encoding, counted.units, counted.segments)
    assert told["cost_pence"] * 10 == pytest.approx(counted.segments * organisation.segment_price)


def test_it_is_written_in_its_own_letters(organisation: OrganisationSettings) -> None:
    assert "świadczeniobiorcy" in written(plain("Świadczeniobiorcy", "pl", TODAY, organisation))


def test_promise_34_every_shipped_message_passes() -> None:
    assert [finding for finding in findings() if finding.severity == "error"] == []
