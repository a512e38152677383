"""The pages of an invitation say how many cannot get it before the meeting begins, and where to ring them from."""

from __future__ import annotations

from bank import meeting_invite
from storage.staff import Role
from storage.store import Tx
from tests.bank.members import sent
from tests.bank.test_broadcast_too_late import FRIDAY, MONDAY, have_had_their_text
from tests.bank.test_meeting_invite import a_meeting
from tests.console.desk import Console
from tests.console.read import said
from tests.console.test_broadcasts import presses


async def test_who_had_enough_until_the_meeting_begins_is_told_before_it_goes_and_after(console: Console) -> None:
    def invited(tx: Tx) -> tuple[str, str]:
        have_had_their_text(tx, 0, 2)
        meeting = a_meeting(tx)
        return meeting.token, str(meeting_invite.begin(tx, None, meeting, None, FRIDAY, console.organisation).token)

    meeting, row = await console.write(invited)
    console.clock.move(MONDAY - console.clock())
    sam, at = await console.as_(Role.COORDINATOR), f"/broadcasts/{row}"
    before = (await sam.get(at)).text
    assert "cannot get it in time: the meeting begins before they may be texted again." in said(before)
    assert f'href="/meetings/{meeting}/answers?show=none"' in before
    assert "It is let go." in (await presses(sam, at, "send")).text
    await console.moves(seconds=30)
    assert await console.write(lambda tx: sent(tx, console.clock(), whose=console.organisation)) == []
    after = (await sam.get(at)).text
    assert "Cannot get it in time: had as many texts as they agreed to 2" in said(after)
    assert f'href="/meetings/{meeting}/answers?show=none"' in after
    assert "2 people can be rung." in said((await sam.get(f"/meetings/{meeting}/answers?show=none&days=0")).text)
