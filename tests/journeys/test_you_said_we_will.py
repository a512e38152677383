"""Fifty-three came and were heard: what they said becomes a promise, they are told, and they say whether it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys import asked_how_it_was, kept_or_not, listening, promised_to_them
from tests.journeys.listening import Listening

pytestmark = pytest.mark.browser


@pytest.fixture
async def told(tmp_path: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Listening]:
    async with listening.begun(tmp_path / "data", axe, pictures) as found:
        yield found


async def test_you_said_we_will(told: Listening) -> None:
    await asked_how_it_was.by_the_clock(told)
    await asked_how_it_was.forty_answer(told)
    await asked_how_it_was.one_is_rung(told)
    await asked_how_it_was.who_left_some_open_is_reminded_once(told)
    await asked_how_it_was.the_figures_are_fair(told)
    await asked_how_it_was.themes_are_tagged(told)
    await promised_to_them.it_is_written_from_answers(told)
    await promised_to_them.both_who_lead_say_yes(told)
    await promised_to_them.all_are_told_in_one_text(told)
    await promised_to_them.they_say_whether_it_is_what_they_meant(told)
    await promised_to_them.one_is_told_by_phone(told)
    await promised_to_them.who_promised_reads_what_came_back(told)
    await promised_to_them.the_others_are_told_when_their_week_has_room(told)
    await kept_or_not.one_is_late(told)
    await kept_or_not.its_day_is_moved(told)
    await kept_or_not.the_other_is_done(told)
    await kept_or_not.both_are_done_and_kept(told)
    await kept_or_not.what_happened(told)
    await kept_or_not.who_scrutinises_and_everybody_may_read_it(told)
    await kept_or_not.the_report_opens(told)
